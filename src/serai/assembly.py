"""The explicit list of slices, and the house put together from them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from serai.access import slice as access
from serai.access.identity.service import authenticator
from serai.areas.checklists import slice as checklists
from serai.areas.housekeeping import slice as housekeeping
from serai.areas.spaces import slice as spaces
from serai.areas.stays import slice as stays
from serai.areas.turnover import slice as turnover
from serai.flows import slice as flows
from serai.kernel.clock import Clock, SystemClock
from serai.runtime.db.pool import Database
from serai.runtime.events.catalog import Catalog
from serai.runtime.jobs.background import Background
from serai.runtime.slice import Loop, Permission, Reaction, Slice
from serai.runtime.transports.port import Transport
from serai.runtime.work import House
from serai.views import slice as views

SLICES: tuple[Slice, ...] = (
    access.slice,
    spaces.slice,
    stays.slice,
    checklists.slice,
    housekeeping.slice,
    turnover.slice,
    flows.slice,
    views.slice,
)


def permissions() -> tuple[Permission, ...]:
    """All permissions, by name."""
    return tuple(sorted((one for slice_ in SLICES for one in slice_.permissions), key=lambda one: one.name))


def catalog() -> Catalog:
    """All event types."""
    return Catalog(one for slice_ in SLICES for one in slice_.events)


def reactions() -> tuple[Reaction, ...]:
    """All reactions."""
    return tuple(one for slice_ in SLICES for one in slice_.reactions)


def loops() -> tuple[Loop, ...]:
    """All loops."""
    return tuple(one for slice_ in SLICES for one in slice_.loops)


def build(
    app_url: str, relay_url: str, secret: str, *, clock: Clock | None = None, demo: bool = False, connections: int = 16
) -> House:
    """A house on a database; nothing is opened yet. `demo` shows the interactive docs to everybody."""
    clock = clock or SystemClock()
    db = Database(app_url, relay_url, size=connections)
    return House(db, clock, catalog(), authenticator(db, clock, secret, permissions()), demo=demo)


def background(house: House, transports: Sequence[Transport] = (), only: UUID | None = None) -> Background:
    """All background work of the house, or of one tenant alone."""
    return Background(house, reactions=reactions(), loops=loops(), transports=transports, only=only)
