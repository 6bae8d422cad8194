"""The routes of stays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import AwareDatetime, Field

from serai.areas.stays import service
from serai.areas.stays.model import State, Stay
from serai.areas.stays.service import StayOut, show_stay
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs

router = Router(prefix="/stays", tags=["Stays"])


class StayPage(Out):
    """Some stays."""

    items: list[StayOut]
    next_cursor: str | None
    total: int | None = None


class ExpectBody(Body):
    """What the house knows better than the PMS; what is left out stays, null takes it back."""

    eta: AwareDatetime | None = Field(None, description="Expected arrival.")
    etd: AwareDatetime | None = Field(None, description="Expected departure.")
    service_nights: int | None = Field(
        None, ge=0, le=30, description="Service every so many nights; 0: only on request; null: as usual here."
    )
    version: int | None = Field(None, ge=1, description="The version that was read, unless If-Match says it.")

    def said(self) -> dict[str, datetime | int | None]:
        """What was given."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"version"}}


class StayQuery:
    """The filters of the list."""

    def __init__(
        self,
        property_id: Annotated[Annotated[UUID, Id("prp")] | None, Query()] = None,
        room_id: Annotated[Annotated[UUID, Id("spc")] | None, Query()] = None,
        state: Annotated[State | None, Query()] = None,
        arrival_date: Annotated[date | None, Query(description="A day of the property.")] = None,
        booking_reference: Annotated[str | None, Query(max_length=100)] = None,
    ) -> None:
        """Read by FastAPI from the query string."""
        self.wanted = service.Wanted(
            property_id, room_id, None if state is None else state.value, arrival_date, booking_reference
        )


@router.get("", summary="List the stays", response_model=StayPage, **needs("stay.read"))
async def list_stays(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], filters: Annotated[StayQuery, asked(StayQuery)]
) -> Response:
    """The stays you may see, by arrival (sorts: `arrival`, `-arrival`)."""
    return await call.page(lambda tx: service.list_stays(tx, call.actor, filters.wanted, query), show_stay)


@router.get("/{stay_id:sty}", summary="A stay", response_model=StayOut, **needs("stay.read"))
async def get_stay(stay_id: UUID, call: Call) -> Response:
    """One stay, as the newest events about its booking say."""

    async def seen(tx: ReadTx) -> Stay:
        stay = await service.get_stay(tx, call.actor.tenant_id, stay_id)
        call.actor.need("stay.read", stay.property_id)
        return stay

    return await call.query(seen, show_stay)


@router.patch("/{stay_id:sty}", summary="Say what a guest expects", response_model=StayOut, **needs("stay.manage"))
async def expect(stay_id: UUID, body: ExpectBody, call: Call) -> Response:
    """Sets expected arrival and departure, until a newer event says otherwise, and how often the room is serviced."""
    version = call.need_version(body.version)
    return await call.command(lambda work: service.expect(work, stay_id, version, body.said()), show_stay)
