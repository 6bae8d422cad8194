"""The house as first built: tables, policies, grants and functions."""

from __future__ import annotations

from alembic import op

from serai.runtime.db.migrate import run_file

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the frozen script; the models went on from there."""
    run_file("0001_house.sql")
    op.execute("grant select on app.schema_version to serai_app, serai_relay, serai_backup")
