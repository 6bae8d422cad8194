"""Reads across areas: the board and the dashboards, in one or two statements."""
