"""PostgreSQL: pools, transactions, schema, rows."""
