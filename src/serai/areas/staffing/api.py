"""The routes of the roster, of skills and of rates."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import AwareDatetime, Field

from serai.areas.staffing import model, service
from serai.areas.staffing.model import Available, Change, PlanShift, Profile, Rate, Shift, ShiftState
from serai.areas.staffing.store import Filters
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs

router = Router(prefix="/shifts", tags=["Staffing"])
people = Router(prefix="/staff", tags=["Staffing"])
PropertyId = Annotated[UUID, Id("prp")]
StaffId = Annotated[UUID, Id("stf")]
Code = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
Reason = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Word = Annotated[str, Field(min_length=1, max_length=60)]


class PlanBody(Body):
    """A new shift, `[starts_at, ends_at)`."""

    property_id: PropertyId
    staff_id: StaffId
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    break_minutes: int = Field(0, ge=0, le=960)
    external_code: Code | None = Field(None, description="What the roster system calls it.")


class _Changed(Body):
    """A change; null clears nothing but a code."""

    version: int | None = Field(None, ge=0, description="The version that was read, unless If-Match says it.")

    def command(self, version: int) -> Change:
        """The fields that were given."""
        given: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        empty = [name for name, value in given.items() if value is None and name != "external_code"]
        if empty:
            raise Invalid(faults=[Fault(f"/{name}", "cannot be empty") for name in empty])
        return Change(version, {name: tuple(one) if isinstance(one, list) else one for name, one in given.items()})  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


class ShiftBody(_Changed):
    """Other hours; what is left out stays."""

    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    break_minutes: int | None = Field(None, ge=0, le=960)


class ReasonBody(Body):
    """Why, if there is something to say."""

    reason: Reason | None = None


class ProfileBody(_Changed):
    """What somebody can do; what is left out stays."""

    skills: list[Word] | None = Field(None, max_length=50, description="Types of task, categories of work.")
    languages: list[Word] | None = Field(None, max_length=50, description="ISO 639, such as fa or pt-PT.")
    external_code: Code | None = Field(None, description="What the roster or payroll system calls the person.")


class RateBody(Body):
    """What an hour costs."""

    amount: Decimal = Field(ge=0, max_digits=18, decimal_places=6)
    currency: str = Field(min_length=3, max_length=3)
    valid_from: AwareDatetime | None = Field(None, description="From when on; without it, from now on.")


class ShiftOut(Out):
    """A shift."""

    id: str
    property_id: str
    staff_id: str
    state: ShiftState
    starts_at: datetime
    ends_at: datetime
    break_minutes: int
    started_at: datetime | None
    ended_at: datetime | None
    reason: str | None
    external_code: str | None
    version: int
    allowed_actions: list[str]


class ShiftPage(Out):
    """Some shifts."""

    items: list[ShiftOut]
    next_cursor: str | None
    total: int | None = None


class AvailableOut(Out):
    """Somebody on shift, and the minutes left of it."""

    staff_id: str
    minutes: int
    ends_at: datetime
    skills: list[str]
    languages: list[str]


class AvailableList(Out):
    """Who is on shift, by the end of the shift."""

    items: list[AvailableOut]


class ProfileOut(Out):
    """What somebody can do."""

    staff_id: str
    skills: list[str]
    languages: list[str]
    external_code: str | None
    version: int


class RateOut(Out):
    """What an hour costs from an instant on."""

    id: str
    staff_id: str
    valid_from: datetime
    amount: str = Field(description="A decimal number, as text.")
    currency: str


class RateList(Out):
    """All rates of a person, oldest first."""

    items: list[RateOut]


def show(shift: Shift, actor: Actor) -> ShiftOut:
    """The shift for this caller."""
    manages = actor.may("roster.manage", shift.property_id)
    own = actor.id == shift.staff_id
    steps = model.MACHINE.open(shift, lambda permission: manages or (own and actor.may(permission, shift.property_id)))
    steps = tuple(one for one in steps if manages or one in {"start", "end"})
    changes_it = ["update"] if manages and shift.state in model.LIVE else []
    return ShiftOut(
        id=encode("shf", shift.id),
        property_id=encode("prp", shift.property_id),
        staff_id=encode("stf", shift.staff_id),
        state=shift.state,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        break_minutes=shift.break_minutes,
        started_at=shift.started_at,
        ended_at=shift.ended_at,
        reason=shift.reason,
        external_code=shift.external_code,
        version=shift.version,
        allowed_actions=[*steps, *changes_it],
    )


def show_available(found: list[Available], _: Actor) -> AvailableList:
    """Who is on shift."""
    return AvailableList(
        items=[
            AvailableOut(
                staff_id=encode("stf", one.staff_id),
                minutes=one.minutes,
                ends_at=one.ends_at,
                skills=sorted(one.skills),
                languages=sorted(one.languages),
            )
            for one in found
        ]
    )


def show_profile(profile: Profile, _: Actor) -> ProfileOut:
    """What somebody can do."""
    return ProfileOut(
        staff_id=encode("stf", profile.staff_id),
        skills=list(profile.skills),
        languages=list(profile.languages),
        external_code=profile.external_code,
        version=profile.version,
    )


def show_rate(rate: Rate, _: Actor) -> RateOut:
    """One rate."""
    return RateOut(
        id=encode("rte", rate.id),
        staff_id=encode("stf", rate.staff_id),
        valid_from=rate.valid_from,
        amount=str(rate.amount),
        currency=rate.currency,
    )


def show_rates(rates: list[Rate], actor: Actor) -> RateList:
    """All rates of a person."""
    return RateList(items=[show_rate(one, actor) for one in rates])


class Asked:
    """The filters of the list; a shift counts that touches `[since, until)`."""

    def __init__(
        self,
        property_id: Annotated[PropertyId | None, Query()] = None,
        staff_id: Annotated[StaffId | None, Query()] = None,
        state: Annotated[ShiftState | None, Query()] = None,
        since: Annotated[AwareDatetime | None, Query()] = None,
        until: Annotated[AwareDatetime | None, Query()] = None,
    ) -> None:
        """Read by FastAPI from the query string."""
        self.wanted = Filters(property_id and [property_id], staff_id, state, since, until)


@router.get("", summary="List the shifts", response_model=ShiftPage, **needs("roster.read"))
async def list_shifts(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], filters: Annotated[Asked, asked(Asked)]
) -> Response:
    """The shifts of the properties whose roster you may see, by their start."""
    return await call.page(lambda tx: service.find(tx, call.actor, filters.wanted, query), show)


@router.post("", summary="Plan a shift", status_code=201, response_model=ShiftOut, **needs("roster.manage"))
async def plan_shift(body: PlanBody, call: Call) -> Response:
    """Puts somebody on the roster. Who is in another shift at that time is refused (409)."""
    cmd = PlanShift(
        body.property_id, body.staff_id, body.starts_at, body.ends_at, body.break_minutes, body.external_code
    )
    return await call.command(lambda work: service.plan_shift(work, cmd), show, status=201)


@router.get("/available", summary="Who is on shift", response_model=AvailableList, **needs("roster.read"))
async def list_available(
    call: Call,
    property_id: Annotated[PropertyId, Query()],
    at: Annotated[AwareDatetime | None, Query(description="Without it, now.")] = None,
    skill: Annotated[str | None, Query(max_length=60, description="Who has it, or of whom none is known.")] = None,
) -> Response:
    """Who is on shift, with the minutes that are left of it."""
    return await call.query(
        lambda tx: service.view_available(tx, call.actor, property_id, at or call.now, skill), show_available
    )


@router.get("/{shift_id:shf}", summary="A shift", response_model=ShiftOut, **needs("roster.read"))
async def get_shift(shift_id: UUID, call: Call) -> Response:
    """One shift."""
    return await call.query(lambda tx: service.get_shift(tx, call.actor, shift_id), show)


@router.patch("/{shift_id:shf}", summary="Move a shift", response_model=ShiftOut, **needs("roster.manage"))
async def change_shift(shift_id: UUID, body: ShiftBody, call: Call) -> Response:
    """Other hours for a shift that is not over."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change_shift(work, shift_id, cmd), show)


