"""The routes of alerts and metrics, and the shapes of their answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.housekeeping.model import TaskType
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Call, Id, Out, Router, needs
from serai.views.alerts import alerts
from serai.views.day import the_day
from serai.views.kept import Shown
from serai.views.metrics import task_metrics

router = Router(prefix="/dashboard", tags=["Dashboard"])
_One = Annotated[Annotated[UUID, Id("prp")] | None, Query(description="Needed when you see several.")]
_Date = Annotated[date | None, Query(description="A business date.")]


class AlertOut(Out):
    """One thing that somebody must look at."""

    kind: Literal[
        "task_delayed",
        "arrival_without_room",
        "arrival_room_not_ready",
        "discrepancy",
        "order_late",
        "part_low",
        "message_parked",
        "reaction_parked",
    ]
    severity: Literal["critical", "warning"]
    subject: str | None = Field(description="The task, stay, discrepancy, work order or part.")
    room_number: str | None
    what: str | None = Field(description="Type of the task, condition of the room, kind of the difference, name.")
    detail: str | None
    since: datetime
    count: int


class AlertsOut(Out):
    """What to look at in one property, the worst and oldest first; at most 100 of a kind."""

    property_id: str
    epoch: int
    position: int
    total: int
    critical: int
    items: list[AlertOut]


class TaskFigures(Out):
    """How tasks went that were made in the time asked for."""

    made: int
    open: int
    completed: int
    verified: int
    rejected: int
    cancelled: int
    refused: int
    delayed: int
    promised: int = Field(description="Completed, with a promised time.")
    on_time: int
    on_time_share: float | None = Field(description="Of the promised ones.")
    first_time_right: float | None = Field(description="Share of the completed ones that no inspection rejected.")
    credits: float = Field(description="Of the completed ones.")
    minutes_expected: int
    minutes_worked: float = Field(description="From start to completion, without pauses.")
    minutes_to_start: float | None = Field(description="On average, from its opening.")


class TypeFigures(TaskFigures):
    """Those of one type."""

    type: TaskType


class PersonFigures(TaskFigures):
    """Those that one person completed."""

    staff_id: str
    name: str


class TaskDayFigures(TaskFigures):
    """Those made on one business date."""

    date: date


class TaskMetricsOut(Out):
    """The tasks of one property over some business dates."""

    property_id: str
    first: date
    last: date
    total: TaskFigures
    by_type: list[TypeFigures]
    by_person: list[PersonFigures] = Field(description="Who completed most comes first.")
    by_day: list[TaskDayFigures] = Field(description="Every business date from first to last.")


@router.get("/alerts", summary="What to look at", response_model=AlertsOut, **needs("dashboard.read"))
async def get_alerts(call: Call, property_id: _One = None) -> Response:
    """Late tasks, arrivals whose room is not ready, discrepancies, and what was parked instead of done."""

    async def seen(tx: ReadTx) -> Shown:
        day = await the_day(tx, call.actor, property_id, "dashboard.read", call.now)
        return await alerts(tx, call.actor.tenant_id, day, call.now)

    return (await call.house.read(call.actor, seen)).answer(call.request)


@router.get("/metrics/tasks", summary="How tasks went", response_model=TaskMetricsOut, **needs("dashboard.read"))
async def get_task_metrics(call: Call, property_id: _One = None, first: _Date = None, last: _Date = None) -> Response:
    """Counts, punctuality, minutes and credits of the tasks made on these business dates; without dates, today's."""

    async def seen(tx: ReadTx) -> Shown:
        day = await the_day(tx, call.actor, property_id, "dashboard.read", call.now)
        return await task_metrics(tx, call.actor.tenant_id, day, first, last)

    return (await call.house.read(call.actor, seen)).answer(call.request)
