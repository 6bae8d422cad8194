"""The same orders under the names of older callers: work-orders, and requests."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from serai.areas.work_orders import model, service
from serai.areas.work_orders.api import routes
from serai.areas.work_orders.api.bodies import (
    ChangeBody,
    CreateBody,
    ReasonBody,
    RequestOut,
    RequestPage,
    ResolveBody,
    Short,
    TriageBody,
    WholeBody,
    WorkOrderOut,
    WorkOrderPage,
    show,
)
from serai.areas.work_orders.api.listing import listed
from serai.areas.work_orders.api.routes import ONE, Filters
from serai.areas.work_orders.model import RequestState, WorkOrder
from serai.kernel.actor import Actor
from serai.runtime.http import Call, ListQuery, Router, asked, needs

work_orders = Router(prefix="/work-orders", tags=["Work orders"])
requests = Router(prefix="/maintenance", tags=["Work orders"])


work_orders.get("", name="list_work_orders", summary="List the work orders", response_model=WorkOrderPage,
                **needs("workorder.read"))(routes.list_orders)  # fmt: skip
work_orders.post("", name="create_work_order", summary="Make a work order", status_code=201,
                 response_model=WorkOrderOut, **needs("workorder.create"))(routes.create_order)  # fmt: skip
work_orders.get(ONE, name="get_work_order", summary="A work order", response_model=WorkOrderOut,
                **needs("workorder.read"))(routes.get_order)  # fmt: skip
work_orders.post(f"{ONE}/assign", name="assign_work_order", summary="Give an order to a technician",
                 response_model=WorkOrderOut, **needs("workorder.assign"))(routes.assign_order)  # fmt: skip


@work_orders.put(ONE, summary="Describe a work order anew", response_model=WorkOrderOut, **needs("workorder.update"))
async def put_work_order(order_id: UUID, body: WholeBody, call: Call) -> Response:
    """All that is described, whole: what is left out is taken away, or is as in a new order."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.update(work, order_id, cmd), show)


@work_orders.delete(ONE, summary="Call off a work order", response_model=WorkOrderOut, **needs("workorder.cancel"))
async def delete_work_order(order_id: UUID, call: Call, reason: Annotated[Short, Query()] = "Deleted.") -> Response:
    """Nothing is erased: it is cancelled. Refused once it is resolved."""
    return await call.command(lambda work: service.cancel(work, order_id, reason), show)


@work_orders.post(f"{ONE}/complete", summary="Complete a work order", response_model=WorkOrderOut,
                  **needs("workorder.work"))  # fmt: skip
async def complete_work_order(order_id: UUID, body: ResolveBody, call: Call) -> Response:
    """Resolves it; one that was not started is assigned to you, started and resolved in one."""
    return await call.command(lambda work: service.finish(work, order_id, body.command(), body.lines()), show)


def show_request(order: WorkOrder, actor: Actor) -> dict[str, Any]:
    """An order as a request (the shape of `RequestOut`)."""
    return show(order, actor) | {"status": model.request_state(order)}


@requests.get("", summary="List the maintenance requests", response_model=RequestPage, **needs("workorder.read"))
async def list_requests(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    filters: Annotated[Filters, asked(Filters)],
    status: Annotated[RequestState | None, Query(description="As a request stands.")] = None,
) -> Response:
    """Work orders as requests: reported, triaged, scheduled, in progress, completed, cancelled."""
    wanted = filters.wanted if status is None else service.standing(filters.wanted, status)
    return await listed(call, wanted, query, show_request)


@requests.post("", summary="Report a fault as a request", status_code=201, response_model=RequestOut,
               **needs("workorder.create"))  # fmt: skip
async def create_request(body: CreateBody, call: Call) -> Response:
    """A work order, as a request."""
    return await call.command(lambda work: service.create(work, body.command()), show_request, status=201)


@requests.get(ONE, summary="A maintenance request", response_model=RequestOut, **needs("workorder.read"))
async def get_request(order_id: UUID, call: Call) -> Response:
    """A work order, as a request."""
    return await call.query(lambda tx: service.get(tx, call.actor, order_id), show_request)


@requests.patch(ONE, summary="Change a maintenance request", response_model=RequestOut, **needs("workorder.update"))
async def change_request(order_id: UUID, body: ChangeBody, call: Call) -> Response:
    """Changes what is described, until it is completed."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.update(work, order_id, cmd), show_request)


@requests.post(f"{ONE}/triage", summary="Judge a request", response_model=RequestOut, **needs("workorder.assign"))
async def triage_request(order_id: UUID, body: TriageBody, call: Call) -> Response:
    """How bad it is, and whose trade."""
    return await call.command(lambda work: service.triage(work, order_id, body.command()), show_request)


@requests.post(f"{ONE}/start", summary="Start a request", response_model=RequestOut, **needs("workorder.work"))
async def start_request(order_id: UUID, call: Call) -> Response:
    """Starts the work; a request that nobody has becomes yours."""
    return await call.command(lambda work: service.start(work, order_id), show_request)


@requests.post(f"{ONE}/complete", summary="Complete a request", response_model=RequestOut, **needs("workorder.work"))
async def complete_request(order_id: UUID, body: ResolveBody, call: Call) -> Response:
    """Resolves it; one that was not started is assigned to you, started and resolved in one."""
    return await call.command(lambda work: service.finish(work, order_id, body.command(), body.lines()), show_request)


@requests.post(f"{ONE}/escalate", summary="Escalate a request", response_model=RequestOut, **needs("workorder.update"))
async def escalate_request(order_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Brings it to somebody higher, with the reason."""
    return await call.command(lambda work: service.escalate(work, order_id, body.reason), show_request)
