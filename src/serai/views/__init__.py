"""Reads across areas: the room board and the dashboards, each from one or two statements."""
