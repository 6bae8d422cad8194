"""The routes of parts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from serai.areas.parts import service
from serai.areas.parts.api.bodies import (
    CountedBody,
    PartBody,
    PartNumber,
    PartOut,
    PartPage,
    PartPatch,
    PropertyId,
    ReceiveBody,
    StockMovePage,
    TransferBody,
    show,
    show_move,
)
from serai.areas.parts.model import ChangePart, MoveKind
from serai.runtime.http import Call, ListQuery, Router, asked, needs

router = Router(prefix="/maintenance/parts", tags=["Parts"])
inventory = Router(prefix="/inventory/parts", tags=["Inventory"])
ONE = "/{part_id:prt}"
Query_ = Annotated[ListQuery, asked(ListQuery)]


@inventory.get("", name="list_inventory", summary="List the parts", response_model=PartPage, **needs("part.read"))
@router.get("", summary="List the parts", response_model=PartPage, **needs("part.read"))
async def list_parts(
    call: Call,
    query: Query_,
    property_id: Annotated[PropertyId | None, Query()] = None,
    active: Annotated[bool | None, Query()] = None,
    low: Annotated[bool | None, Query(description="Whether there is too little of it.")] = None,
    part_number: Annotated[PartNumber | None, Query()] = None,
) -> Response:
    """The parts of the properties that you may see, by name."""
    return await call.page(
        lambda tx: service.find(
            tx, call.actor, query, property_id=property_id, active=active, low=low, number=part_number
        ),
        show,
    )


@inventory.get("/low-stock", summary="Parts of which there is too little", response_model=PartPage,
               **needs("part.read"))  # fmt: skip
async def list_low(call: Call, query: Query_, property_id: Annotated[PropertyId | None, Query()] = None) -> Response:
    """By name; `low_since` says since when."""
    return await call.page(lambda tx: service.find(tx, call.actor, query, property_id=property_id, low=True), show)


@inventory.post(
    "", name="add_to_inventory", summary="Add a part", status_code=201, response_model=PartOut, **needs("part.manage")
)
@router.post("", summary="Add a part", status_code=201, response_model=PartOut, **needs("part.manage"))
async def add_part(body: PartBody, call: Call) -> Response:
    """Its number names it in the property; there is nothing of it until some is received or counted."""
    return await call.command(lambda work: service.add(work, body.command()), show, status=201)


@router.get(ONE, summary="A part", response_model=PartOut, **needs("part.read"))
async def get_part(part_id: UUID, call: Call) -> Response:
    """One part."""
    return await call.query(lambda tx: service.get(tx, call.actor, part_id), show)


@router.patch(ONE, summary="Change a part", response_model=PartOut, **needs("part.manage"))
async def change_part(part_id: UUID, body: PartPatch, call: Call) -> Response:
    """Changes what is given; `active` false takes it off the list, once there is nothing of it."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change(work, part_id, cmd), show)


@router.delete(ONE, summary="Take a part off the list", response_model=PartOut, **needs("part.manage"))
async def rest_part(part_id: UUID, call: Call) -> Response:
    """Once there is nothing of it; its movements stay, and `active` true has it back."""
    cmd = ChangePart(call.need_version(None), {"active": False})
    return await call.command(lambda work: service.change(work, part_id, cmd), show)


@router.post(f"{ONE}/receive", summary="More of a part came", response_model=PartOut, **needs("part.manage"))
async def receive_part(part_id: UUID, body: ReceiveBody, call: Call) -> Response:
    """What one cost now is what it costs from now on."""
    cmd = body.command()
    return await call.command(lambda work: service.move(work, part_id, MoveKind.RECEIVE, cmd), show)


@router.post(f"{ONE}/adjust", summary="A part was counted", response_model=PartOut, **needs("part.manage"))
async def adjust_part(part_id: UUID, body: CountedBody, call: Call) -> Response:
    """Sets what is there, and says why."""
    cmd = body.command()
    return await call.command(lambda work: service.move(work, part_id, MoveKind.ADJUST, cmd), show)


@router.post(f"{ONE}/transfer", summary="Send a part to another property", response_model=PartOut,
             **needs("part.manage"))  # fmt: skip
async def transfer_part(part_id: UUID, body: TransferBody, call: Call) -> Response:
    """To that property's part, counted in the same unit and currency; both stores change at once."""
    return await call.command(lambda work: service.send(work, part_id, body.to_part_id, body.command()), show)


@inventory.get(f"{ONE}/history", name="list_inventory_history", summary="The movements of a part",
               response_model=StockMovePage, **needs("part.read"))  # fmt: skip
@router.get(f"{ONE}/history", summary="The movements of a part", response_model=StockMovePage,
            **needs("part.read"))  # fmt: skip
async def list_moves(part_id: UUID, call: Call, query: Query_) -> Response:
    """Every movement, the newest first: who, when, why, and how much there was after it."""
    return await call.page(lambda tx: service.history(tx, call.actor, part_id, query), show_move)
