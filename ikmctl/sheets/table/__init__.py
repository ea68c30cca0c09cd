"""Rows of cells → the sheet to read, its header row, its columns, what each row is."""
