"""Costs: what each work order cost, line by line, and what a month may cost.

A line is written when minutes are worked, a part is used or a vendor's invoice comes in, at the price of that moment,
and is never changed: a slip is struck out. Amounts of two currencies are never added.
"""
