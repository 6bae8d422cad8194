"""Checklists: what is looked at during a kind of task; a task takes a copy."""
