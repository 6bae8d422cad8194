"""Machinery that knows no hotel word."""
