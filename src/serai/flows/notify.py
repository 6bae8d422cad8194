"""Who is told of what: the assignee, who watches, who of a role is on shift."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.access.identity import service as identity
from serai.access.tenancy.service import get_property
from serai.areas.housekeeping import events as tasks
from serai.areas.notifications import service as notifications
from serai.areas.notifications.model import Tell, Topic
from serai.areas.parts import events as parts
from serai.areas.sla import service as sla
from serai.areas.spaces import service as spaces
from serai.areas.staffing import service as staffing
from serai.areas.vendors import events as vendors
from serai.areas.work_orders import events as orders
from serai.areas.work_orders import service as work_orders
from serai.areas.work_orders.model import OrderState
from serai.kernel.clock import business_date
from serai.kernel.errors import NotFound
from serai.kernel.event import EventType
from serai.kernel.ids import decode
from serai.runtime.events.catalog import Incoming
from serai.runtime.slice import Reaction
from serai.runtime.work import Work

SUPERVISOR, MANAGER, DESK = "maintenance_supervisor", "venue_admin", "front_desk"
HOUSEKEEPING: Final = "housekeeping_supervisor"
_GRAVE: Final = frozenset({"high", "critical"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Facts, and who is told of them: `own` the assignee, who watches, or people of roles."""

    topic: Topic
    on: tuple[EventType, ...]
    own: bool = False
    watchers: bool = False
    roles: Callable[[Any], tuple[str, ...]] = lambda _: ()
    when: Callable[[Any], bool] = lambda _: True


def _supervisors(_: Any) -> tuple[str, ...]:
    return (SUPERVISOR,)


def _higher(order: Any) -> tuple[str, ...]:
    if order["escalated_to"]:
        return (order["escalated_to"],)
    return (SUPERVISOR,) if order["escalation_level"] <= 1 else (SUPERVISOR, MANAGER)


def _grave(order: Any) -> bool:
    return order["severity"] in _GRAVE or order["safety_concern"]


RULES: Final = (
    Rule(Topic.ORDER_REPORTED, (orders.CREATED,), roles=_supervisors, when=_grave),
    Rule(Topic.ORDER_WARNING, (orders.SLA_WARNING,), own=True, roles=_supervisors),
    Rule(Topic.ORDER_BREACHED, (orders.SLA_BREACHED,), own=True, roles=_supervisors),
    Rule(Topic.ORDER_ESCALATED, (orders.ESCALATED,), roles=_higher),
    Rule(Topic.ORDER_RESOLVED, (orders.RESOLVED,), watchers=True, roles=_supervisors),
    Rule(Topic.ORDER_REOPENED, (orders.REOPENED,), own=True, watchers=True),
    Rule(Topic.ORDER_CHANGED, (orders.BLOCKED, orders.VERIFIED, orders.CANCELLED), watchers=True),
    Rule(Topic.RELOCATION, (orders.RELOCATION_REQUIRED,), roles=lambda _: (DESK,)),
)


def urgent(order: Any) -> bool:
    """Whether a word about an order passes quiet hours: somebody may come to harm, or it is critical."""
    return bool(order["safety_concern"]) or order["severity"] == "critical"


def of_order(rule: Rule) -> Reaction:
    """Tells of a work order."""

    async def act(work: Work, fact: Incoming) -> None:
        order = fact.data
        if not rule.when(order):
            return
        people = [order["assignee_id"]] if rule.own and order["assignee_id"] else []
        people += order["watchers"] if rule.watchers else []
        place = decode("prp", order["property_id"])
        told = {decode("stf", one) for one in people} | await _of_roles(work, place, rule.roles(order))
        await _tell(work, told, Tell(place, rule.topic, _words(order), order["id"], urgent(order)))

    return Reaction(f"tell.{rule.topic.value}", rule.on, act)


async def order_given(work: Work, fact: Incoming) -> None:
    """The assignee hears of it, unless the work has begun already: who takes an order knows."""
    order = fact.data
    now = await work_orders.lock(work, fact.subject)
    given = order["assignee_id"] and decode("stf", order["assignee_id"])
    if given and now.assignee_id == given and now.state is OrderState.ASSIGNED:
        place = decode("prp", order["property_id"])
        await _tell(work, {given}, Tell(place, Topic.ORDER_ASSIGNED, _words(order), order["id"], urgent(order)))


