"""Ways out for published events."""
