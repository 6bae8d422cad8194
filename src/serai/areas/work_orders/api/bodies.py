"""What the routes of work orders take and answer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from serai.areas.work_orders import model
from serai.areas.work_orders.model import (
    Category,
    ChangeOrder,
    CreateOrder,
    OrderState,
    Origin,
    ReportAgain,
    RequestState,
    Resolution,
    Severity,
    Triage,
    Wait,
    WorkOrder,
)
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.runtime.http import Body, Id, Out

PropertyId = Annotated[UUID, Id("prp")]
SpaceId = Annotated[UUID, Id("spc")]
StaffId = Annotated[UUID, Id("stf")]
Title = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Words = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Minutes = Annotated[int, Field(ge=1, le=100_000)]


class CreateBody(Body):
    """What is broken, and where. Say its place once: `space_id`, `room_id` and `venue_id` are the same thing."""

    property_id: PropertyId
    title: Title
    description: Words | None = None
    category: Category = Category.OTHER
    severity: Severity = Severity.MEDIUM
    safety_concern: Annotated[bool, Field(description="Somebody may come to harm.")] = False
    space_id: SpaceId | None = None
    room_id: SpaceId | None = None
    venue_id: SpaceId | None = None
    booking_reference: Short | None = None
    planned_start: AwareDatetime | None = None
    estimated_minutes: Minutes | None = None

    def command(self) -> CreateOrder:
        """What is asked for; two different places are refused."""
        places = {one for one in (self.space_id, self.room_id, self.venue_id) if one is not None}
        if len(places) > 1:
            raise Invalid(faults=[Fault("/space_id", "names one place, and room_id and venue_id another")])
        return CreateOrder(
            self.property_id, self.title, self.category, self.severity, self.safety_concern, self.description,
            next(iter(places), None), Origin.STAFF, self.booking_reference, self.planned_start, self.estimated_minutes,
        )  # fmt: skip


class ChangeBody(Body):
    """What to change; what is left out stays."""

    title: Title | None = None
    description: Words | None = None
    category: Category | None = None
    severity: Severity | None = None
    safety_concern: bool | None = None
    planned_start: AwareDatetime | None = None
    estimated_minutes: Minutes | None = None
    version: int | None = Field(None, ge=1, description="The version that you read, or If-Match.")

    def command(self, version: int) -> ChangeOrder:
        """What is asked for; what must be there cannot be taken away."""
        fields = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        needed = ("title", "category", "severity", "safety_concern")
        if faults := [Fault(f"/{name}", "cannot be null") for name in needed if fields.get(name, 1) is None]:
            raise Invalid(faults=faults)
        return ChangeOrder(version, fields)


class ReportBody(Body):
    """The same fault, as somebody else saw it."""

    text: Words | None = None
    booking_reference: Short | None = None

    def command(self) -> ReportAgain:
        """What is asked for."""
        return ReportAgain(self.text, Origin.STAFF, self.booking_reference)


class TriageBody(Body):
    """How bad it is and whose trade; what is left out stays as it was reported."""

    severity: Severity | None = None
    category: Category | None = None
    safety_concern: bool | None = None

    def command(self) -> Triage:
        """What is asked for."""
        return Triage(self.severity, self.category, self.safety_concern)


class WholeBody(Body):
    """All that is described of an order."""

    title: Title
    description: Words | None = None
    category: Category = Category.OTHER
    severity: Severity = Severity.MEDIUM
    safety_concern: bool = False
    planned_start: AwareDatetime | None = None
    estimated_minutes: Minutes | None = None
    version: int | None = Field(None, ge=1, description="The version that you read, or If-Match.")

    def command(self, version: int) -> ChangeOrder:
        """What is asked for."""
        return ChangeOrder(
            version, {name: getattr(self, name) for name in type(self).model_fields if name != "version"}
        )


class AssignBody(Body):
    """Who gets the order; `staff_id` and `technician_id` are other names of `assignee_id`."""

    assignee_id: StaffId | None = None
    staff_id: StaffId | None = None
    technician_id: StaffId | None = None

    def who(self) -> UUID:
        """The one person named."""
        named = {one for one in (self.assignee_id, self.staff_id, self.technician_id) if one is not None}
        if len(named) != 1:
            raise Invalid(faults=[Fault("/assignee_id", "names one person")])
        return named.pop()


class BlockBody(Body):
    """For what the work waits, and until when if that is known."""

    reason: Short
    until: AwareDatetime | None = None

    def command(self) -> Wait:
        """What is asked for."""
        return Wait(self.reason, self.until)


class ResolveBody(Body):
    """What was done, and what was wrong and why, if that is known."""

    remedy: Words
    problem: Words | None = None
    cause: Words | None = None

    def command(self) -> Resolution:
        """What is asked for."""
        return Resolution(self.remedy, self.problem, self.cause)


class ReasonBody(Body):
    """Why."""

    reason: Short


class ReportOut(Out):
    """One report of the fault."""

    at: datetime
    by: str
    by_id: str | None
    origin: Origin
    text: str | None
    booking_reference: str | None


class WorkOrderOut(Out):
    """A work order. `number` counts in its property; `allowed_actions` are yours, now."""

    id: str
    property_id: str
    number: int
    title: str
    description: str | None
    category: Category
    severity: Severity
    safety_concern: bool
    state: OrderState
    triaged: bool
    space_id: str | None
    room_number: str | None
    reports: list[ReportOut]
    assignee_id: str | None
    planned_start: datetime | None
    estimated_minutes: int | None
    blocked_reason: str | None
    blocked_until: datetime | None
    escalation_level: int
    reopened: int
    problem: str | None
    cause: str | None
    remedy: str | None
    reason: str | None
    reported_at: datetime
    assigned_at: datetime | None
    started_at: datetime | None
    blocked_at: datetime | None
    blocked_seconds: int
    resolved_at: datetime | None
    resolved_by: str | None
    verified_at: datetime | None
    verified_by: str | None
    cancelled_at: datetime | None
    version: int
    allowed_actions: list[str]


class WorkOrderPage(Out):
    """Some work orders."""

    items: list[WorkOrderOut]
    next_cursor: str | None
    total: int | None = None


class RequestOut(WorkOrderOut):
    """A work order, seen as a request."""

    status: RequestState


class RequestPage(Out):
    """Some requests."""

    items: list[RequestOut]
    next_cursor: str | None
    total: int | None = None


def show(order: WorkOrder, actor: Actor) -> dict[str, Any]:
    """An order for this caller (the shape of `WorkOrderOut`)."""
    return {
        **asdict(model.data(order)),
        "version": order.version,
        "allowed_actions": list(model.allowed(order, actor)),
    }
