"""What the routes of tasks take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from serai.areas.housekeeping import model
from serai.areas.housekeeping.model import (
    PINS,
    ChangeTask,
    CreateTask,
    Delay,
    Level,
    Move,
    Task,
    TaskState,
    TaskType,
)
from serai.areas.housekeeping.service import AutoAssign, Given, Outcome
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.kernel.ids import encode
from serai.runtime.http import Body, Id, Out
from serai.runtime.http.language import said

PropertyId = Annotated[UUID, Id("prp")]
SpaceId = Annotated[UUID, Id("spc")]
StaffId = Annotated[UUID, Id("stf")]
TaskId = Annotated[UUID, Id("tsk")]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Pin = Annotated[int, Field(ge=0, le=100, strict=True)] | Level
Answers = Annotated[dict[Short, bool | float | Words | None], Field(max_length=100)]


def _pinned(value: int | Level | None) -> int | None:
    return PINS[value.value] if isinstance(value, Level) else value


class CreateBody(Body):
    """A new task. Say its place once: `space_id`, `room_id` and `venue_id` are the same thing."""

    type: TaskType
    property_id: PropertyId
    space_id: SpaceId | None = None
    room_id: SpaceId | None = None
    venue_id: SpaceId | None = None
    stay_id: Annotated[UUID, Id("sty")] | None = None
    booking_reference: Short | None = None
    due_at: AwareDatetime | None = Field(None, description="Without it, after the property's minutes for the type.")
    minutes: Minutes | None = Field(None, description="Minutes of work expected.")
    priority: Pin | None = Field(None, description="Pins the priority: 0 to 100, or its name.")
    note: Words | None = None

    def command(self) -> CreateTask:
        """What is asked for; two different places are refused."""
        places = {one for one in (self.space_id, self.room_id, self.venue_id) if one is not None}
        if len(places) > 1:
            raise Invalid(faults=[Fault("/space_id", "names one place, and room_id and venue_id another")])
        return CreateTask(
            self.property_id,
            self.type,
            next(iter(places), None),
            stay_id=self.stay_id,
            booking_reference=self.booking_reference,
            due_at=self.due_at,
            minutes=self.minutes,
            pinned=_pinned(self.priority),
            note=self.note,
        )


class ChangeBody(Body):
    """What to change; what is left out stays. `priority` null unpins it, `due_at` null takes the promise back."""

    note: Words | None = None
    due_at: AwareDatetime | None = None
    minutes: Minutes | None = None
    priority: Pin | None = None
    checklist: Answers | None = Field(None, description="Answers by key; null takes one back.")
    version: int | None = Field(None, ge=1, description="The version that was read, unless If-Match says it.")

    def command(self, version: int) -> ChangeTask:
        """The fields that were given."""
        given: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set - {"version", "checklist"}}
        if "minutes" in given and self.minutes is None:
            raise Invalid(faults=[Fault("/minutes", "cannot be empty")])
        if "priority" in given:
            given["pinned"] = _pinned(given.pop("priority"))
        return ChangeTask(version, given, self.checklist or {})


class MoveBody(Body):
    """A move; `occurred_at` is when it was done, if not now (up to 24 hours back)."""

    occurred_at: AwareDatetime | None = None
    note: Words | None = None

    def command(self) -> Move:
        """What is asked for."""
        return Move(self.occurred_at, note=self.note)


class PauseBody(MoveBody):
    """Why the work is interrupted, if there is something to say."""

    reason: Words | None = None

    def command(self) -> Move:
        """What is asked for."""
        return Move(self.occurred_at, self.reason, self.note)


class ReasonBody(MoveBody):
    """A move that needs its reason."""

    reason: Words

    def command(self) -> Move:
        """What is asked for."""
        return Move(self.occurred_at, self.reason, self.note)


class RejectBody(ReasonBody):
    """Why the work is not good, and pictures that show it."""

    file_ids: list[Annotated[UUID, Id("fil")]] = Field([], max_length=10, description="Uploaded pictures.")


class HelpBody(MoveBody):
    """A call for help; `note` says what for, if there is something to say."""


class CompleteBody(MoveBody):
    """The work is done; answers that are still missing may come along."""

    checklist: Answers = Field(default_factory=dict)

    def command(self) -> Move:
        """What is asked for."""
        return Move(self.occurred_at, note=self.note, answers=self.checklist)


class RefuseBody(ReasonBody):
    """Why the service was not done: `service_declined`, `do_not_disturb`, or in your words."""


class DelayBody(Body):
    """Why it will be later, and until when if that is known."""

    reason: Words
    due_at: AwareDatetime | None = None

    def command(self) -> Delay:
        """What is asked for."""
        return Delay(self.reason, self.due_at)


class AssignBody(Body):
    """Who gets the task; `assignee_id` and `assigned_to` are other names of `staff_id`."""

    staff_id: StaffId | None = None
    assignee_id: StaffId | None = None
    assigned_to: StaffId | None = None

    def who(self) -> UUID:
        """The one person named."""
        named = {one for one in (self.staff_id, self.assignee_id, self.assigned_to) if one is not None}
        if len(named) != 1:
            raise Invalid(faults=[Fault("/staff_id", "names one person")])
        return named.pop()


class PairBody(AssignBody):
    """A task and who gets it."""

    task_id: TaskId


class BulkBody(Body):
    """Many tasks at once."""

    items: list[PairBody] = Field(min_length=1, max_length=200)
    planned: bool = Field(
        default=False, description="As a plan proposed it: what was given by hand stays, and a later plan may differ."
    )


class HandBody(Body):
    """A person and the minutes they have, if not a whole shift (480)."""

    staff_id: StaffId
    minutes: int | None = Field(None, ge=0, le=1440)


class AutoBody(Body):
    """What to give out, and to whom: without tasks all that wait, without people the property's housekeepers."""

    property_id: PropertyId
    task_ids: list[TaskId] | None = Field(None, min_length=1, max_length=200)
    staff: list[HandBody] | None = Field(None, min_length=1, max_length=200)
    staff_ids: list[StaffId] | None = Field(None, max_length=200, description="As `staff`, each for a whole shift.")

    def command(self, *, preview: bool) -> AutoAssign:
        """What is asked for."""
        people: dict[UUID, int | None] | None = None
        if self.staff is not None or self.staff_ids is not None:
            people = dict.fromkeys(self.staff_ids or ())
            people.update({one.staff_id: one.minutes for one in self.staff or ()})
        return AutoAssign(self.property_id, None if self.task_ids is None else tuple(self.task_ids), people, preview)


