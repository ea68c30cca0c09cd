"""Commands that import spreadsheets, write empty templates, and keep aliases."""
