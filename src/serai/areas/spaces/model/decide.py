"""Decisions: spaces made, edited, archived; the status of a room changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from serai.areas.spaces.events import ROOM_READY, ROOM_STATUS_CHANGED, SPACE_CREATED, SPACE_UPDATED
from serai.areas.spaces.model.derive import public, ready, room_status
from serai.areas.spaces.model.named import spelled_out
from serai.areas.spaces.model.place import INSIDE, Draft, Kind, Room, Space
from serai.areas.spaces.model.rules import Rule, rule_for
from serai.areas.spaces.model.status import (
    Condition,
    GuestService,
    Occupancy,
    Policies,
    Service,
    Source,
    StatusChange,
    StatusRefused,
)
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.clock import as_told
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid, Stale
from serai.kernel.event import Event, changes
from serai.kernel.text import text, word

Place = TypeVar("Place", Space, Room)
LATE = timedelta(hours=24)
"""How far back work done offline may be reported."""
_SAID_BY = {
    Source.HOUSEKEEPING: text("housekeeping"),
    Source.FRONT_DESK: text("the front desk"),
    Source.SYSTEM: text("the house"),
    Source.MANAGER_OVERRIDE: text("a manager"),
}
_ROOM_ONLY = ("number", "room_type", "floor", "section", "credits")


def create(
    new_id: UUID, tenant_id: UUID, property_id: UUID, draft: Draft, above: Sequence[Space], policies: Policies
) -> Decision[Space]:
    """Make a space under `above` (nearest first).

    A new room is vacant, dirty and in service; its labels come from the parent where they are not given.
    """
    _lies_well(new_id, draft.kind, above)
    shared: dict[str, Any] = {
        "id": new_id,
        "tenant_id": tenant_id,
        "property_id": property_id,
        "kind": draft.kind,
        "parent_id": draft.parent_id,
        "external_code": draft.external_code,
        "capacity": draft.capacity,
        "archived_at": None,
        "version": 1,
    }
    space = _new_room(draft, above, shared) if draft.kind is Kind.ROOM else _new_place(draft, shared)
    event = Event(SPACE_CREATED, property_id, new_id, 1, public(space, policies), changes(None, space))
    return Decision(space, (event,))


def _new_place(draft: Draft, shared: Mapping[str, Any]) -> Space:
    if not draft.name:
        raise Invalid(faults=[Fault("/name", "a name is needed")])
    return Space(**shared, name=draft.name)


def _new_room(draft: Draft, above: Sequence[Space], shared: Mapping[str, Any]) -> Room:
    if not draft.number or not draft.room_type:
        raise Invalid(faults=[Fault("/number", "a room needs a number and a room type")])
    labels = {one.kind: one.name for one in reversed(above)}
    return Room(
        **shared,
        name=draft.name or draft.number,
        number=draft.number,
        room_type=draft.room_type,
        floor=draft.floor or labels.get(Kind.FLOOR),
        section=draft.section or labels.get(Kind.SECTION),
        credits=dict(draft.credits),
        occupancy=Occupancy.VACANT,
        condition=Condition.DIRTY,
        service=Service.IN_SERVICE,
        guest_service=GuestService.NONE,
        repair_required=0,
        stay_id=None,
        queue=False,
        cleaned_at=None,
        inspected_at=None,
        status_changed_at=None,
    )


def _lies_well(space_id: UUID, kind: Kind, above: Sequence[Space]) -> None:
    parent = above[0] if above else None
    if (parent.kind if parent else None) not in INSIDE[kind]:
        wrong = (
            text("a {kind} cannot lie in a {parent}", kind=word(kind), parent=word(parent.kind))
            if parent
            else text("a {kind} lies in something", kind=word(kind))
        )
        raise Invalid(faults=[Fault("/parent_id", wrong)])
    if parent and parent.archived_at:
        raise Invalid(faults=[Fault("/parent_id", "the parent is archived")])
    rooms = [one for one in above if one.kind is Kind.ROOM]
    if len(rooms) > 1 or any(one.id == space_id for one in rooms):
        raise Invalid(faults=[Fault("/parent_id", "the rooms of a suite lie in it directly, and not in themselves")])


def edit(
    space: Place, given: Mapping[str, Any], above: Sequence[Space], policies: Policies, version: int | None
) -> Decision[Place]:
    """Change the described fields of a space; `given` holds only what was sent, null clears it."""
    if version is not None and version != space.version:
        raise Stale
    _still_there(space)
    known = draft_of(space)
    strange = [name for name in given if name not in known]
    empty = [name for name in ("name", "number", "room_type", "credits") if name in given and given[name] is None]
    faults = [Fault(f"/{name}", text("a {kind} has none", kind=word(space.kind))) for name in strange]
    faults += [Fault(f"/{name}", "cannot be empty") for name in empty]
    if faults:
        raise Invalid(faults=faults)
    if given.get("parent_id") != space.parent_id and "parent_id" in given:
        _lies_well(space.id, space.kind, above)
    return _updated(space, replace(space, **given), policies)


def archive(space: Place, inside: int, policies: Policies, version: int | None, now: datetime) -> Decision[Place]:
    """Take a space out of use; its history stays. Refused while something lies in it or a guest is there."""
    if version is not None and version != space.version:
        raise Stale
    if space.archived_at:
        return Decision(space)
    if inside:
        raise Conflict(text("{count} other spaces lie in it; move or archive them first.", count=inside))
    if isinstance(space, Room) and space.occupancy is Occupancy.OCCUPIED:
        raise Conflict("There is a guest in the room.")
    return _updated(space, replace(space, archived_at=now), policies)


def _still_there(space: Space) -> None:
    if space.archived_at:
        raise Conflict("It is archived.")


def _updated(before: Place, after: Place, policies: Policies) -> Decision[Place]:
    changed = changes(before, after)
    if not changed:
        return Decision(before)
    after = replace(after, version=before.version + 1)
    event = Event(SPACE_UPDATED, after.property_id, after.id, after.version, public(after, policies), changed)
    return Decision(after, (event,))


def draft_of(space: Space) -> dict[str, Any]:
    """The editable fields of a space, as they are."""
    names = ("name", "parent_id", "external_code", "capacity", *(_ROOM_ONLY if isinstance(space, Room) else ()))
    return {name: getattr(space, name) for name in names}


def change_status(room: Room, cmd: StatusChange, policies: Policies, actor: Actor, now: datetime) -> Decision[Room]:
    """Change the status of a room as the rules allow; what already holds is a success that changes nothing.

    Refused: what the caller did not expect (`expected_status`, `version`), what the rules give to another
    source or permission, and what a guard speaks against. A manager sets overridable guards and the
    division of sources aside, with a reason. A guest who leaves leaves the room dirty.
    """
    _still_there(room)
    _as_expected(room, cmd, policies)
    cmd = spelled_out(cmd, room, policies)
    after = _target(room, cmd)
    if after == room:
        return Decision(room)
    if cmd.overrides:
        actor.need("room.override", room.property_id)
        if not cmd.reason:
            raise Invalid("Say why the rules are set aside.", faults=[Fault("/reason", "needed for an override")])
    for rule in _asked(room, cmd):
        _permit(rule, room, cmd, policies, actor)
    return _decided(room, _stamped(room, after, _moment(room, cmd, now)), policies)


def change_service(
    room: Room, service: Service, condition: Condition | None, policies: Policies, now: datetime
) -> Decision[Room]:
    """What the room's windows amount to by now; `condition` is how it comes back. No source may set it by hand."""
    after = replace(room, service=service, condition=condition or room.condition)
    return Decision(room) if after == room else _decided(room, _stamped(room, after, now), policies)


