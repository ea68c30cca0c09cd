"""The plan of an import as a Document: how the files were read, what would change, and what is wrong."""
