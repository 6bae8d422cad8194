"""Phones: enrolled devices of a property, on which its people sign in by PIN."""
