"""The areas of a hotel, each a word of the trade."""
