"""Cells → values and problems."""
