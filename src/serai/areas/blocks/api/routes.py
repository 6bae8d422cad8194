"""The routes of windows."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import AwareDatetime

from serai.areas.blocks import service
from serai.areas.blocks.api.bodies import (
    ChangeBody,
    PropertyId,
    ReasonBody,
    ScheduleBody,
    SpaceId,
    WindowOut,
    WindowPage,
    WindowsOut,
    show,
    show_all,
)
from serai.areas.blocks.model import Kind, Lane, WindowState
from serai.areas.blocks.service import Filter, Wanted
from serai.runtime.http import Call, ListQuery, Router, asked, needs

router = Router(prefix="/windows", tags=["Windows"])
ONE = "/{window_id:win}"


class Filters:
    """The filters of the list; state and kind may be given several times."""

    def __init__(
        self,
        property_id: Annotated[PropertyId | None, Query()] = None,
        space_id: Annotated[SpaceId | None, Query()] = None,
        state: Annotated[list[WindowState] | None, Query()] = None,
        kind: Annotated[list[Kind] | None, Query()] = None,
        lane: Annotated[Lane | None, Query(description="What is planned, or what is broken.")] = None,
        after: Annotated[AwareDatetime | None, Query(description="Ends later than this moment.")] = None,
        before: Annotated[AwareDatetime | None, Query(description="Begins before this moment.")] = None,
    ) -> None:
        """Read by FastAPI from the query string."""
        states = None if state is None else [one.value for one in state]
        kinds = None if kind is None else [one.value for one in kind]
        self.wanted = Wanted(property_id, Filter(None, space_id, states, kinds, lane, after, before))


@router.get("", summary="List the windows", response_model=WindowPage, **needs("window.read"))
async def list_windows(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], filters: Annotated[Filters, asked(Filters)]
) -> Response:
    """When spaces are closed. Sorts: `starts_at`, `-starts_at`."""
    return await call.page(lambda tx: service.find(tx, call.actor, filters.wanted, query), show)


@router.post("", summary="Close a space", status_code=201, response_model=WindowsOut, **needs("window.manage"))
async def schedule_window(body: ScheduleBody, call: Call) -> Response:
    """A room, another space, or all rooms of a floor, a section, a building: then one window each, under one group.

    What begins now closes an empty room at once; in a room with a guest, or with one who arrives today, it waits.
    """
    return await call.command(lambda work: service.schedule(work, body.command()), show_all, status=201)


@router.get(ONE, summary="A window", response_model=WindowOut, **needs("window.read"))
async def get_window(window_id: UUID, call: Call) -> Response:
    """One window."""
    return await call.query(lambda tx: service.get(tx, call.actor, window_id), show)


@router.patch(ONE, summary="Change a window", response_model=WindowOut, **needs("window.manage"))
async def change_window(window_id: UUID, body: ChangeBody, call: Call) -> Response:
    """Its end, its reason; its beginning until it has begun; its kind where no work order holds it."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change(work, window_id, cmd), show)


@router.post(f"{ONE}/complete", summary="Have a space back", response_model=WindowOut, **needs("window.manage"))
async def complete_window(window_id: UUID, call: Call) -> Response:
    """Earlier than was planned; refused while work orders hold it."""
    return await call.command(lambda work: service.complete(work, window_id), show)


@router.post(f"{ONE}/cancel", summary="Call off a window", response_model=WindowOut, **needs("window.manage"))
async def cancel_window(window_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Before it begins; then it never was."""
    return await call.command(lambda work: service.cancel(work, window_id, body.reason), show)


@router.post(f"{ONE}/force", summary="Close a room with its guest in it", response_model=WindowOut,
             **needs("window.force"))  # fmt: skip
async def force_window(window_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Does not wait for the guest to leave; says why."""
    return await call.command(lambda work: service.force(work, window_id, body.reason), show)
