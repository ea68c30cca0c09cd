"""Adding, editing, closing, showing and listing records."""
