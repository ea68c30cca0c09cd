"""The summary, closed months, targets, indicators and the letterhead."""
