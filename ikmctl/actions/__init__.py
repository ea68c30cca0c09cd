"""What an officer does. Each action returns a Document; none prints."""
