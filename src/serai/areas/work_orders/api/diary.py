"""The routes of what is written down while a work order goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import AwareDatetime, Field

from serai.access.audit import AuditPage, shower
from serai.areas.files.model import File
from serai.areas.work_orders import service
from serai.areas.work_orders.api.bodies import FileIds, Short, StaffId, Words, WorkOrderOut, show
from serai.areas.work_orders.api.routes import ONE
from serai.areas.work_orders.model import ChangeStep, LinkKind, Note, TimeEntry, Worked
from serai.kernel.actor import Actor
from serai.kernel.ids import encode, encode_some
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs

router = Router(prefix=f"/maintenance/work-orders{ONE}", tags=["Work orders"])
OrderId = Annotated[UUID, Id("mnt")]


class NoteBody(Body):
    """How it goes."""

    text: Words


class NoteOut(Out):
    """What somebody said."""

    id: str
    at: datetime
    by: str
    by_id: str | None
    text: str


class NotePage(Out):
    """Some notes."""

    items: list[NoteOut]
    next_cursor: str | None
    total: int | None = None


class TimeBody(Body):
    """Minutes that were worked; by you and now, if nothing else is said."""

    minutes: Annotated[int, Field(ge=1, le=24 * 60)]
    staff_id: StaffId | None = None
    worked_at: AwareDatetime | None = Field(None, description="Within the last 31 days.")
    note: Short | None = None

    def command(self) -> Worked:
        """What is asked for."""
        return Worked(self.minutes, self.staff_id, self.worked_at, self.note)


class TimeOut(Out):
    """Minutes that somebody worked; void ones count no more."""

    id: str
    staff_id: str
    minutes: int
    worked_at: datetime
    note: str | None
    at: datetime
    by: str
    voided_at: datetime | None


class TimePage(Out):
    """Some entries."""

    items: list[TimeOut]
    next_cursor: str | None
    total: int | None = None


class StepsBody(Body):
    """What is to be done, in this order."""

    titles: Annotated[list[Short], Field(min_length=1, max_length=50)]


class StepBody(Body):
    """What to change of a step; what is left out stays."""

    title: Short | None = None
    done: bool | None = None
    reading: Short | None = Field(None, description="What was measured.")

    def command(self) -> ChangeStep:
        """What is asked for."""
        return ChangeStep(self.title, self.done, self.reading)


class LinkBody(Body):
    """What it has to do with another order; a duplicate is called off, and its reports go to the other."""

    kind: LinkKind
    order_id: OrderId


class AttachBody(Body):
    """Uploaded files that belong to it."""

    file_ids: Annotated[FileIds, Field(min_length=1)]


class AttachedOut(Out):
    """The files that were taken."""

    file_ids: list[str]


def show_note(one: Note, _: Actor) -> dict[str, Any]:
    """A note (the shape of `NoteOut`)."""
    return {"id": encode("nte", one.id), "at": one.at, "by": one.by, "by_id": encode_some("stf", one.by_id),
            "text": one.text}  # fmt: skip


def show_time(one: TimeEntry, _: Actor) -> dict[str, Any]:
    """An entry (the shape of `TimeOut`)."""
    return {
        "id": encode("tme", one.id), "staff_id": encode("stf", one.staff_id), "minutes": one.minutes,
        "worked_at": one.worked_at, "note": one.note, "at": one.at, "by": one.by, "voided_at": one.voided_at,
    }  # fmt: skip


def show_attached(found: list[File], _: Actor) -> dict[str, Any]:
    """The files that were taken (the shape of `AttachedOut`)."""
    return {"file_ids": [encode("fil", one.id) for one in found]}


@router.get("/notes", summary="What was said of an order", response_model=NotePage, **needs("workorder.read"))
async def list_notes(order_id: UUID, call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """The newest first."""
    return await call.page(lambda tx: service.notes(tx, call.actor, order_id, query), show_note)


@router.post("/notes", summary="Say how an order goes", response_model=WorkOrderOut, **needs("workorder.create"))
async def add_note(order_id: UUID, body: NoteBody, call: Call) -> Response:
    """In any state; answered with the order, whose `last_note` it is."""
    return await call.command(lambda work: service.note(work, order_id, body.text), show)


@router.get("/time-entries", summary="The minutes of an order", response_model=TimePage, **needs("workorder.read"))
async def list_times(order_id: UUID, call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """The newest first; `labour_minutes` of the order is the sum of those that are not void."""
    return await call.page(lambda tx: service.times(tx, call.actor, order_id, query), show_time)


@router.post("/time-entries", summary="Write minutes down", response_model=WorkOrderOut, **needs("workorder.work"))
async def write_time(order_id: UUID, body: TimeBody, call: Call) -> Response:
    """Your own; another's, if you give out work."""
    return await call.command(lambda work: service.write_time(work, order_id, body.command()), show)


