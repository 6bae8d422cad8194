"""What the routes of work orders take and answer."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from serai.areas.categories.model import OTHER
from serai.areas.costs.model import CostKind
from serai.areas.parts.model import Moved
from serai.areas.vendors.model import Acknowledgement, Channel
from serai.areas.work_orders import model, service
from serai.areas.work_orders.model import (
    ChangeOrder,
    CreateOrder,
    LinkKind,
    OrderState,
    Origin,
    ReportAgain,
    RequestState,
    Resolution,
    Severity,
    Triage,
    Wait,
    Worked,
    WorkOrder,
)
from serai.areas.work_orders.service import FinalLines
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.runtime.http import Body, Id, Out, shown
from serai.runtime.work import Work

PropertyId = Annotated[UUID, Id("prp")]
SpaceId = Annotated[UUID, Id("spc")]
StaffId = Annotated[UUID, Id("stf")]
AssetId = Annotated[UUID, Id("ast")]
Trade = Annotated[
    str, Field(pattern=r"^[a-z][a-z_]{0,39}$", examples=["plumbing"], description="One of the company's categories.")
]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3, examples=["2"])]
Title = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Words = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Minutes = Annotated[int, Field(ge=1, le=100_000)]


FileIds = Annotated[list[Annotated[UUID, Id("fil")]], Field(max_length=20)]


class CreateBody(Body):
    """What is broken, and where. Say its place once: `space_id`, `room_id` and `venue_id` are the same thing."""

    property_id: PropertyId
    title: Title
    description: Words | None = None
    category: Trade = OTHER
    severity: Severity = Severity.MEDIUM
    safety_concern: Annotated[bool, Field(description="Somebody may come to harm.")] = False
    space_id: SpaceId | None = None
    room_id: SpaceId | None = None
    venue_id: SpaceId | None = None
    asset_id: AssetId | None = Field(None, description="What is broken; its place is the fault's, if none is said.")
    booking_reference: Short | None = None
    planned_start: AwareDatetime | None = None
    estimated_minutes: Minutes | None = None
    file_ids: FileIds = Field([], description="Uploaded pictures and documents.")

    def command(self) -> CreateOrder:
        """What is asked for; two different places are refused."""
        places = {one for one in (self.space_id, self.room_id, self.venue_id) if one is not None}
        if len(places) > 1:
            raise Invalid(faults=[Fault("/space_id", "names one place, and room_id and venue_id another")])
        return CreateOrder(
            self.property_id, self.title, self.category, self.severity, self.safety_concern, self.description,
            next(iter(places), None), Origin.STAFF, self.booking_reference, self.planned_start, self.estimated_minutes,
            None, self.asset_id, tuple(self.file_ids),
        )  # fmt: skip


class ChangeBody(Body):
    """What to change; what is left out stays."""

    title: Title | None = None
    description: Words | None = None
    category: Trade | None = None
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
    file_ids: FileIds = Field([], description="Uploaded pictures and documents.")

    def command(self) -> ReportAgain:
        """What is asked for."""
        return ReportAgain(self.text, Origin.STAFF, self.booking_reference, tuple(self.file_ids))


class TriageBody(Body):
    """How bad it is and whose trade; what is left out stays as it was reported."""

    severity: Severity | None = None
    category: Trade | None = None
    safety_concern: bool | None = None

    def command(self) -> Triage:
        """What is asked for."""
        return Triage(self.severity, self.category, self.safety_concern)


class WholeBody(Body):
    """All that is described of an order."""

    title: Title
    description: Words | None = None
    category: Trade = OTHER
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
    """Who gets the order, a person or a vendor; `staff_id` and `technician_id` are other names of `assignee_id`."""

    assignee_id: StaffId | None = None
    staff_id: StaffId | None = None
    technician_id: StaffId | None = None
    vendor_id: Annotated[UUID, Id("vnd")] | None = None

    async def give(self, work: Work, order_id: UUID) -> WorkOrder:
        """Give it to the one person or vendor that is named; nobody, or several, are refused."""
        match [*{one for one in (self.assignee_id, self.staff_id, self.technician_id) if one}, self.vendor_id]:
            case [UUID() as staff_id, None]:
                return await service.assign(work, order_id, staff_id)
            case [UUID() as vendor_id]:
                return await service.assign_vendor(work, order_id, vendor_id)
            case _:
                raise Invalid(faults=[Fault("/assignee_id", "names one person, or vendor_id one vendor")])


class BlockBody(Body):
    """For what the work waits, and until when if that is known."""

    reason: Short
    until: AwareDatetime | None = None

    def command(self) -> Wait:
        """What is asked for."""
        return Wait(self.reason, self.until)


class LabourBody(Body):
    """Minutes that were worked, by you if nobody else is named."""

    minutes: Annotated[int, Field(ge=1, le=24 * 60)]
    staff_id: StaffId | None = None


class UsageBody(Body):
    """How much of a part of the property's store was used."""

    part_id: Annotated[UUID, Id("prt")]
    quantity: Quantity
    note: Short | None = None

    def command(self) -> Moved:
        """What is asked for."""
        return Moved(self.quantity, note=self.note)


