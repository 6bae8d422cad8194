"""The job queue: PgQueuer's tables, in a schema of their own."""

from __future__ import annotations

from serai.runtime.db.migrate import run_file

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Run PgQueuer's own script, and say who may do what."""
    run_file("0002_jobs.sql")
