"""Which tables have a history, and which of their columns count."""

RECORDED = {
    "setting": ("name", "value"),
    "sector": ("code", "name", "name_en", "words", "kbli"),
    "region": ("code", "name", "words"),
    "kbli": ("code", "edition", "title", "words"),
    "alias": ("kind", "written", "meaning"),
    "sentra": (
        "name", "sector", "product", "address", "kelurahan", "kecamatan", "manager", "phone", "reported_units",
        "established", "opened_on", "closed_on", "notes", "extra",
    ),
    "business": (
        "name", "brand", "form", "group_id", "sentra_id", "owner", "owner_gender", "nik", "phone", "email", "address",
        "kelurahan", "kecamatan", "latitude", "longitude", "sector", "products", "nib", "npwp", "established",
        "stated_scale", "notes", "extra",
    ),
    "business_kbli": ("business_id", "code", "edition", "is_main"),
    "activity": ("business_id", "opened_on", "closed_on", "is_first"),
    "observation": (
        "business_id", "period", "workers_male", "workers_female", "workers_total", "investment", "capacity",
        "capacity_unit", "capacity_period", "production_value", "material_value", "export_percent", "export_countries",
    ),
    "event": (
        "name", "kind", "starts_on", "ends_on", "batch", "venue", "kelurahan", "kecamatan", "topic", "budget",
        "reported_male", "reported_female", "closed_on", "cancelled", "notes", "extra",
    ),
    "event_party": ("event_id", "role", "name"),
    "attendance": (
        "event_id", "person", "business_id", "sentra_id", "role", "gender", "position", "organisation", "extra",
    ),
    "closed_month": ("month", "figures"),
    "target": ("indicator", "year", "value"),
}  # fmt: skip
"""Every table whose changes are in the history, with the columns that count (not the derived ones)."""
