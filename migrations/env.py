"""What Alembic runs: each step in a transaction of its own, on the connection that Serai hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
connection.execute(text("set lock_timeout = '5s'"))
connection.commit()
context.configure(
    connection=connection,
    version_table="schema_version",
    version_table_schema="app",
    transaction_per_migration=True,
    on_version_apply=context.config.attributes["applied"],
)
context.run_migrations()
