"""A city's registry of small and medium industries, in one SQLite file."""

__version__ = "0.1.0"
