"""Which properties a view is asked for, and where their streams stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.kernel.actor import Actor
from serai.kernel.clock import at_local, business_date
from serai.kernel.errors import Fault, Invalid, NotFound
from serai.runtime.db.tx import ReadTx

SQL = Path(__file__).parent / "sql"


def sql(name: str) -> str:
    """The statement in `sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text("utf-8")


_DAY = sql("day")


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer was made from: a position in the stream of a property, on a business date."""

    property_id: UUID
    epoch: int
    position: int
    date: date

    def covers(self, other: Mark) -> bool:
        """Whether what was read here is at least as new as the other."""
        same = (self.property_id, self.epoch, self.date) == (other.property_id, other.epoch, other.date)
        return same and self.position >= other.position


@dataclass(frozen=True, slots=True)
class Day:
    """A property on its business date: `[opens, closes)` from rollover to rollover."""

    property_id: UUID
    code: str
    name: str
    date: date
    opens: datetime
    closes: datetime
    mark: Mark


async def days(tx: ReadTx, actor: Actor, property_id: UUID | None, permission: str, now: datetime) -> list[Day]:
    """The property asked for, or all in which the actor has the permission, by code.

    What is outside the actor's properties is absent; the first 1,000 are given.
    """
    if property_id is not None:
        actor.need(permission, property_id)
    seen = actor.properties()
    rows = await tx.fetch(_DAY, actor.tenant_id, None if seen is None else list(seen), property_id)
    found: list[Day] = []
    for own, code, name, zone, rollover, epoch, head in rows:
        if actor.may(permission, own):
            place = ZoneInfo(zone)
            today = business_date(now, place, rollover)
            opens, closes = (at_local(day, rollover, place) for day in (today, today + timedelta(days=1)))
            found.append(Day(own, code, name, today, opens, closes, Mark(own, epoch, head, today)))
    if property_id is not None and not found:
        raise NotFound
    return found


async def the_day(tx: ReadTx, actor: Actor, property_id: UUID | None, permission: str, now: datetime) -> Day:
    """The property asked for, or the only one there is for this actor; otherwise he must say which."""
    found = await days(tx, actor, property_id, permission, now)
    if len(found) != 1:
        raise Invalid(faults=[Fault("/query/property_id", "say which property")])
    return found[0]
