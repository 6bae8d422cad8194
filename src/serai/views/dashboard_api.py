"""The routes of the dashboards and the shapes of their answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.housekeeping.model import TaskState, TaskType
from serai.areas.spaces.model import RoomStatus
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Call, Id, Out, Router, needs
from serai.views import dashboard
from serai.views.day import days, the_day
from serai.views.kept import Shown, kept

router = Router(prefix="/dashboard", tags=["Dashboard"])


class RoomCounts(Out):
    """Rooms now."""

    total: int
    ready: int
    sellable: int
    assignable: int
    occupied: int
    by_status: dict[RoomStatus, int]


class StayCounts(Out):
    """Guests of the business date."""

    arrivals: int = Field(description="Expected and arrived.")
    arrived: int
    departures: int = Field(description="Due out and departed.")
    departed: int
    due_out: int = Field(description="In house, and to leave before the business date ends.")
    in_house: int


class Readiness(Out):
    """Whether the rooms of the arrivals that are still expected are ready."""

    expected: int
    ready: int
    not_ready: int
    without_room: int


class TaskCounts(Out):
    """Tasks that are open, and those completed on the business date."""

    open: int
    unassigned: int
    delayed: int
    completed_today: int
    minutes_open: int = Field(description="Minutes of work in the open ones.")
    by_state: dict[TaskState, int]
    by_type: dict[TaskType, int] = Field(description="The open ones.")


class Workload(Out):
    """What one attendant has to do and has done on the business date."""

    staff_id: str
    name: str
    open: int
    in_progress: int
    delayed: int
    completed_today: int
    minutes_open: int


class PropertySummary(Out):
    """One property: a snapshot of its stream at `position`."""

    property_id: str
    code: str
    name: str
    business_date: date
    epoch: int
    position: int
    rooms: RoomCounts
    stays: StayCounts
    readiness: Readiness
    tasks: TaskCounts
    workload: list[Workload] = Field(description="Who has the most minutes left comes first.")


class Totals(Out):
    """All these properties together."""

    rooms: RoomCounts
    stays: StayCounts
    readiness: Readiness
    tasks: TaskCounts


class SummaryOut(Out):
    """Each property on its own business date, and all together."""

    properties: list[PropertySummary]
    totals: Totals


class NowTask(Out):
    """A task under way or late."""

    id: str
    type: TaskType
    state: TaskState
    room_number: str | None
    assignee_id: str | None
    priority: int
    due_at: datetime | None
    started_at: datetime | None
    delayed: bool


class NowArrival(Out):
    """An arrival of the business date that is still awaited."""

    stay_id: str
    room_number: str | None
    room_type: str | None
    arrival: datetime
    eta: datetime | None
    vip: bool
    room_status: RoomStatus | None
    ready: bool


class RealTimeOut(PropertySummary):
    """One property now: at most 200 of each list."""

    in_progress: list[NowTask] = Field(description="The most urgent first.")
    delayed: list[NowTask] = Field(description="The most urgent first.")
    arrivals: list[NowArrival] = Field(description="The next first.")


_Property = Annotated[Annotated[UUID, Id("prp")] | None, Query(description="Without it: all you see.")]
_One = Annotated[Annotated[UUID, Id("prp")] | None, Query(description="Needed when you see several.")]


@router.get("/summary", summary="The dashboard", response_model=SummaryOut, **needs("dashboard.read"))
async def get_summary(call: Call, property_id: _Property = None) -> Response:
    """Rooms by status, arrivals and departures, readiness, tasks and workload, per property and in all."""

    async def seen(tx: ReadTx) -> Shown:
        found = await days(tx, call.actor, property_id, "dashboard.read", call.now)
        return await kept(call.house.shelf).get(
            ("summary", *(one.property_id for one in found)),
            tuple(one.mark for one in found),
            lambda: dashboard.summary(tx, call.actor.tenant_id, found),
        )

    return (await call.house.read(call.actor, seen)).answer(call.request)


@router.get("/real-time", summary="What goes on now", response_model=RealTimeOut, **needs("dashboard.read"))
async def get_real_time(call: Call, property_id: _One = None) -> Response:
    """The counts of one property, the work under way, what is late, and who is still awaited today."""

    async def seen(tx: ReadTx) -> Shown:
        day = await the_day(tx, call.actor, property_id, "dashboard.read", call.now)
        return await kept(call.house.shelf).get(
            ("real-time", day.property_id), (day.mark,), lambda: dashboard.real_time(tx, call.actor.tenant_id, day)
        )

    return (await call.house.read(call.actor, seen)).answer(call.request)
