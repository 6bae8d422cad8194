"""The roster of another system, and what follows when somebody does not come."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import AliasChoices, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from serai.access.identity import service as identity
from serai.areas.housekeeping import service as housekeeping
from serai.areas.staffing import events
from serai.areas.staffing import service as staffing
from serai.areas.staffing.model import PlanShift
from serai.flows.inbound_schema import read
from serai.kernel.errors import Conflict
from serai.kernel.ids import BadId, decode
from serai.kernel.text import text
from serai.runtime.events.catalog import Incoming
from serai.runtime.events.inbox import Message
from serai.runtime.slice import Reaction
from serai.runtime.work import Work

USUAL = timedelta(hours=8)
"""A shift whose end nobody tells."""


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$"), BeforeValidator(_text)]


class UnknownPerson(Conflict):
    """The person is not known here."""


class SaidOfShift(BaseModel):
    """What a roster system says of a shift; unknown fields are passed over."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, defer_build=True)

    person: Text = Field(validation_alias=AliasChoices("staff_id", "employee_id", "user_id", "staff_code", "login"))
    shift: Text | None = Field(None, validation_alias=AliasChoices("shift_id", "shift_code", "external_code"))
    starts_at: AwareDatetime | None = Field(
        None, validation_alias=AliasChoices("starts_at", "started_at", "start_time", "start")
    )
    ends_at: AwareDatetime | None = Field(
        None, validation_alias=AliasChoices("ends_at", "ended_at", "end_time", "end", "planned_end")
    )


async def shift_started(work: Work, property_id: UUID, message: Message) -> None:
    """Somebody began to work."""
    said, at = read(SaidOfShift, message, text("The shift's message")), _at(message)
    begins = said.starts_at or at
    ends = said.ends_at if said.ends_at and said.ends_at > begins else begins + USUAL
    who = await _person(work, property_id, said.person)
    await staffing.tell_started(work, PlanShift(property_id, who, begins, ends, 0, said.shift, started=True))


async def shift_ended(work: Work, property_id: UUID, message: Message) -> None:
    """Somebody's work is over."""
    said = read(SaidOfShift, message, text("The shift's message"))
    who = await _person(work, property_id, said.person)
    await staffing.tell_ended(work, property_id, who, said.shift, said.ends_at or _at(message))


async def shift_missed(work: Work, fact: Incoming) -> None:
    """Who is ill has no tasks: what has not begun waits for somebody again."""
    await housekeeping.release_of(work, fact.stream, decode("stf", fact.data["staff_id"]))


async def _person(work: Work, property_id: UUID, told: str) -> UUID:
    """By our id, by the code of the roster system, or by login."""
    here = await identity.list_staff(work.tx, work.tenant_id, property_id, None)
    try:
        wanted: UUID | None = decode("stf", told)
    except BadId:
        wanted = await staffing.find_person(work.tx, work.tenant_id, told)
    for one in here:
        if wanted == one.id or (wanted is None and one.login == told):
            return one.id
    raise UnknownPerson(text("{told} is nobody who works here.", told=told))


def _at(message: Message) -> Any:
    assert message.at, "the inbox gives every message its instant"  # noqa: S101
    return message.at


REACTIONS = (Reaction("roster", (events.MISSED,), shift_missed),)
