"""What Alembic runs: each step in a transaction of its own."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    version_table="schema_version",
    version_table_schema="app",
    transaction_per_migration=True,
    on_version_apply=context.config.attributes["applied"],
)
context.run_migrations()