async def breaches_mount(work: Work, fact: Incoming) -> None:
    """So many promises were broken on this business date that the manager is told, once."""
    place = decode("prp", fact.data["property_id"])
    hotel = await get_property(work.tx, work.tenant_id, place)
    day = business_date(fact.at, ZoneInfo(hotel.zone), hotel.rollover)
    many = await sla.count_broken(work, place, day)
    if many == hotel.policies.breaches_told:
        words = {"number": str(many), "date": day.isoformat(), "title": fact.data["title"]}
        told = await _of_roles(work, place, (MANAGER,))
        await _tell(work, told, Tell(place, Topic.BREACHES_MOUNT, words, fact.data["id"]))


async def part_low(work: Work, fact: Incoming) -> None:
    """There is too little of a part."""
    part = fact.data
    place = decode("prp", part["property_id"])
    words = {"title": part["name"], "number": part["part_number"], "reason": f"{part['available']} {part['unit']}"}
    await _tell(work, await _of_roles(work, place, (SUPERVISOR,)), Tell(place, Topic.PART_LOW, words, part["id"]))


async def vendor_declined(work: Work, fact: Incoming) -> None:
    """A vendor does not come: somebody else must be found."""
    given = fact.data
    if given["state"] != "declined":
        return
    place = decode("prp", given["property_id"])
    words = _known({
        "name": given["vendor_name"], "number": str(given["order_number"]), "title": given["title"],
        "place": given["room_number"],
    })  # fmt: skip
    told = await _of_roles(work, place, (SUPERVISOR,))
    await _tell(work, told, Tell(place, Topic.VENDOR_DECLINED, words, given["order_id"]))


async def help_asked(work: Work, fact: Incoming) -> None:
    """Somebody needs help with a task: who and where, and what for if that was said."""
    task = fact.data
    place = decode("prp", task["property_id"])
    where = task["room_number"] or await _place(work, task)
    words = {"place": where, "reason": ": ".join(filter(None, (fact.actor, task["help_note"])))}
    told = await _of_roles(work, place, (HOUSEKEEPING,))
    await _tell(work, told, Tell(place, Topic.TASK_HELP, words, task["id"], urgent=True))


async def _place(work: Work, task: Any) -> str:
    """Where a task is that is in no room; of one that is nowhere, what it is."""
    if task["space_id"] is None:
        return task["type"].replace("_", " ")
    return (await spaces.any_of(work.tx, work.tenant_id, decode("spc", task["space_id"]))).name


async def _of_roles(work: Work, place: UUID, roles: Iterable[str]) -> set[UUID]:
    """Who has one of the roles; where a roster is kept, who wants it so is told only on shift."""
    people = {one.id for role in roles for one in await identity.list_staff(work.tx, work.tenant_id, place, role)}
    if not people or not await staffing.keeps_roster(work.tx, work.tenant_id, place, work.now):
        return people
    there = {one.staff_id for one in await staffing.on_shift(work.tx, work.tenant_id, place, work.now)} & people
    away = await notifications.on_shift_only(work.tx, work.tenant_id, list(people)) - there
    return people - away if there else people


async def _tell(work: Work, people: set[UUID], cmd: Tell) -> None:
    here: list[UUID] = []
    for one in sorted(people):
        try:
            await identity.get_worker(work.tx, work.tenant_id, one, cmd.property_id)
        except NotFound:
            continue  # let go since
        here.append(one)
    await notifications.tell(work, here, cmd)


def _words(order: Any) -> dict[str, str]:
    return _known({
        "number": str(order["number"]), "title": order["title"], "severity": order["severity"],
        "state": order["state"].replace("_", " "), "place": order["room_number"], "reason": order["reason"],
    })  # fmt: skip


def _known(words: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in words.items() if value}


REACTIONS = (
    *(of_order(rule) for rule in RULES),
    Reaction("tell.order_assigned", (orders.ASSIGNED,), order_given),
    Reaction("tell.breaches_mount", (orders.SLA_BREACHED,), breaches_mount),
    Reaction("tell.part_low", (parts.LOW_STOCK,), part_low),
    Reaction("tell.vendor_declined", (vendors.ACKNOWLEDGED,), vendor_declined),
    Reaction("tell.task_help", (tasks.HELP_ASKED,), help_asked),
)
