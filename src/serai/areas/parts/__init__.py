"""Parts: what a property has in its store, and every movement of it.

The ledger is only ever added to; what is on hand is the sum of its movements, and never below nothing unless the part
allows it. A part that runs low is told once, until there is enough again.
"""
