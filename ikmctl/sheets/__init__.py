"""Spreadsheets: bytes to cells to values. Knows no registry."""
