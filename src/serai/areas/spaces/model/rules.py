"""Which changes of room status are allowed, from whom, and why not: a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from serai.areas.spaces.model.derive import clean_enough
from serai.areas.spaces.model.place import Room
from serai.areas.spaces.model.status import (
    Condition,
    GuestService,
    Occupancy,
    Policies,
    Service,
    Source,
)
from serai.kernel.text import text, word

CLEAN, INSPECT, DESK, REPAIR = "room.clean", "room.inspect", "room.front_desk", "room.repair"


@dataclass(frozen=True, slots=True)
class Guard:
    """A reason against a change. `overridable` by a manager; one that does not bind the house lets facts
    that a neighbour tells (the guest *is* in the room) through.
    """

    reason: Callable[[Room, Policies], str | None]
    overridable: bool = True
    binds_house: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of change: the dimension, its values before (None: any) and after, sources and their permission."""

    dimension: str
    before: tuple[str, ...] | None
    after: str
    by: Mapping[Source, str]
    guards: tuple[Guard, ...] = ()


_NOT_CLEAN = {
    Condition.DIRTY: text("The room is dirty; it is cleaned first."),
    Condition.PICKUP: text("The room needs a pickup; it is cleaned first."),
    Condition.CLEANING: text("The room is still being cleaned."),
}


def _closed(room: Room, _: Policies) -> str | None:
    closed = room.service in {Service.OUT_OF_ORDER, Service.OUT_OF_INVENTORY}
    return text("The room is {state}.", state=word(room.service)) if closed else None


def _out_of_service(room: Room, policies: Policies) -> str | None:
    held = room.service is Service.OUT_OF_SERVICE and not policies.oos_assignable
    return text("The room is out of service and is not given to guests.") if held else None


def _faulty(room: Room, _: Policies) -> str | None:
    return text("The room needs a repair before a guest may have it.") if room.repair_required else None


def _not_ready(room: Room, policies: Policies) -> str | None:
    if clean_enough(room, policies):
        return None
    return text(
        "The room is not ready: {why}",
        why=_NOT_CLEAN.get(room.condition, text("It is cleaned but not inspected yet.")),
    )


def _disturbs(room: Room, _: Policies) -> str | None:
    if room.guest_service is GuestService.DO_NOT_DISTURB:
        return text("The guest asked not to be disturbed.")
    return text("The guest declined service.") if room.guest_service is GuestService.SERVICE_DECLINED else None


def _disturbs_unless_begun(room: Room, policies: Policies) -> str | None:
    return None if room.condition is Condition.CLEANING else _disturbs(room, policies)


def _not_cleaned(room: Room, _: Policies) -> str | None:
    return _NOT_CLEAN.get(room.condition)


def _no_inspections(_: Room, policies: Policies) -> str | None:
    return None if policies.inspects else text("This property does not inspect rooms; a clean room is ready.")


def _no_pickup(_: Room, policies: Policies) -> str | None:
    return None if policies.pickup else text("This property does not use the condition pickup.")


def _taken(room: Room, _: Policies) -> str | None:
    return text("There is another guest in the room; check that guest out first.") if room.stay_id else None


def _here_already(room: Room, _: Policies) -> str | None:
    return (
        text("There is a guest in the room; nobody can wait for it.") if room.occupancy is Occupancy.OCCUPIED else None
    )


_HOUSEKEEPING = {Source.HOUSEKEEPING: CLEAN, Source.SYSTEM: CLEAN}
_INSPECTION = {Source.HOUSEKEEPING: INSPECT, Source.SYSTEM: INSPECT}
_FRONT_DESK = {Source.FRONT_DESK: DESK, Source.SYSTEM: DESK}
_ANYBODY = {Source.HOUSEKEEPING: CLEAN, Source.FRONT_DESK: DESK, Source.SYSTEM: CLEAN}
_REPAIR = {Source.HOUSEKEEPING: REPAIR, Source.FRONT_DESK: REPAIR, Source.SYSTEM: REPAIR}

_CHECK_IN = (
    Guard(_closed, overridable=False, binds_house=False),
    Guard(_out_of_service, binds_house=False),
    Guard(_faulty, binds_house=False),
    Guard(_not_ready, binds_house=False),
)

RULES: tuple[Rule, ...] = (
    Rule("occupancy", ("vacant",), "occupied", _FRONT_DESK, _CHECK_IN),
    Rule("occupancy", ("occupied",), "vacant", _FRONT_DESK),
    Rule("stay", None, "taken", _FRONT_DESK, (Guard(_taken, overridable=False),)),
    Rule("condition", ("dirty", "pickup", "clean", "inspected"), "cleaning", _HOUSEKEEPING, (Guard(_disturbs),)),
    Rule("condition", ("dirty", "pickup", "cleaning"), "clean", _HOUSEKEEPING, (Guard(_disturbs_unless_begun),)),
    Rule("condition", ("inspected",), "clean", _INSPECTION),
    Rule(
        "condition",
        ("dirty", "pickup", "cleaning", "clean"),
        "inspected",
        _INSPECTION,
        (Guard(_not_cleaned), Guard(_no_inspections, overridable=False)),
    ),
    Rule("condition", ("cleaning", "pickup", "clean", "inspected"), "dirty", _ANYBODY),
    Rule(
        "condition",
        ("dirty", "cleaning", "clean", "inspected"),
        "pickup",
        _HOUSEKEEPING,
        (Guard(_no_pickup, overridable=False),),
    ),
    Rule("guest_service", None, "none", _ANYBODY),
    Rule("guest_service", None, "do_not_disturb", _ANYBODY),
    Rule("guest_service", None, "make_up_room", _ANYBODY),
    Rule("guest_service", None, "service_declined", _ANYBODY),
    Rule("repair", None, "raised", _REPAIR),
    Rule("repair", None, "cleared", _REPAIR),
    Rule("queue", None, "waiting", _FRONT_DESK, (Guard(_here_already, overridable=False),)),
    Rule("queue", None, "nobody", _FRONT_DESK),
)


def rule_for(dimension: str, before: str, after: str) -> Rule:
    """The one rule of a change; each pair of different values has one."""
    return next(
        one
        for one in RULES
        if one.dimension == dimension and one.after == after and (one.before is None or before in one.before)
    )