@router.delete("/time-entries/{entry_id:tme}", summary="Take minutes back", response_model=WorkOrderOut,
               **needs("workorder.work"))  # fmt: skip
async def void_time(order_id: UUID, entry_id: UUID, call: Call) -> Response:
    """They stay, void, and count no more."""
    return await call.command(lambda work: service.void_time(work, order_id, entry_id), show)


@router.post("/steps", summary="Add steps", response_model=WorkOrderOut, **needs("workorder.update"))
async def add_steps(order_id: UUID, body: StepsBody, call: Call) -> Response:
    """Behind those there are; 100 at the most."""
    return await call.command(lambda work: service.add_steps(work, order_id, body.titles), show)


@router.patch("/steps/{step_id:mtk}", summary="Do a step, or change it", response_model=WorkOrderOut,
              **needs("workorder.work"))  # fmt: skip
async def change_step(order_id: UUID, step_id: UUID, body: StepBody, call: Call) -> Response:
    """Who did it and when is written down; `done` false takes it back."""
    return await call.command(lambda work: service.change_step(work, order_id, step_id, body.command()), show)


@router.delete("/steps/{step_id:mtk}", summary="Take a step away", response_model=WorkOrderOut,
               **needs("workorder.update"))  # fmt: skip
async def drop_step(order_id: UUID, step_id: UUID, call: Call) -> Response:
    """One that is done stays."""
    return await call.command(lambda work: service.drop_step(work, order_id, step_id), show)


@router.post("/links", summary="Link an order to another", response_model=WorkOrderOut, **needs("workorder.update"))
async def link_order(order_id: UUID, body: LinkBody, call: Call) -> Response:
    """Of the same property. `duplicate` calls this one off; the other gets its reports, and its severity if worse."""
    return await call.command(lambda work: service.link(work, order_id, body.kind, body.order_id), show)


@router.delete("/links/{other_id:mnt}", summary="Take a link away", response_model=WorkOrderOut,
               **needs("workorder.update"))  # fmt: skip
async def unlink_order(order_id: UUID, other_id: UUID, call: Call) -> Response:
    """Refused for a duplicate, which was called off for it."""
    return await call.command(lambda work: service.unlink(work, order_id, other_id), show)


@router.post("/watch", summary="Hear of an order", response_model=WorkOrderOut, **needs("workorder.read"))
async def watch_order(order_id: UUID, call: Call) -> Response:
    """You are among its `watchers` from now on."""
    return await call.command(lambda work: service.watch(work, order_id), show)


@router.post("/unwatch", summary="Hear no more of an order", response_model=WorkOrderOut, **needs("workorder.read"))
async def unwatch_order(order_id: UUID, call: Call) -> Response:
    """You are among its `watchers` no more."""
    return await call.command(lambda work: service.watch(work, order_id, stop=True), show)


@router.post(
    "/attachments", summary="Attach files to an order", response_model=AttachedOut, **needs("workorder.create")
)
async def attach_files(order_id: UUID, body: AttachBody, call: Call) -> Response:
    """Pictures and documents that you uploaded; `files?attached_to=` lists them."""
    return await call.command(lambda work: service.attach(work, order_id, body.file_ids), show_attached)


@router.get("/history", summary="The history of an order", response_model=AuditPage, **needs("workorder.read"))
async def order_history(order_id: UUID, call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """Every change, the newest first: who, when, before and after."""
    return await call.page(lambda tx: service.history(tx, call.actor, order_id, query), shower(call))
