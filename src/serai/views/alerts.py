"""What somebody must look at: late work, unready rooms, differences, parked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from serai.access.tenancy import service as tenancy
from serai.runtime.db.tx import ReadTx
from serai.runtime.wire import to_json
from serai.views.day import Day, sql
from serai.views.kept import Shown
from serai.views.room_board import shown_id

NEAR: Final = timedelta(hours=2)
"""An arrival this near wants its room ready."""
_ALERTS = sql("alerts")
_PREFIX = {
    "task_delayed": "tsk",
    "arrival_without_room": "sty",
    "arrival_room_not_ready": "sty",
    "discrepancy": "dsc",
    "order_late": "mnt",
    "part_low": "prt",
}
_WORST = ("critical", "warning")


async def alerts(tx: ReadTx, tenant_id: UUID, day: Day, now: datetime) -> Shown:
    """The alerts of one property, the worst and oldest first, in the shape of `AlertsOut`."""
    policies = (await tenancy.get_property(tx, tenant_id, day.property_id)).policies
    good = ["inspected"] if policies.inspects else ["clean", "inspected"]
    rows = await tx.fetch(_ALERTS, tenant_id, day.property_id, now, now + NEAR, good)
    items = [_alert(row) for row in sorted(rows, key=lambda row: (_WORST.index(row["severity"]), row["since"]))]
    return Shown(
        to_json(
            {
                "property_id": shown_id("prp", day.property_id),
                "epoch": day.mark.epoch,
                "position": day.mark.position,
                "total": len(items),
                "critical": sum(one["severity"] == "critical" for one in items),
                "items": items,
            }
        )
    )


def _alert(row: Any) -> dict[str, Any]:
    prefix = _PREFIX.get(row["kind"])
    return {
        "kind": row["kind"],
        "severity": row["severity"],
        "subject": shown_id(prefix, row["id"]) if prefix else None,
        "room_number": row["number"],
        "what": row["what"],
        "detail": row["detail"],
        "since": row["since"],
        "count": row["n"],
    }
