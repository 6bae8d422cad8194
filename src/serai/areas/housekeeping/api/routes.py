"""The routes of tasks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Response
from pydantic import AwareDatetime

from serai.areas.housekeeping import service
from serai.areas.housekeeping.api.bodies import (
    AssignBody,
    AutoBody,
    BulkBody,
    BulkOut,
    ChangeBody,
    CompleteBody,
    CreateBody,
    DelayBody,
    HelpBody,
    MoveBody,
    PauseBody,
    PlanOut,
    PropertyId,
    ReasonBody,
    RefuseBody,
    RejectBody,
    Short,
    SpaceId,
    StaffId,
    TaskOut,
    TaskPage,
    show,
    show_given,
    show_plan,
)
from serai.areas.housekeeping.api.listing import rendered
from serai.areas.housekeeping.model import TaskState, TaskType
from serai.areas.housekeeping.service import Filter, Wanted
from serai.kernel.errors import Fault, Invalid
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Call, ListQuery, Page, Router, asked, needs

router = Router(prefix="/tasks", tags=["Housekeeping"])


class Filters:
    """The filters of the list; state and type may be given several times."""

    def __init__(
        self,
        property_id: Annotated[PropertyId | None, Query()] = None,
        state: Annotated[list[TaskState] | None, Query()] = None,
        type: Annotated[list[TaskType] | None, Query()] = None,
        assignee_id: Annotated[StaffId | None, Query()] = None,
        space_id: Annotated[SpaceId | None, Query()] = None,
        room_id: Annotated[SpaceId | None, Query(description="The same as `space_id`.")] = None,
        venue_id: Annotated[SpaceId | None, Query(description="The same as `space_id`.")] = None,
        floor: Annotated[Short | None, Query()] = None,
        booking_reference: Annotated[Short | None, Query()] = None,
        due_after: Annotated[AwareDatetime | None, Query(description="Due at this moment or later.")] = None,
        due_before: Annotated[AwareDatetime | None, Query(description="Due before this moment.")] = None,
        delayed: Annotated[bool | None, Query()] = None,
        completed_after: Annotated[AwareDatetime | None, Query(description="Completed then or later.")] = None,
    ) -> None:
        """Read by FastAPI from the query string."""
        places = {one for one in (space_id, room_id, venue_id) if one is not None}
        if len(places) > 1:
            raise Invalid(faults=[Fault("/query/space_id", "names one place, and room_id or venue_id another")])
        self.wanted = Wanted(
            property_id,
            Filter(
                None,
                None if state is None else [one.value for one in state],
                None if type is None else [one.value for one in type],
                assignee_id,
                next(iter(places), None),
                floor,
                booking_reference,
                due_after,
                due_before,
                delayed,
                completed_after,
            ),
        )


@router.get("", summary="List the tasks", response_model=TaskPage, **needs("task.read"))
async def list_tasks(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], filters: Annotated[Filters, asked(Filters)]
) -> Response:
    """The tasks you may see.

    Sorts: `-priority` (the most urgent first), `priority`, `due_at`, `-created_at`, `created_at`.
    """

    async def act(tx: ReadTx) -> Page[orjson.Fragment]:
        found = await service.list_tasks(tx, call.actor, filters.wanted, query)
        return Page(await rendered(call, tx, found.items), found.next_cursor, found.total)

    return await call.page(act, lambda fragment, _: fragment)


@router.post("", summary="Make a task", status_code=201, response_model=TaskOut, **needs("task.create"))
async def create_task(body: CreateBody, call: Call) -> Response:
    """A task in a room, in another space or in none. It takes a copy of the checklist for its type."""
    return await call.command(lambda work: service.create_task(work, body.command()), show, status=201)


@router.post("/auto-assign", summary="Give out tasks by a plan", response_model=PlanOut, **needs("task.assign"))
async def auto_assign(
    body: AutoBody,
    call: Call,
    preview: Annotated[bool, Query(description="Plan, and write nothing.")] = False,  # noqa: FBT002  # a query parameter
) -> Response:
    """Balanced by the minutes left, then by floor; rooms with an arrival first.

    What has begun or was given by hand stays. The answer says why each task went to whom.
    """
    cmd = body.command(preview=preview)
    return await call.command(
        lambda work: service.auto_assign(work, cmd), lambda outcome, _: show_plan(outcome, preview=preview)
    )


@router.post("/bulk-assign", summary="Give out many tasks", response_model=BulkOut, **needs("task.assign"))
async def bulk_assign(body: BulkBody, call: Call) -> Response:
    """One result a task. An id that is not here refuses all (404); a task that is not open refuses itself alone."""
    pairs = [(one.task_id, one.who()) for one in body.items]
    return await call.command(lambda work: service.bulk_assign(work, pairs, planned=body.planned), show_given)


@router.get("/{task_id:tsk}", summary="A task", response_model=TaskOut, **needs("task.read"))
async def get_task(task_id: UUID, call: Call) -> Response:
    """One task."""
    return await call.query(lambda tx: service.get_task(tx, call.actor, task_id), show)


@router.patch("/{task_id:tsk}", summary="Change a task", response_model=TaskOut, **needs("task.update"))
async def change_task(task_id: UUID, body: ChangeBody, call: Call) -> Response:
    """Changes note, due time and minutes, pins or unpins the priority, and answers the checklist."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.update(work, task_id, cmd), show)


