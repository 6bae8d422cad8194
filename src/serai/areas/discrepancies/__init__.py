"""Discrepancies: housekeeping sees something else than the desk believes."""
