"""The parts of the report, a module for those that belong together; each block is one function of the data."""
