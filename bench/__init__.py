"""The benchmark: our HTTP calls beside pgbench's same transactions, in one run."""
