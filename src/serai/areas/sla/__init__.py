"""Promises about work orders: how soon somebody has one, and it is mended.

A deadline is a pure function of when an order was reported, its waits, and the terms of its policy; it can be computed
again at any time and told line by line.
"""
