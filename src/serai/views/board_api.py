"""The route of the room board and the shape of its answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.housekeeping.model import TaskState, TaskType
from serai.areas.spaces.model import Condition, GuestService, Occupancy, RoomStatus, Service
from serai.areas.stays.model import State
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Call, Id, Out, Router, asked, needs
from serai.views import room_board
from serai.views.day import the_day
from serai.views.kept import Shown, kept

router = Router(prefix="/rooms", tags=["Rooms"])


class BoardTask(Out):
    """An open task of the room."""

    id: str
    type: TaskType
    state: TaskState
    priority: int = Field(description="0 to 100.")
    assignee_id: str | None = None
    due_at: datetime | None = None
    delayed: bool = False


class BoardStay(Out):
    """Who is in the room."""

    state: State
    departure: datetime
    adults: int
    children: int = 0
    vip: bool = False
    etd: datetime | None = Field(None, description="Expected departure.")


class BoardArrival(Out):
    """Who comes next into the room on this business date."""

    arrival: datetime
    adults: int
    children: int = 0
    vip: bool = False
    eta: datetime | None = Field(None, description="Expected arrival.")


Flag = Literal["due_out", "arrival", "rush", "vip", "queue", "delayed"]


class BoardRoom(Out):
    """A room. A field that has its default value is left out of the answer."""

    id: str
    number: str
    version: int
    room_type: str
    floor: str | None = None
    section: str | None = None
    occupancy: Occupancy
    condition: Condition
    service: Service = Service.IN_SERVICE
    guest_service: GuestService = GuestService.NONE
    repair_required: int = Field(0, description="Open faults to be fixed before the room is sold.")
    room_status: RoomStatus = Field(description="S4's name, derived from the dimensions.")
    codes: list[str] = Field(description="The codes staff speak, such as VD, VI, VR, OC, OOO, DND.")
    ready: bool = Field(default=False, description="A guest may have the key.")
    sellable: bool = Field(default=True, description="It counts as available.")
    assignable: bool = Field(default=True, description="An arrival may be given it.")
    stay: BoardStay | None = None
    arrival: BoardArrival | None = None
    tasks: list[BoardTask] = Field([], description="The most urgent first.")
    flags: list[Flag] = Field(
        [],
        description=(
            "due_out: the guest leaves today. arrival: one comes today and the room is ready; rush: it is not yet. "
            "vip: one of them is. queue: a guest waits for it. delayed: its most urgent task is late."
        ),
    )


class BoardOut(Out):
    """The board: a snapshot of the property's stream at `position`."""

    property_id: str
    epoch: int
    position: int = Field(description="Everything up to this position of the property's stream is in it.")
    business_date: date
    total: int = Field(description="Rooms that match the filters, whatever their status.")
    counts: dict[RoomStatus, int] = Field(description="These rooms per status.")
    items: list[BoardRoom] = Field(description="In natural order of their numbers; those of the status asked for.")


class BoardQuery:
    """The filters of the board."""

    def __init__(
        self,
        property_id: Annotated[
            Annotated[UUID, Id("prp")] | None, Query(description="Needed when you see several.")
        ] = None,
        floor: Annotated[str | None, Query(max_length=100)] = None,
        section: Annotated[str | None, Query(max_length=100)] = None,
        room_type: Annotated[str | None, Query(max_length=100)] = None,
        status: Annotated[list[RoomStatus] | None, Query(description="One or several.")] = None,
        attendant: Annotated[
            Annotated[UUID, Id("stf")] | None, Query(description="Who has an open task in the room.")
        ] = None,
    ) -> None:
        """Read by FastAPI from the query string."""
        self.property_id = property_id
        chosen = frozenset(status) if status else None
        self.wanted = room_board.Filter(floor, section, room_type, chosen, attendant)


@router.get("", summary="The room board", response_model=BoardOut, **needs("room.read"))
async def get_board(call: Call, query: Annotated[BoardQuery, asked(BoardQuery)]) -> Response:
    """All rooms of a property with status, guests (never their names) and open tasks, in one answer.

    Send the ETag back as If-None-Match: while nothing has changed the answer is 304.
    """

    async def seen(tx: ReadTx) -> Shown:
        day = await the_day(tx, call.actor, query.property_id, "room.read", call.now)
        return await kept(call.house.shelf).get(
            ("board", day.property_id, query.wanted),
            (day.mark,),
            lambda: room_board.show(tx, call.actor.tenant_id, day, query.wanted),
        )

    return (await call.house.read(call.actor, seen)).answer(call.request)
