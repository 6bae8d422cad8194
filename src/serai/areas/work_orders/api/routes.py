"""The routes of work orders."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import AwareDatetime

from serai.areas.work_orders import service
from serai.areas.work_orders.api.bodies import (
    AcknowledgeBody,
    AssetId,
    AssignBody,
    BlockBody,
    ChangeBody,
    CreateBody,
    PropertyId,
    ReasonBody,
    ReportBody,
    ResolveBody,
    SpaceId,
    StaffId,
    Trade,
    TriageBody,
    WorkOrderOut,
    WorkOrderPage,
    show,
)
from serai.areas.work_orders.api.listing import listed
from serai.areas.work_orders.model import OrderState, Severity
from serai.areas.work_orders.service import Filter, Wanted
from serai.runtime.http import Call, Id, ListQuery, Router, asked, needs

router = Router(prefix="/maintenance/work-orders", tags=["Work orders"])
ONE = "/{order_id:mnt}"


class Filters:
    """The filters of the list; state, severity and category may be given several times."""

    def __init__(
        self,
        property_id: Annotated[PropertyId | None, Query()] = None,
        state: Annotated[list[OrderState] | None, Query()] = None,
        severity: Annotated[list[Severity] | None, Query()] = None,
        category: Annotated[list[Trade] | None, Query()] = None,
        assignee_id: Annotated[StaffId | None, Query()] = None,
        vendor_id: Annotated[Annotated[UUID, Id("vnd")] | None, Query()] = None,
        space_id: Annotated[SpaceId | None, Query()] = None,
        reported_after: Annotated[AwareDatetime | None, Query(description="Reported at this moment or later.")] = None,
        reported_before: Annotated[AwareDatetime | None, Query(description="Reported before this moment.")] = None,
        triaged: Annotated[bool | None, Query()] = None,
        asset_id: Annotated[AssetId | None, Query()] = None,
    ) -> None:
        """Read by FastAPI from the query string."""
        self.wanted = Wanted(
            property_id,
            Filter(
                None,
                None if state is None else [one.value for one in state],
                None if severity is None else [one.value for one in severity],
                category,
                assignee_id,
                space_id,
                reported_after,
                reported_before,
                triaged,
                vendor_id=vendor_id,
                asset_id=asset_id,
            ),
        )


@router.get("", summary="List the work orders", response_model=WorkOrderPage, **needs("workorder.read"))
async def list_orders(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], filters: Annotated[Filters, asked(Filters)]
) -> Response:
    """The work orders you may see. Sorts: `-reported_at` (the newest first), `reported_at`."""
    return await listed(call, filters.wanted, query)


@router.post("", summary="Report a fault", status_code=201, response_model=WorkOrderOut, **needs("workorder.create"))
async def create_order(body: CreateBody, call: Call) -> Response:
    """In a room, in another space, or at large. A second report of the same fault goes to the order's `report`."""
    return await call.command(lambda work: service.create(work, body.command()), show, status=201)


@router.get(ONE, summary="A work order", response_model=WorkOrderOut, **needs("workorder.read"))
async def get_order(order_id: UUID, call: Call) -> Response:
    """One work order, with all who reported it."""
    return await call.query(lambda tx: service.get(tx, call.actor, order_id), show)


@router.patch(ONE, summary="Change a work order", response_model=WorkOrderOut, **needs("workorder.update"))
async def change_order(order_id: UUID, body: ChangeBody, call: Call) -> Response:
    """Changes what is described, until it is resolved."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.update(work, order_id, cmd), show)


@router.post(f"{ONE}/report", summary="Report the same fault", response_model=WorkOrderOut,
             **needs("workorder.create"))  # fmt: skip
async def report_order(order_id: UUID, body: ReportBody, call: Call) -> Response:
    """Three reports of one leak are one order with three reporters."""
    return await call.command(lambda work: service.report(work, order_id, body.command()), show)


@router.post(f"{ONE}/triage", summary="Judge a fault", response_model=WorkOrderOut, **needs("workorder.assign"))
async def triage_order(order_id: UUID, body: TriageBody, call: Call) -> Response:
    """How bad it is, and whose trade."""
    return await call.command(lambda work: service.triage(work, order_id, body.command()), show)


@router.post(f"{ONE}/assign", summary="Give an order to somebody", response_model=WorkOrderOut,
             **needs("workorder.assign"))  # fmt: skip
async def assign_order(order_id: UUID, body: AssignBody, call: Call) -> Response:
    """To a person who works in the property, or to a vendor that serves the trade there."""
    return await call.command(lambda work: body.give(work, order_id), show)


@router.post(f"{ONE}/vendor-acknowledged", summary="Write down what the vendor said", response_model=WorkOrderOut,
             **needs("workorder.work"))  # fmt: skip
async def vendor_acknowledged(order_id: UUID, body: AcknowledgeBody, call: Call) -> Response:
    """That it comes, and when; `accepted` false: it does not, and the order is nobody's again."""
    return await call.command(
        lambda work: service.vendor_said(work, order_id, body.command(), comes=body.accepted), show
    )


@router.post(f"{ONE}/start", summary="Start an order", response_model=WorkOrderOut, **needs("workorder.work"))
async def start_order(order_id: UUID, call: Call) -> Response:
    """Starts the work; an order that nobody has becomes yours."""
    return await call.command(lambda work: service.start(work, order_id), show)


@router.post(f"{ONE}/block", summary="Say that an order waits", response_model=WorkOrderOut, **needs("workorder.work"))
async def block_order(order_id: UUID, body: BlockBody, call: Call) -> Response:
    """For a part, a vendor, a guest: with the reason, and until when if that is known."""
    return await call.command(lambda work: service.block(work, order_id, body.command()), show)


@router.post(f"{ONE}/unblock", summary="Go on with an order", response_model=WorkOrderOut, **needs("workorder.work"))
async def unblock_order(order_id: UUID, call: Call) -> Response:
    """What it waited for is there."""
    return await call.command(lambda work: service.unblock(work, order_id), show)


@router.post(f"{ONE}/resolve", summary="Resolve an order", response_model=WorkOrderOut, **needs("workorder.work"))
async def resolve_order(order_id: UUID, body: ResolveBody, call: Call) -> Response:
    """The fault is mended; somebody else finds it good."""
    return await call.command(lambda work: service.resolve(work, order_id, body.command(), body.lines()), show)


@router.post(f"{ONE}/verify", summary="Find a repair good", response_model=WorkOrderOut, **needs("workorder.verify"))
async def verify_order(order_id: UUID, call: Call) -> Response:
    """By somebody else than who resolved it."""
    return await call.command(lambda work: service.verify(work, order_id), show)


@router.post(f"{ONE}/reopen", summary="Find a repair not good", response_model=WorkOrderOut,
             **needs("workorder.verify"))  # fmt: skip
async def reopen_order(order_id: UUID, body: ReasonBody, call: Call) -> Response:
    """The order is its assignee's again, with the reason."""
    return await call.command(lambda work: service.reopen(work, order_id, body.reason), show)


@router.post(f"{ONE}/cancel", summary="Call off an order", response_model=WorkOrderOut, **needs("workorder.cancel"))
async def cancel_order(order_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Until it is resolved; nothing is erased."""
    return await call.command(lambda work: service.cancel(work, order_id, body.reason), show)


@router.post(f"{ONE}/escalate", summary="Escalate an order", response_model=WorkOrderOut, **needs("workorder.update"))
async def escalate_order(order_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Brings it to somebody higher, with the reason."""
    return await call.command(lambda work: service.escalate(work, order_id, body.reason), show)