def _as_expected(room: Room, cmd: StatusChange, policies: Policies) -> None:
    if cmd.version is not None and cmd.version != room.version:
        raise Stale
    status = room_status(room, policies)
    if cmd.expected_status is not None and cmd.expected_status != status:
        raise StatusRefused(
            text(
                "The room is {status} by now, not {expected}.", status=word(status), expected=word(cmd.expected_status)
            ),
            room_status=status.value,
        )


def _target(room: Room, cmd: StatusChange) -> Room:
    occupancy = cmd.occupancy or room.occupancy
    turned = occupancy is not room.occupancy
    vacant = occupancy is Occupancy.VACANT
    condition = cmd.condition or (Condition.DIRTY if turned and vacant else room.condition)
    queue = cmd.queue if cmd.queue is not None else room.queue and not turned
    return replace(
        room,
        occupancy=occupancy,
        condition=condition,
        guest_service=cmd.guest_service or (GuestService.NONE if turned else room.guest_service),
        repair_required=max(0, room.repair_required + cmd.repair),
        stay_id=None if vacant else cmd.stay_id or room.stay_id,
        queue=queue,
    )


def _asked(room: Room, cmd: StatusChange) -> Iterator[Rule]:
    """The rules of what was asked for and differs; what merely follows needs none."""
    if cmd.occupancy and cmd.occupancy is not room.occupancy:
        yield rule_for("occupancy", room.occupancy, cmd.occupancy)
    if cmd.stay_id and cmd.occupancy is not Occupancy.VACANT and cmd.stay_id != room.stay_id:
        yield rule_for("stay", "", "taken")
    if cmd.condition and cmd.condition is not room.condition:
        yield rule_for("condition", room.condition, cmd.condition)
    if cmd.guest_service and cmd.guest_service is not room.guest_service:
        yield rule_for("guest_service", room.guest_service, cmd.guest_service)
    if cmd.repair:
        yield rule_for("repair", "", "raised" if cmd.repair > 0 else "cleared")
    if cmd.queue is not None and cmd.queue is not room.queue:
        yield rule_for("queue", "", "waiting" if cmd.queue else "nobody")


