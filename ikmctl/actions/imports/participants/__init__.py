"""Matching of lists of participants: their events and businesses, which may be new, and their entries."""
