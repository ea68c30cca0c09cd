"""Changes and undo."""
