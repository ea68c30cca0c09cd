"""Imports of spreadsheets: the same stages for every kind of spreadsheet; see docs/architecture.md, “Import”.

Each stage is a module and takes the result of the one before:

1. `read`: the bytes of a file → its sheets, each with its header row and its columns
2. `cells`: the rows of a sheet → values and findings, in batches; `look_up` looks up places, sectors and units
3. `business_rows`, `record_rows`: the rows staged and matched with the registry
4. `plan`: what the import would do; `show` shows it, and the command asks for confirmation
5. `apply`: the plan written to the registry, as one change

`kinds` declares what differs between kinds of spreadsheets, `options` what the officer decides.
"""
