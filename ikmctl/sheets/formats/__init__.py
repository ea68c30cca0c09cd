"""The bytes of a spreadsheet file → rows of cells."""
