"""Work in the background: reactions, relay, loops."""
