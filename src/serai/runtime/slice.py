"""What a slice hands to the house: an explicit list, read by the assembly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from serai.kernel.event import EventType
from serai.kernel.machine import Machine
from serai.runtime.events.catalog import Incoming
from serai.runtime.work import House, Work


@dataclass(frozen=True, slots=True)
class Permission:
    """One right and the roles that have it by default; admins of a scope have all of them."""

    name: str
    summary: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """Work that falls due: rows of `table` whose `due` moment has come are claimed and handed to `act`.

    The table has `id`, `property_id` and the nullable instant `due`, all readable by serai_relay;
    `act` must clear or move `due` of each row.
    """

    name: str
    table: str
    due: str
    act: Callable[[Work, list[UUID]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is tried again, after longer and longer pauses, and held for a person after the last attempt.

    `act` gets the tenant and the id that the job is about. It may be called again after it was done: its effect is one.
    """

    name: str
    act: Callable[[House, UUID, UUID], Awaitable[None]]
    attempts: int
    first_pause: timedelta
    longest_pause: timedelta


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the house does after a fact, exactly once, in a transaction of its own.

    With `changed` only facts in which that field changed count.
    """

    name: str
    on: tuple[EventType, ...]
    act: Callable[[Work, Incoming], Awaitable[None]]
    changed: str | None = None

    @property
    def types(self) -> list[str]:
        """The names of the facts it follows."""
        return [one.name for one in self.on]


@dataclass(frozen=True, slots=True)
class Slice:
    """An area, the access or a view, as the house sees it.

    Tables are named, not imported: no process that serves needs their declarations.
    """

    name: str
    summary: str
    routers: tuple[APIRouter, ...] = ()
    events: tuple[EventType, ...] = ()
    machines: tuple[Machine, ...] = ()
    permissions: tuple[Permission, ...] = ()
    tables: tuple[str, ...] = ()
    loops: tuple[Loop, ...] = ()
    jobs: tuple[Job, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    consumes: tuple[Any, ...] = ()
