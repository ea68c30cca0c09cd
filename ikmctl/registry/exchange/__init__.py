"""The tables that an export holds."""
