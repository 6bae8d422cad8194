"""Pure building blocks: no hotel, no database, no network."""
