"""Serai runs the rooms of a hotel: housekeeping, maintenance and room status."""
