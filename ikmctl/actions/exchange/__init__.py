"""Exports, imports of exports, open data, and comparisons of cities."""
