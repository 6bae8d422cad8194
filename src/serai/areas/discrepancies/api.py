"""The routes of observations and discrepancies."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.discrepancies import model, service
from serai.areas.discrepancies.model import Discrepancy, DiscrepancyState, Kind, View
from serai.areas.spaces.model import Occupancy
from serai.kernel.actor import Actor
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs, shown

router = Router(tags=["Discrepancies"])
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]


class ObservationBody(Body):
    """What is seen in the room, whatever the front desk says."""

    occupancy: Occupancy
    persons: int | None = Field(None, ge=0, le=99, description="Heads, if they were counted.")
    note: Words | None = None
    file_ids: list[Annotated[UUID, Id("fil")]] = Field([], max_length=10, description="Pictures; kept if it differs.")


class ResolveBody(Body):
    """How it was cleared up."""

    resolution: Words


class DiscrepancyOut(Out):
    """One difference at one room."""

    id: str
    property_id: str
    room_id: str
    kind: Kind
    state: DiscrepancyState
    seen_occupancy: Occupancy
    seen_persons: int | None
    told_occupancy: Occupancy
    told_persons: int | None
    stay_id: str | None
    note: str | None
    found_at: datetime
    found_by: str
    resolved_at: datetime | None
    resolved_by: str | None
    resolution: str | None
    version: int
    allowed_actions: list[str]


class DiscrepancyPage(Out):
    """Some discrepancies."""

    items: list[DiscrepancyOut]
    next_cursor: str | None
    total: int | None = None


class ObservationOut(Out):
    """Whether both say the same, and the difference if not."""

    agrees: bool
    discrepancy: DiscrepancyOut | None


def show(one: Discrepancy, actor: Actor) -> dict[str, Any]:
    """A discrepancy for this caller (the shape of `DiscrepancyOut`)."""
    steps = model.MACHINE.open(one, lambda permission: actor.may(permission, one.property_id))
    return shown(model.data(one), one.version, steps)


def show_observed(one: Discrepancy | None, actor: Actor) -> dict[str, Any]:
    """What became of an observation (the shape of `ObservationOut`)."""
    return {"agrees": one is None, "discrepancy": one and show(one, actor)}


class Asked:
    """The filters of the list."""

    def __init__(
        self,
        property_id: Annotated[Annotated[UUID, Id("prp")] | None, Query()] = None,
        state: Annotated[DiscrepancyState | None, Query()] = None,
        room_id: Annotated[Annotated[UUID, Id("spc")] | None, Query()] = None,
    ) -> None:
        """Read by FastAPI from the query string."""
        self.wanted = service.Wanted(property_id, state, room_id)


@router.post(
    "/rooms/{room_id:spc}/observations", summary="Say what is seen in a room", response_model=ObservationOut,
    **needs("room.clean"),
)  # fmt: skip
async def observe(room_id: UUID, body: ObservationBody, call: Call) -> Response:
    """Compares what housekeeping sees with what the front desk says; the room's status is not touched."""
    seen = View(body.occupancy, body.persons)
    return await call.command(
        lambda work: service.observe(work, room_id, seen, body.note, body.file_ids), show_observed
    )


@router.get(
    "/discrepancies", summary="List the discrepancies", response_model=DiscrepancyPage, **needs("discrepancy.read")
)
async def list_discrepancies(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], filters: Annotated[Asked, asked(Asked)]
) -> Response:
    """The discrepancies you may see, the oldest first."""
    return await call.page(lambda tx: service.find(tx, call.actor, filters.wanted, query), show)


@router.get(
    "/discrepancies/{discrepancy_id:dsc}", summary="A discrepancy", response_model=DiscrepancyOut,
    **needs("discrepancy.read"),
)  # fmt: skip
async def get_discrepancy(discrepancy_id: UUID, call: Call) -> Response:
    """One discrepancy."""
    return await call.query(lambda tx: service.get(tx, call.actor, discrepancy_id), show)


@router.post(
    "/discrepancies/{discrepancy_id:dsc}/resolve", summary="Clear a discrepancy up", response_model=DiscrepancyOut,
    **needs("discrepancy.resolve"),
)  # fmt: skip
async def resolve_discrepancy(discrepancy_id: UUID, body: ResolveBody, call: Call) -> Response:
    """Says how it was cleared up; who is in the room is said at the room's own doors."""
    return await call.command(lambda work: service.resolve(work, discrepancy_id, body.resolution), show)
