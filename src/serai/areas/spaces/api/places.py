"""The routes of the tree of spaces."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from serai.areas.spaces import service
from serai.areas.spaces.api import bodies
from serai.areas.spaces.model import Kind, Policies, Space
from serai.areas.spaces.service import SpaceOut
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Call, ListQuery, Page, Router, asked, needs

router = Router(prefix="/spaces", tags=["Spaces"])


@router.get("", summary="List spaces", response_model=bodies.SpacePage, **needs("space.read"))
async def list_spaces(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    property_id: Annotated[bodies.PropertyId | None, Query()] = None,
    kind: Annotated[Kind | None, Query()] = None,
    parent_id: Annotated[bodies.RoomId | None, Query(description="What lies in this space directly.")] = None,
) -> Response:
    """Living spaces in natural order of their names, rooms by number. Sort: `sort_key`."""

    async def act(tx: ReadTx) -> Page[tuple[Space, Policies]]:
        return await service.list_spaces(tx, call.actor, query, property_id=property_id, kind=kind, parent_id=parent_id)

    return await call.page(act, _show)


@router.post("", summary="Add a space", response_model=SpaceOut, status_code=201, **needs("space.manage"))
async def create_space(body: bodies.SpaceBody, call: Call) -> Response:
    """A building, floor, section, public area, venue or table; rooms are added under /rooms."""
    return await call.command(
        lambda work: service.create_space(work, body.property_id, body.draft()), _show, status=201
    )


@router.get("/{space_id:spc}", summary="Read a space", response_model=SpaceOut, **needs("space.read"))
async def read_space(space_id: UUID, call: Call) -> Response:
    """A space of any kind; what only rooms have stands under /rooms."""
    return await call.query(lambda tx: service.view_space(tx, call.actor, space_id), _show)


@router.patch("/{space_id:spc}", summary="Rename or move a space", response_model=SpaceOut, **needs("space.manage"))
async def edit_space(space_id: UUID, body: bodies.SpacePatch, call: Call) -> Response:
    """Asks for the version that was read; a parent must be of the same property and a larger kind."""
    version = call.need_version(body.version)
    return await call.command(lambda work: service.edit_space(work, space_id, body.given(), version), _show)


@router.delete("/{space_id:spc}", summary="Archive a space", response_model=SpaceOut, **needs("space.manage"))
async def archive_space(space_id: UUID, call: Call) -> Response:
    """Nothing is erased: it leaves the lists. Refused while other spaces lie in it or a guest is there."""
    return await call.command(lambda work: service.archive_space(work, space_id, call.version), _show)


def _show(found: tuple[Space, Policies], actor: Actor) -> dict[str, Any]:
    return service.show_space(*found, actor)
