"""The journal and what is known of events."""
