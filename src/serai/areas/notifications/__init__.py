"""Notifications: who is told what, in which language, by which channel, and when.

A notice is one word to one person or vendor; in the program it is there at once. What goes outside is a delivery: it
waits for the end of quiet hours, is tried again, and is never sent when it has become old.
"""