@router.post("/{shift_id:shf}/start", summary="Begin a shift", response_model=ShiftOut, **needs("shift.work"))
async def start_shift(shift_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Somebody begins to work: one's own shift, or another's where you keep the roster."""
    return await call.command(lambda work: service.start(work, shift_id, body.reason), show)


@router.post("/{shift_id:shf}/end", summary="End a shift", response_model=ShiftOut, **needs("shift.work"))
async def end_shift(shift_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Somebody's work is over."""
    return await call.command(lambda work: service.end(work, shift_id, body.reason), show)


@router.post("/{shift_id:shf}/cancel", summary="Call off a shift", response_model=ShiftOut, **needs("roster.manage"))
async def cancel_shift(shift_id: UUID, body: ReasonBody, call: Call) -> Response:
    """The shift does not take place."""
    return await call.command(lambda work: service.cancel(work, shift_id, body.reason), show)


@router.post(
    "/{shift_id:shf}/miss", summary="Somebody does not come", response_model=ShiftOut, **needs("roster.manage")
)
async def miss_shift(shift_id: UUID, body: ReasonBody, call: Call) -> Response:
    """Ill, or away: tasks that were given to the person and have not begun wait for somebody again."""
    return await call.command(lambda work: service.miss(work, shift_id, body.reason), show)


@people.get(
    "/{staff_id:stf}/profile", summary="What somebody can do", response_model=ProfileOut, **needs("roster.read")
)
async def get_profile(staff_id: UUID, call: Call) -> Response:
    """Skills and languages; empty where nobody has said."""
    return await call.query(lambda tx: service.view_profile(tx, call.actor, staff_id), show_profile)


@people.patch(
    "/{staff_id:stf}/profile", summary="Say what somebody can do", response_model=ProfileOut, **needs("roster.manage")
)
async def edit_profile(staff_id: UUID, body: ProfileBody, call: Call) -> Response:
    """Changes skills and languages; the version of a profile that nobody has made is 0."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.edit_profile(work, staff_id, cmd), show_profile)


@people.get("/{staff_id:stf}/rates", summary="What an hour costs", response_model=RateList, **needs("rate.read"))
async def list_rates(staff_id: UUID, call: Call) -> Response:
    """All rates of a person, oldest first."""
    return await call.query(lambda tx: service.view_rates(tx, call.actor, staff_id), show_rates)


@people.post(
    "/{staff_id:stf}/rates", summary="Say what an hour costs", status_code=201, response_model=RateOut,
    **needs("rate.manage"),
)  # fmt: skip
async def set_rate(staff_id: UUID, body: RateBody, call: Call) -> Response:
    """A new rate, later than the one before it: what has been paid stays as it was."""
    cmd = service.SetRate(body.amount, body.currency, body.valid_from)
    return await call.command(lambda work: service.set_rate(work, staff_id, cmd), show_rate, status=201)