@router.post("/{task_id:tsk}/assign", summary="Give a task to somebody", response_model=TaskOut, **needs("task.assign"))
async def assign_task(task_id: UUID, body: AssignBody, call: Call) -> Response:
    """To a person who works in the property; later plans keep the choice."""
    staff_id = body.who()
    return await call.command(lambda work: service.assign(work, task_id, staff_id), show)


@router.post("/{task_id:tsk}/start", summary="Start a task", response_model=TaskOut, **needs("task.start"))
async def start_task(task_id: UUID, call: Call, body: MoveBody | None = None) -> Response:
    """Starts the work; a task that nobody has becomes yours. A cleaning makes its room cleaning."""
    cmd = (body or MoveBody()).command()
    return await call.command(lambda work: service.start(work, task_id, cmd), show)


@router.post("/{task_id:tsk}/pause", summary="Interrupt a task", response_model=TaskOut, **needs("task.start"))
async def pause_task(task_id: UUID, call: Call, body: PauseBody | None = None) -> Response:
    """Interrupts the work; the time until it goes on is not counted."""
    cmd = (body or PauseBody()).command()
    return await call.command(lambda work: service.pause(work, task_id, cmd), show)


@router.post("/{task_id:tsk}/resume", summary="Go on with a task", response_model=TaskOut, **needs("task.start"))
async def resume_task(task_id: UUID, call: Call, body: MoveBody | None = None) -> Response:
    """Goes on with interrupted work."""
    cmd = (body or MoveBody()).command()
    return await call.command(lambda work: service.resume(work, task_id, cmd), show)


@router.post("/{task_id:tsk}/complete", summary="Complete a task", response_model=TaskOut, **needs("task.start"))
async def complete_task(task_id: UUID, call: Call, body: CompleteBody | None = None) -> Response:
    """The work is done: a cleaned room is clean, an inspected one inspected. Required answers must be there."""
    cmd = (body or CompleteBody()).command()
    return await call.command(lambda work: service.complete(work, task_id, cmd), show)


@router.post("/{task_id:tsk}/help", summary="Ask for help", response_model=TaskOut, **needs("task.start"))
async def ask_help(task_id: UUID, call: Call, body: HelpBody | None = None) -> Response:
    """Tells the supervisors who are on shift; an open task that is yours or nobody's stays as it is."""
    cmd = (body or HelpBody()).command()
    return await call.command(lambda work: service.ask_help(work, task_id, cmd), show)


@router.post("/{task_id:tsk}/verify", summary="Find a task good", response_model=TaskOut, **needs("task.verify"))
async def verify_task(task_id: UUID, call: Call, body: MoveBody | None = None) -> Response:
    """Found good. Of the room's last cleaning it is the same act as inspecting the room."""
    cmd = (body or MoveBody()).command()
    return await call.command(lambda work: service.verify(work, task_id, cmd), show)


@router.post("/{task_id:tsk}/reject", summary="Find a task not good", response_model=TaskOut, **needs("task.verify"))
async def reject_task(task_id: UUID, body: RejectBody, call: Call) -> Response:
    """Found not good: the task ends, the room is dirty again, and a linked re-clean with the reason is made.

    Pictures are part of the rejected task from then on; `files?attached_to=` lists them.
    """
    return await call.command(lambda work: service.reject(work, task_id, body.command(), body.file_ids), show)


@router.post("/{task_id:tsk}/cancel", summary="Call off a task", response_model=TaskOut, **needs("task.cancel"))
async def cancel_task(task_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Calls off what has not begun."""
    return await call.command(lambda work: service.cancel(work, task_id, body.command()), show)


@router.post("/{task_id:tsk}/refuse", summary="Report a refused service", response_model=TaskOut, **needs("task.start"))
async def refuse_task(task_id: UUID, body: RefuseBody, call: Call) -> Response:
    """The guest declined, or is not to be disturbed: the task ends, and an occupied room keeps the guest's wish."""
    return await call.command(lambda work: service.refuse(work, task_id, body.command()), show)


@router.post("/{task_id:tsk}/delay", summary="Mark a task as delayed", response_model=TaskOut, **needs("task.delay"))
async def delay_task(task_id: UUID, body: DelayBody, call: Call) -> Response:
    """Marks it with the reason and a new due time, if one is known. It is told once per due time."""
    return await call.command(lambda work: service.delay(work, task_id, body.command()), show)
