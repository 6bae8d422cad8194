"""The overnight roll: each property passes to its next business date."""