class ResolveBody(Body):
    """What was done, and what was wrong and why, if that is known."""

    remedy: Words
    problem: Words | None = None
    cause: Words | None = None
    labour: Annotated[list[LabourBody], Field(max_length=20)] = Field([], description="The last minutes.")
    parts: Annotated[list[UsageBody], Field(max_length=50)] = Field([], description="The last parts.")

    def command(self) -> Resolution:
        """What is asked for."""
        return Resolution(self.remedy, self.problem, self.cause)

    def lines(self) -> FinalLines:
        """What is written down with it."""
        return FinalLines(
            tuple(Worked(one.minutes, one.staff_id) for one in self.labour),
            tuple((one.part_id, one.command()) for one in self.parts),
        )


class AcknowledgeBody(Body):
    """What the vendor said, by whatever way: that it comes, and when; or that it does not."""

    accepted: bool = True
    promised_at: AwareDatetime | None = None
    channel: Channel | None = Field(None, description="How it was said; left out: the vendor's own channel.")
    note: Short | None = None

    def command(self) -> Acknowledgement:
        """What is written down."""
        return Acknowledgement(self.promised_at, self.channel, self.note)


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


class RelocationOut(Out):
    """A stay whose guest needs another room while this one is closed."""

    stay_id: str
    booking_reference: str


class StepOut(Out):
    """One step of the work; `reading` is what was measured at it."""

    id: str
    title: str
    done_at: datetime | None
    done_by: str | None
    reading: str | None


class LinkOut(Out):
    """What an order has to do with another."""

    kind: LinkKind
    order_id: str


class CostOut(Out):
    """What it cost by now, of one kind and in one currency; an exact decimal."""

    kind: CostKind
    amount: str
    currency: str


class WorkOrderOut(Out):
    """A work order. `number` counts in its property; `allowed_actions` are yours, now."""

    id: str
    property_id: str
    number: int
    title: str
    description: str | None
    category: str
    severity: Severity
    safety_concern: bool
    state: OrderState
    triaged: bool
    space_id: str | None
    room_number: str | None
    asset_id: str | None
    reports: list[ReportOut]
    assignee_id: str | None
    planned_start: datetime | None
    estimated_minutes: int | None
    blocked_reason: str | None
    blocked_until: datetime | None
    escalation_level: int
    escalated_to: str | None
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
    room_blocked_at: datetime | None
    relocations: list[RelocationOut]
    symptom: str | None
    steps: list[StepOut]
    links: list[LinkOut]
    watchers: list[str]
    last_note: str | None
    labour_minutes: int
    costs: list[CostOut]
    vendor_id: str | None
    sla_policy_id: str | None
    responded_at: datetime | None
    respond_due_at: datetime | None
    resolve_due_at: datetime | None
    respond_warned_at: datetime | None
    respond_breached_at: datetime | None
    resolve_warned_at: datetime | None
    resolve_breached_at: datetime | None
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
    return shown(model.data(order), order.version, model.allowed(order, actor))
