"""Categories: whose trade a fault is.

A company has the usual ones, renames them, puts them away, and adds its own.
"""
