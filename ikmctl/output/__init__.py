"""Documents as terminal text, JSON, CSV and the rest. The only place that prints."""
