"""Values as text, and how wide text is."""
