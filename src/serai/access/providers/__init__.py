"""Identity providers: people sign in with the account of their company."""
