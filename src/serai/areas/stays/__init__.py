"""Stays: our copy of a hotel's bookings, one stay a room, fed by events.

Events come late, twice and out of order. Of each field, and of each claim about the state, a stay keeps the newest
word and when it was said; what it is now follows from those words alone, so that any order of arrival ends alike.
"""
