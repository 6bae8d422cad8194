"""What is promised of work orders: told once, by the clock, and explained."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from serai.access.tenancy.service import ChangeProperty, change_property
from serai.areas.work_orders import service
from serai.areas.work_orders.model import CreateOrder, WorkOrder
from serai.areas.work_orders.service import Wanted
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.http import ListQuery
from serai.runtime.jobs.background import Background
from serai.runtime.work import Work
from tests.areas.housekeeping.people import Caller, journal
from tests.conftest import START, Hotel, SignIn, make_hotel

pytestmark = pytest.mark.integration
URL, CONFIG = "/maintenance/work-orders", "/sla/config"
WARNING, BREACHED = "maintenance.work_order.sla_warning.v1", "maintenance.work_order.sla_breached.v1"


async def opened(who: Caller, hotel: Hotel, **more: Any) -> str:
    """The path of a new order."""
    body = {"property_id": encode("prp", hotel.property_id), "title": "No water", **more}
    return f"{URL}/{(await who.post(URL, body, 201))['id']}"


async def pass_by(clock: ManualClock, background: Background, **later: float) -> datetime:
    """Time goes on, and the house with it."""
    clock.set(clock.now() + timedelta(**later))
    await background.settle()
    return clock.now()


async def one(hotel: Hotel) -> WorkOrder:
    """The hotel's newest order; sessions end while a test's hours go by."""
    actor = system(hotel.tenant_id, "test")
    found = await hotel.do(lambda work: service.find(work.tx, actor, Wanted(), ListQuery(sort="-reported_at")))
    [(_, newest)] = await hotel.do(lambda work: service.load(work.tx, hotel.tenant_id, found.items[:1]))
    return newest


async def test_without_any_promise_somebody_has_it_in_two_hours_or_half_an_hour(
    hotel: Hotel, ana: Caller, chief: Caller, clock: ManualClock, background: Background
) -> None:
    begun = clock.now()
    url = await opened(ana, hotel)
    plain = await chief.get(url)
    assert (plain["respond_due_at"], plain["resolve_due_at"], plain["sla_policy_id"]) == (
        (begun + timedelta(minutes=120)).isoformat(), None, None,
    )  # fmt: skip
    bad = await chief.post(f"{url}/triage", {"severity": "critical"})
    assert bad["respond_due_at"] == (begun + timedelta(minutes=30)).isoformat()
    assert (await pass_by(clock, background, minutes=23)) is not None
    assert await journal(hotel, WARNING) == []
    warned = await pass_by(clock, background, minutes=1)
    [told] = await journal(hotel, WARNING)
    assert (told["respond_warned_at"], told["respond_breached_at"]) == (warned.isoformat(), None)
    await pass_by(clock, background, minutes=6)
    await pass_by(clock, background, minutes=60)
    assert len(await journal(hotel, WARNING)) == len(await journal(hotel, BREACHED)) == 1
    broken = await one(hotel)
    assert (broken.respond_breached_at, broken.sla_at) == (begun + timedelta(minutes=30), None)


async def test_who_has_it_in_time_hears_nothing(
    hotel: Hotel, ana: Caller, tom: Caller, clock: ManualClock, background: Background
) -> None:
    url = await opened(ana, hotel)
    await tom.post(f"{url}/start")
    assert (await one(hotel)).responded_at == clock.now()
    await pass_by(clock, background, days=3)
    assert await journal(hotel, WARNING) == await journal(hotel, BREACHED) == []


async def test_a_house_that_slept_tells_warning_and_breach_in_order_once(
    hotel: Hotel, ana: Caller, clock: ManualClock, background: Background
) -> None:
    await opened(ana, hotel)
    await pass_by(clock, background, days=1)
    await pass_by(clock, background, days=1)
    order = await one(hotel)
    assert order.version == 3
    assert len(await journal(hotel, WARNING)) == len(await journal(hotel, BREACHED)) == 1


async def test_the_most_particular_promise_holds_and_live_orders_are_timed_anew(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, clock: ManualClock, background: Background
) -> None:
    begun, place = clock.now(), encode("prp", hotel.property_id)
    url = await opened(ana, hotel, category="plumbing", severity="high")
    await opened(ana, hotel, category="it")
    broad = await chief.post(CONFIG, {"property_id": place, "resolve_minutes": 600}, 201)
    await background.settle()
    assert (await chief.get(url))["resolve_due_at"] == (begun + timedelta(minutes=600)).isoformat()
    narrow = {
        "property_id": place,
        "category": "plumbing",
        "severity": "high",
        "resolve_minutes": 240,
        "respond_minutes": 20,
    }
    made = await chief.post(CONFIG, narrow, 201)
    await background.settle()
    order = await chief.get(url)
    assert (order["sla_policy_id"], order["resolve_due_at"]) == (
        made["id"],
        (begun + timedelta(minutes=240)).isoformat(),
    )
    assert order["respond_due_at"] == (begun + timedelta(minutes=20)).isoformat()
    other = (await chief.get(f"{URL}?category=it"))["items"][0]
    assert other["sla_policy_id"] == broad["id"]
    again = await chief.ask("POST", CONFIG, narrow, 409)
    assert again["constraint"] == "sla_policy_one"

    changed = await chief.ask("PATCH", f"{CONFIG}/{made['id']}", {"resolve_minutes": 300, "version": 1})
    assert changed["version"] == 2
    await chief.ask("PATCH", f"{CONFIG}/{made['id']}", {"resolve_minutes": 300, "version": 1}, 412)
    await background.settle()
    assert (await chief.get(url))["resolve_due_at"] == (begun + timedelta(minutes=300)).isoformat()
    await chief.ask("PATCH", f"{CONFIG}/{made['id']}", {"active": False, "version": 2})
    await background.settle()
    assert (await chief.get(url))["sla_policy_id"] == broad["id"]
    listed = await tom.get(f"{CONFIG}?count=true")
    assert ([one["id"] for one in listed["items"]], listed["total"]) == ([broad["id"]], 1)


async def test_while_it_waits_the_clock_stands_and_every_line_is_told(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, clock: ManualClock
) -> None:
    begun = clock.now()
    await chief.post(CONFIG, {"property_id": encode("prp", hotel.property_id), "resolve_minutes": 60}, 201)
    url = await opened(ana, hotel)
    await tom.post(f"{url}/start")
    clock.set(begun + timedelta(minutes=4))
    waits = await tom.post(f"{url}/block", {"reason": "A part"})
    assert waits["resolve_due_at"] is None
    told = (await tom.get(f"{url}/sla"))["resolve"]
    assert (told["standing"], told["due_at"]) == ("stands", None)
    assert [(line["minutes"], line["why"]) for line in told["lines"]] == [(4, None)]
    clock.set(begun + timedelta(minutes=6))
    on = await tom.post(f"{url}/unblock")
    assert on["resolve_due_at"] == (begun + timedelta(minutes=62)).isoformat()
    told = await tom.get(f"{url}/sla")
    assert [(line["minutes"], line["why"], line["counts"]) for line in told["resolve"]["lines"]] == [
        (4, None, True), (2, "blocked", False), (56, None, True),
    ]  # fmt: skip
    assert (told["zone"], told["respond"]["minutes"], told["respond"]["standing"]) == ("Asia/Kabul", None, "none")
    await tom.post(f"{url}/resolve", {"remedy": "Mended"})
    assert (await tom.get(f"{url}/sla"))["resolve"]["standing"] == "kept"
    clock.set(begun + timedelta(minutes=9))
    again = await chief.post(f"{url}/reopen", {"reason": "It drips"})
    assert again["resolve_due_at"] == (begun + timedelta(minutes=65)).isoformat(), "while it was held to be mended"
    assert (await tom.get(url.replace("/maintenance", "") + "/sla"))["resolve"]["standing"] == "running"


async def test_a_promise_may_run_on_through_waits_and_stand_outside_its_hours(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, clock: ManualClock
) -> None:
    begun = clock.now()  # Monday 12:30 in Kabul
    hours = [{"days": [1, 2, 3, 4, 5], "begins": "08:00", "ends": "13:00"}]
    body = {"property_id": encode("prp", hotel.property_id), "resolve_minutes": 60, "hours": hours, "pauses": False}
    await chief.post(CONFIG, body, 201)
    url = await opened(ana, hotel)
    await tom.post(f"{url}/start")
    waits = await tom.post(f"{url}/block", {"reason": "A part"})
    assert waits["resolve_due_at"] == (begun + timedelta(hours=20)).isoformat(), "08:30 on Tuesday"
    lines = (await tom.get(f"{url}/sla"))["resolve"]["lines"]
    assert [(line["minutes"], line["why"]) for line in lines] == [(30, None), (19 * 60, "hours"), (30, None)]


async def test_broken_promises_are_listed_and_counted(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, clock: ManualClock, background: Background,
    client: httpx.AsyncClient, sign: SignIn,
) -> None:  # fmt: skip
    begun = clock.now()
    first = await opened(ana, hotel, category="plumbing")
    await opened(ana, hotel, category="plumbing")
    await tom.post(f"{first}/start")
    await tom.post(f"{first}/resolve", {"remedy": "Mended"})
    await pass_by(clock, background, hours=3)
    boss = Caller(client, await sign("maintenance_supervisor"))
    [broken] = (await boss.get("/sla/violations"))["items"]
    assert broken["respond_breached_at"] is not None
    await opened(boss, hotel, category="plumbing")
    clock.set(clock.now() + timedelta(minutes=1))
    span = f"from={begun:%Y-%m-%dT%H:%M:%SZ}&to={clock.now():%Y-%m-%dT%H:%M:%SZ}"
    [row] = (await boss.get(f"/sla/performance?{span}&property_id={encode('prp', hotel.property_id)}"))["items"]
    assert (row["category"], row["orders"], row["respond_promised"], row["respond_breached"]) == ("plumbing", 3, 3, 1)
    assert (row["respond_kept"], row["resolve_kept"]) == (1, 0), "the third still runs"
    assert (row["respond_minutes"], row["resolve_minutes"], row["resolve_promised"]) == (0, 0, 0)
    other = await make_hotel(hotel.house, "other")
    far = Caller(client, await sign("maintenance_supervisor", at=other))
    assert (await far.get("/sla/violations"))["items"] == (await far.get(f"/sla/performance?{span}"))["items"] == []


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({}, "/respond_minutes"),
        ({"respond_minutes": 0}, "/respond_minutes"),
        ({"respond_minutes": 5, "hours": [{"days": [1], "begins": "09:00", "ends": "08:00"}]}, "/hours/0"),
        ({"respond_minutes": 5, "hours": [{"days": [8], "begins": "08:00", "ends": "09:00"}]}, "/hours/0/days/0"),
        ({"respond_minutes": 5, "warn_percent": 100}, "/warn_percent"),
    ],
)
async def test_what_cannot_be_promised_is_refused(
    hotel: Hotel, chief: Caller, said: dict[str, Any], pointer: str
) -> None:
    refused = await chief.ask("POST", CONFIG, {"property_id": encode("prp", hotel.property_id), **said}, 422)
    assert refused["errors"][0]["pointer"] == pointer


async def test_for_all_hotels_promises_who_works_in_all_of_them(
    hotel: Hotel, chief: Caller, client: httpx.AsyncClient, sign: SignIn
) -> None:
    await chief.ask("POST", CONFIG, {"respond_minutes": 5}, 403)
    everywhere = Caller(client, await sign("maintenance_supervisor", everywhere=True))
    made = await everywhere.post(CONFIG, {"respond_minutes": 5}, 201)
    assert [(one["id"], one["allowed_actions"]) for one in (await chief.get(CONFIG))["items"]] == [(made["id"], [])]
    await chief.ask("PATCH", f"{CONFIG}/{made['id']}", {"respond_minutes": 6, "version": 1}, 403)
    refused = await everywhere.ask("PATCH", f"{CONFIG}/{made['id']}", {"hours": None, "version": 1}, 422)
    assert refused["errors"][0]["pointer"] == "/hours"


async def test_a_hotel_that_keeps_another_time_has_its_orders_timed_anew(
    hotel: Hotel, ana: Caller, background: Background
) -> None:
    await opened(ana, hotel)
    before = await one(hotel)
    cmd = ChangeProperty(1, {"zone": "Europe/Lisbon"})
    await hotel.do(lambda work: change_property(work, hotel.property_id, cmd))
    await background.settle()
    after = await one(hotel)
    assert (before.terms.zone, after.terms.zone) == ("Asia/Kabul", "Europe/Lisbon")
    assert after.respond_due_at == before.respond_due_at


async def test_a_broken_promise_is_escalated_step_by_step_once_each(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, clock: ManualClock, background: Background
) -> None:
    steps = [
        {"target": "respond", "after_minutes": 10, "tells": "venue_admin", "reassigns": True},
        {"target": "respond", "after_minutes": 20, "raises": True},
    ]
    place = encode("prp", hotel.property_id)
    await chief.post(CONFIG, {"property_id": place, "respond_minutes": 30, "steps": steps[:1] * 2}, 422)
    made = await chief.post(CONFIG, {"property_id": place, "respond_minutes": 30, "steps": steps[1:]}, 201)
    await opened(ana, hotel)
    await pass_by(clock, background, minutes=1)
    await chief.ask("PATCH", f"{CONFIG}/{made['id']}", {"steps": steps, "version": 1})
    await background.settle()
    await pass_by(clock, background, minutes=38)
    assert (await one(hotel)).escalation_level == 0
    await pass_by(clock, background, minutes=1)
    first = await one(hotel)
    assert (first.escalated, first.escalated_to, first.escalation_level) == (("respond+10",), "venue_admin", 1)
    assert (encode("stf", first.assignee_id) if first.assignee_id else None) == tom.id, "given to who fits"
    await pass_by(clock, background, minutes=60)
    later = await one(hotel)
    assert (later.escalated, later.severity) == (("respond+10",), first.severity), "somebody has it by now"
    assert len(await journal(hotel, "maintenance.work_order.escalated.v1")) == 1


async def test_what_nobody_takes_gets_worse(
    hotel: Hotel, ana: Caller, chief: Caller, clock: ManualClock, background: Background
) -> None:
    steps = [{"target": "respond", "after_minutes": 20, "raises": True}]
    await chief.post(
        CONFIG, {"property_id": encode("prp", hotel.property_id), "respond_minutes": 30, "steps": steps}, 201
    )
    await opened(ana, hotel, severity="low")
    await pass_by(clock, background, minutes=51)
    await pass_by(clock, background, minutes=51)
    worse = await one(hotel)
    assert (worse.severity, worse.escalation_level) == ("medium", 1)
    [told] = await journal(hotel, "maintenance.work_order.escalated.v1")
    assert (told["severity"], told["reason"]) == ("medium", "Late by 20 minutes (respond).")


async def test_many_orders_are_timed_anew_some_at_a_time_and_whose_promise_is_the_same_hear_nothing(
    hotel: Hotel, chief: Caller, background: Background
) -> None:
    place = encode("prp", hotel.property_id)
    await chief.post(CONFIG, {"property_id": place, "category": "hvac", "respond_minutes": 30}, 201)

    async def open_many(work: Work) -> None:
        for n in range(120):
            await service.create(work, CreateOrder(hotel.property_id, "It is broken", "hvac" if n % 12 == 0 else "it"))

    await hotel.do(open_many)
    await background.settle()
    made = await chief.post(CONFIG, {"property_id": place, "respond_minutes": 60}, 201)
    await background.settle()
    sql = "select category, version, terms ->> 'policy_id' as policy, terms_old, sla_at from app.work_order"
    rows = await hotel.do(lambda work: work.tx.fetch(sql))
    assert {(row["version"], row["policy"] == made["id"]) for row in rows if row["category"] == "it"} == {(2, True)}
    assert {(row["version"], row["policy"] == made["id"]) for row in rows if row["category"] == "hvac"} == {(1, False)}
    assert not any(row["terms_old"] for row in rows)
    assert {row["sla_at"] for row in rows if row["category"] == "it"} == {START + timedelta(minutes=48)}
    assert {row["sla_at"] for row in rows if row["category"] == "hvac"} == {START + timedelta(minutes=24)}
