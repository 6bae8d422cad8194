"""Staffing: who works when, what they can, and what an hour of theirs costs."""
