"""Reference data that ship with ikmctl."""
