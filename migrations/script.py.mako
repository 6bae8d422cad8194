"""${message}"""

from __future__ import annotations

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring the schema one step forward; there is no way back but a restore."""
    ${upgrades if upgrades else "op.execute(\"\")"}
