"""The tree of spaces, its rooms, and the one writer of their status.

A room's status has four dimensions (occupancy, condition, service, guest service) and a count of
faults; S4's single list of names is derived from them. `service.set_room_status` is the only way to
change them, in Python and, through `app.set_room_status`, in the database.
"""
