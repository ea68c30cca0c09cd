"""The SQLite file. The only place with SQL."""