class PartOut(Out):
    """One part of the priority's sum."""

    name: str
    points: int
    why: str


class LineOut(Out):
    """One thing to look at, with its answer."""

    key: str
    label: str
    kind: Literal["yes_no", "number", "text", "choice"]
    required: bool
    low: float | None
    high: float | None
    unit: str | None
    choices: list[str]
    answer: bool | float | str | None
    outside: bool = Field(description="The number lies beyond its limits.")


class TaskOut(Out):
    """A task. `status` is the state in older words, `venue_id` another name of `space_id`."""

    id: str
    property_id: str
    type: TaskType
    state: TaskState
    status: str
    venue_id: str | None
    space_id: str | None
    room_id: str | None
    room_number: str | None
    floor: str | None
    stay_id: str | None
    booking_reference: str | None
    origin: str | None = Field(description="What it was made for, once and for all.")
    reclean_of: str | None = Field(description="The rejected task that this one mends.")
    assignee_id: str | None
    locked: bool = Field(description="Given by hand: plans keep the choice.")
    note: str | None
    due_at: datetime | None
    delayed: bool
    delayed_at: datetime | None
    delay_reason: str | None
    priority: int = Field(description="0 to 100: the sum of its parts.")
    priority_level: Level
    priority_parts: list[PartOut]
    pinned: bool
    credits: float | None
    minutes: int
    checklist: list[LineOut]
    reason: str | None
    opened_at: datetime = Field(description="When its clock started.")
    assigned_at: datetime | None
    started_at: datetime | None
    paused_at: datetime | None
    paused_seconds: int
    completed_at: datetime | None
    completed_by: str | None
    verified_at: datetime | None
    verified_by: str | None
    created_at: datetime
    version: int
    allowed_actions: list[str]


class TaskPage(Out):
    """Some tasks."""

    items: list[TaskOut]
    next_cursor: str | None
    total: int | None = None


class GivenOut(Out):
    """What became of one task of many."""

    task_id: str
    ok: bool
    task: TaskOut | None
    status: int
    code: str | None
    detail: str | None


class BulkOut(Out):
    """One result a task, in the order asked."""

    results: list[GivenOut]


class ChoiceOut(Out):
    """A task, who takes it, and why."""

    task_id: str
    room_number: str | None
    assignee_id: str | None
    reason: str


class HandOut(Out):
    """A person and the minutes left after the plan."""

    staff_id: str
    name: str
    minutes_left: int


class PlanOut(Out):
    """A plan: what is given to whom, what was kept, what nobody can take."""

    preview: bool
    assignments: list[ChoiceOut]
    kept: list[ChoiceOut]
    unassigned: list[ChoiceOut]
    staff: list[HandOut]


def show(task: Task, actor: Actor) -> dict[str, Any]:
    """The task for this caller, in the shape of `TaskOut`; lists show many, so it is not checked again."""
    return model.fields(task) | {"version": task.version, "allowed_actions": model.allowed(task, actor)}


def show_given(results: list[Given], actor: Actor) -> BulkOut:
    """The results of many."""
    return BulkOut(results=[_given(one, actor) for one in results])


def _given(one: Given, actor: Actor) -> GivenOut:
    refusal = one.refusal
    return GivenOut(
        task_id=encode("tsk", one.task_id),
        ok=refusal is None,
        task=None if one.task is None else TaskOut.model_validate(show(one.task, actor)),
        status=200 if refusal is None else refusal.status,
        code=None if refusal is None else refusal.code,
        detail=None if refusal is None else said(refusal.detail),
    )


def show_plan(outcome: Outcome, *, preview: bool) -> PlanOut:
    """The plan and its reasons."""
    lists = [
        [
            ChoiceOut(
                task_id=encode("tsk", one.task_id),
                room_number=outcome.tasks[one.task_id].room_number,
                assignee_id=None if one.staff_id is None else encode("stf", one.staff_id),
                reason=said(one.reason),
            )
            for one in choices
        ]
        for choices in (outcome.given, outcome.kept, outcome.left)
    ]
    people = [HandOut(staff_id=encode("stf", one.id), name=one.name, minutes_left=one.minutes) for one in outcome.hands]
    return PlanOut(preview=preview, assignments=lists[0], kept=lists[1], unassigned=lists[2], staff=people)
