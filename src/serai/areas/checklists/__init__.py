"""Checklists: templates of what is looked at during a kind of task; a task takes a copy when it is made."""
