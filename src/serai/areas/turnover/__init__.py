"""Turnover: doors at which one act moves a room, its task and its stay."""
