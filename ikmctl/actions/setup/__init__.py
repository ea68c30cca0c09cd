"""Creating a registry, its reference data and status, and the demo."""
