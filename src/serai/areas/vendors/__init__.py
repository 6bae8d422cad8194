"""Vendors: firms and craftsmen from outside, many with nothing but a phone.

A vendor belongs to the company, or to one hotel of it. It has a way to be reached, hours in which it may be called, the
trades that it serves, and a rate. It has no machine: who is not called any more rests.
"""