def _permit(rule: Rule, room: Room, cmd: StatusChange, policies: Policies, actor: Actor) -> None:
    if not cmd.overrides:
        if cmd.source not in rule.by:
            raise StatusRefused(
                text(
                    "Only {others} may set {what} to {value}, not {who}.",
                    others=[_SAID_BY[one] for one in rule.by],
                    what=word(rule.dimension),
                    value=word(rule.after),
                    who=_SAID_BY[cmd.source],
                ),
                overridable=True,
            )
        actor.need(rule.by[cmd.source], room.property_id)
    house = actor.kind is ActorKind.SYSTEM
    for guard in rule.guards:
        if (cmd.overrides and guard.overridable) or (house and not guard.binds_house):
            continue
        if reason := guard.reason(room, policies):
            status = room_status(room, policies).value
            raise StatusRefused(reason, room_status=status, overridable=guard.overridable)


def _moment(room: Room, cmd: StatusChange, now: datetime) -> datetime:
    if cmd.occurred_at is None:
        return now
    at = as_told(cmd.occurred_at, room.status_changed_at, now)
    if not now - LATE <= at <= now:
        raise Invalid(faults=[Fault("/occurred_at", "within the last 24 hours")])
    if room.status_changed_at and at < room.status_changed_at:
        raise Invalid(faults=[Fault("/occurred_at", "not before the last change of the room's status")])
    return at


def _stamped(before: Room, after: Room, at: datetime) -> Room:
    done = {Condition.CLEAN, Condition.INSPECTED}
    turned = after.condition is not before.condition
    return replace(
        after,
        status_changed_at=at,
        cleaned_at=at if after.condition in done and before.condition not in done else before.cleaned_at,
        inspected_at=at if turned and after.condition is Condition.INSPECTED else before.inspected_at,
    )


def _decided(before: Room, after: Room, policies: Policies) -> Decision[Room]:
    told = [ROOM_STATUS_CHANGED]
    if ready(after, policies) and not ready(before, policies):
        told.append(ROOM_READY)
    after = replace(after, version=before.version + len(told))
    data, changed = public(after, policies), changes(before, after)
    first = Event(told[0], after.property_id, after.id, before.version + 1, data, changed)
    rest = [Event(one, after.property_id, after.id, after.version, data) for one in told[1:]]
    return Decision(after, (first, *rest))
