"""The routes of promises."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Response
from pydantic import Field

from serai.areas.sla import model, service
from serai.areas.sla.model import MOST_MINUTES, ChangePolicy, EscalationStep, Policy, SetPolicy
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.runtime.http import Body, Call, HoursBody, HoursOut, Id, ListQuery, Out, Router, asked, needs, shown

router = Router(prefix="/sla/config", tags=["SLA"])
Trade = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$", examples=["plumbing"])]
Minutes = Annotated[int, Field(ge=1, le=MOST_MINUTES)]
Percent = Annotated[int, Field(ge=1, le=99)]
Told = Literal[
    "maintenance_supervisor", "housekeeping_supervisor", "front_desk", "venue_admin", "executive_admin",
]  # fmt: skip
Severity = Literal["low", "medium", "high", "critical"]


Calendar = Annotated[list[HoursBody], Field(max_length=21, description="Empty: round the clock.")]


class EscalationStepBody(Body):
    """What is done so many minutes after a promise was broken; the minutes run as the promise's do."""

    target: Literal["respond", "resolve"]
    after_minutes: Annotated[int, Field(ge=0, le=MOST_MINUTES)]
    tells: Told | None = None
    raises: bool = Field(default=False, description="The severity, by one.")
    reassigns: bool = Field(default=False, description="To who fits best, if the work has not begun.")

    def step(self) -> EscalationStep:
        """As the record has it."""
        return EscalationStep(self.target, self.after_minutes, self.tells, self.raises, self.reassigns)


Steps = Annotated[list[EscalationStepBody], Field(max_length=10)]


class SlaPolicyBody(Body):
    """What is promised, and for which orders: what is left out is any. The most particular promise holds."""

    property_id: Annotated[UUID, Id("prp")] | None = None
    category: Trade | None = None
    severity: Severity | None = None
    respond_minutes: Minutes | None = Field(None, description="From the report until somebody has it.")
    resolve_minutes: Minutes | None = Field(None, description="From the report until it is mended.")
    hours: Calendar = Field([])
    pauses: bool = Field(default=True, description="The clock stands while the work is blocked.")
    warn_percent: Percent = 80
    steps: Steps = Field([])

    def command(self) -> SetPolicy:
        """What is asked for."""
        return SetPolicy(
            self.property_id, self.category, self.severity, self.respond_minutes, self.resolve_minutes,
            tuple(one.hours() for one in self.hours), self.pauses, self.warn_percent,
            tuple(one.step() for one in self.steps),
        )  # fmt: skip


class SlaPolicyPatch(Body):
    """What to change; what is left out stays."""

    respond_minutes: Minutes | None = None
    resolve_minutes: Minutes | None = None
    hours: Calendar | None = None
    pauses: bool | None = None
    warn_percent: Percent | None = None
    steps: Steps | None = None
    active: bool | None = None
    version: int | None = Field(None, ge=1, description="The version that you read, or If-Match.")

    def command(self, version: int) -> ChangePolicy:
        """What is asked for; only the minutes may be taken away."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        needed = ("hours", "pauses", "warn_percent", "steps", "active")
        if faults := [Fault(f"/{name}", "cannot be null") for name in needed if given.get(name, 1) is None]:
            raise Invalid(faults=faults)
        if self.hours is not None:
            given["hours"] = tuple(one.hours() for one in self.hours)
        if self.steps is not None:
            given["steps"] = tuple(one.step() for one in self.steps)
        return ChangePolicy(version, given)


class EscalationStepOut(Out):
    """What is done so many minutes after a promise was broken."""

    target: str
    after_minutes: int
    tells: str | None
    raises: bool
    reassigns: bool


class SlaPolicyOut(Out):
    """What is promised for some orders."""

    id: str
    property_id: str | None
    category: str | None
    severity: str | None
    respond_minutes: int | None
    resolve_minutes: int | None
    hours: list[HoursOut]
    pauses: bool
    warn_percent: int
    steps: list[EscalationStepOut]
    active: bool
    version: int
    allowed_actions: list[str]


class SlaPolicyPage(Out):
    """Some promises."""

    items: list[SlaPolicyOut]
    next_cursor: str | None
    total: int | None = None


def show(policy: Policy, actor: Actor) -> dict[str, Any]:
    """A promise for this caller (the shape of `SlaPolicyOut`)."""
    actions = ["update"] if service.may(actor, policy.property_id) else []
    return shown(model.data(policy), policy.version, actions)


@router.get("", summary="List the promises", response_model=SlaPolicyPage, **needs("sla.read"))
async def list_promises(call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """Those of the company and of your hotels. Without any, an order is somebody's in 120 minutes, 30 if critical."""
    return await call.page(lambda tx: service.find(tx, call.actor, query), show)


@router.post("", summary="Promise something", status_code=201, response_model=SlaPolicyOut, **needs("sla.manage"))
async def make_promise(body: SlaPolicyBody, call: Call) -> Response:
    """For all hotels, or one; live orders are timed anew. A second promise for the same orders is refused."""
    return await call.command(lambda work: service.promise(work, body.command()), show, status=201)


@router.patch("/{policy_id:slp}", summary="Change a promise", response_model=SlaPolicyOut, **needs("sla.manage"))
async def change_promise(policy_id: UUID, body: SlaPolicyPatch, call: Call) -> Response:
    """Live orders are timed anew; `active` false takes it back."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change(work, policy_id, cmd), show)
