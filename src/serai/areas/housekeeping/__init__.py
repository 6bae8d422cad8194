"""Housekeeping: the tasks of a hotel's day, from a check-out to a verified room.

A task has a life (a machine as data), an SLA, a priority whose parts are shown, a checklist taken from a template
when it is made, and an attendant. Starting and ending a cleaning moves its room in the same transaction.
"""
