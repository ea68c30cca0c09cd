"""Comparing cities, exporting, publishing."""
