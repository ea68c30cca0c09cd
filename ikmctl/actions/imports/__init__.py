"""Spreadsheets into the registry: one straight road for every kind of spreadsheet.

The stages, each a module, in their order; each takes the result of the one before:

1. `read`: the bytes of a file → its sheets, each with its header row and its columns
2. `cells`: the rows of a sheet → values and findings, in batches; `look_up` puts places and sectors in their place
3. `business_rows`, `record_rows`: the rows laid down, and matched with the registry
4. `plan`: what the import would do; `show_plan` shows it, and the command asks
5. `apply`: the plan carried out, as one change

`kinds` declares what differs from one kind of spreadsheet to another, `options` what the officer decides.
"""
