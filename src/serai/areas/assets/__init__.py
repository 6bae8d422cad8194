"""Assets: what a property has that is maintained, be it a generator or sheets.

Each has its place, its parent, its papers, meters that are read, and a health from 0 to 100 with the reasons for it.
"""
