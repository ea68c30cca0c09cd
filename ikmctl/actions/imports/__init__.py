"""Spreadsheets into the registry."""
