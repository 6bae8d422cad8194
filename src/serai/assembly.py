"""The explicit list of slices, and the house put together from them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from uuid import UUID

from serai.access import slice as access
from serai.access.connections.service import Via
from serai.access.identity.service import authenticator
from serai.areas.assets import slice as assets
from serai.areas.blocks import slice as blocks
from serai.areas.categories import slice as categories
from serai.areas.checklists import slice as checklists
from serai.areas.costs import slice as costs
from serai.areas.discrepancies import slice as discrepancies
from serai.areas.files import slice as files
from serai.areas.housekeeping import slice as housekeeping
from serai.areas.notifications import slice as notifications
from serai.areas.parts import slice as parts
from serai.areas.sla import slice as sla
from serai.areas.spaces import slice as spaces
from serai.areas.staffing import slice as staffing
from serai.areas.stays import slice as stays
from serai.areas.turnover import slice as turnover
from serai.areas.vendors import slice as vendors
from serai.areas.work_orders import slice as work_orders
from serai.flows import slice as flows
from serai.flows.receivers import Receivers
from serai.kernel.clock import Clock, SystemClock
from serai.runtime.db.pool import Database
from serai.runtime.events.catalog import PREFIX, Catalog
from serai.runtime.files.store import Files
from serai.runtime.jobs.background import Background
from serai.runtime.jobs.queue import Queue
from serai.runtime.jobs.reactions import REACTIONS
from serai.runtime.links import LINKS, Links
from serai.runtime.settings import Settings
from serai.runtime.slice import Job, Loop, Permission, Reaction, Slice
from serai.runtime.transports.port import Listener, Transport
from serai.runtime.work import House
from serai.views import slice as views

SLICES: tuple[Slice, ...] = (
    access.slice,
    spaces.slice,
    stays.slice,
    staffing.slice,
    files.slice,
    checklists.slice,
    categories.slice,
    notifications.slice,
    vendors.slice,
    parts.slice,
    costs.slice,
    sla.slice,
    assets.slice,
    housekeeping.slice,
    blocks.slice,
    work_orders.slice,
    turnover.slice,
    discrepancies.slice,
    flows.slice,
    views.slice,
)


def permissions() -> tuple[Permission, ...]:
    """All permissions, by name."""
    return tuple(sorted((one for slice_ in SLICES for one in slice_.permissions), key=lambda one: one.name))


def catalog(prefix: str = PREFIX) -> Catalog:
    """All event types, and what stands before their names."""
    return Catalog((one for slice_ in SLICES for one in slice_.events), prefix)


def reactions() -> tuple[Reaction, ...]:
    """All reactions."""
    return tuple(one for slice_ in SLICES for one in slice_.reactions)


def loops() -> tuple[Loop, ...]:
    """All loops."""
    return tuple(one for slice_ in SLICES for one in slice_.loops)


def jobs() -> tuple[Job, ...]:
    """All jobs."""
    return tuple(one for slice_ in SLICES for one in slice_.jobs)


def transports(settings: Settings) -> tuple[Transport, ...]:
    """The ways out that the settings name; nothing is opened yet, and only their libraries are loaded."""
    found: list[Transport] = []
    if settings.rabbitmq_url:
        from serai.runtime.transports.rabbitmq import RabbitMQ  # noqa: PLC0415

        found.append(RabbitMQ(settings.rabbitmq_url.get_secret_value(), settings.rabbitmq_exchange))
    if settings.redis_url:
        from serai.runtime.transports.redis import Redis  # noqa: PLC0415

        found.append(Redis(settings.redis_url.get_secret_value()))
    if settings.nats_url:
        from serai.runtime.transports.nats import Nats  # noqa: PLC0415

        found.append(Nats(settings.nats_url.get_secret_value(), settings.nats_stream, settings.event_type_prefix))
    return tuple(found)


def listeners(settings: Settings) -> dict[Via, Listener]:
    """The ways in that the settings name; nothing is opened yet."""
    found: dict[Via, Listener] = {}
    if settings.rabbitmq_url:
        from serai.runtime.transports.rabbitmq_in import RabbitMQListener  # noqa: PLC0415

        found[Via.RABBITMQ] = RabbitMQListener(settings.rabbitmq_url.get_secret_value(), settings.rabbitmq_exchange)
    if settings.redis_url:
        from serai.runtime.transports.redis_in import RedisListener  # noqa: PLC0415

        found[Via.REDIS] = RedisListener(settings.redis_url.get_secret_value())
    return found


def build(
    app_url: str,
    relay_url: str,
    secret: str,
    *,
    clock: Clock | None = None,
    demo: bool = False,
    connections: int = 16,
    prefix: str = PREFIX,
    keep: Files | None = None,
    address: str = "http://127.0.0.1:8007",
) -> House:
    """A house on a database; nothing is opened yet. `demo` shows the interactive docs to everybody.

    Files are kept in `keep`; without it, in a folder of this process alone. `address` is where people reach the server.
    """
    clock = clock or SystemClock()
    db = Database(app_url, relay_url, size=connections)
    door = authenticator(db, clock, secret, permissions())
    keep = keep or Files(f"{tempfile.gettempdir()}/serai-{os.getpid()}")
    made = House(db, clock, catalog(prefix), door, keep, demo=demo)
    made.shelf[LINKS] = Links(secret, address)
    made.shelf[REACTIONS] = {one.name: one for one in reactions()}
    return made


def background(
    house: House,
    transports: Sequence[Transport] = (),
    listeners: Mapping[Via, Listener] | None = None,
    only: UUID | None = None,
) -> Background:
    """All background work of the house, or of one tenant alone."""
    receivers = Receivers(house, listeners or {}, only)
    beside = (receivers, Queue(house, jobs())) if only is None else (receivers,)  # the queue knows no tenants
    return Background(house, reactions=reactions(), loops=loops(), transports=transports, beside=beside, only=only)
