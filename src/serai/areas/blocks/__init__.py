"""Windows: when a space is closed, as what, and why.

Two lanes, what is planned and what is broken; in each, two live windows of a space never overlap, and the database says
so. A window waits for the guest to leave. A fault's window is held by work orders and ends with its last holder.
"""
