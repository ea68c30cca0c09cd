"""Making a registry, the demo, and the status."""
