"""The list of changes, and undo."""
