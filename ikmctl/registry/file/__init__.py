"""The registry file: opening it, its schema, its triggers."""
