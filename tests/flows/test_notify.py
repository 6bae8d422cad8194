"""Who is told of what, and how it gets outside: with a real gateway on loopback."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from bench.gateway import Gateway, gateway
from serai.areas.notifications.jobs import SEND
from serai.areas.notifications.service import GATEWAYS
from serai.kernel.clock import ManualClock
from serai.kernel.ids import decode, encode
from serai.runtime.gateways import Gateways
from serai.runtime.jobs.background import Background
from tests.areas.housekeeping.people import Caller, asked, rooms, spc
from tests.areas.staffing.test_roster import shift
from tests.conftest import Hotel, SignIn
from tests.queues import until, working

pytestmark = pytest.mark.integration
ORDERS = "/maintenance/work-orders"
OMAR = {"name": "Omar", "channel": "whatsapp", "phone": "+93700123456", "language": "fa-AF"}


@pytest.fixture
async def gate(hotel: Hotel) -> AsyncGenerator[Gateway]:
    """A gateway for SMS and WhatsApp, and a queue that sends."""
    async with gateway() as one:
        urls = {"sms": one.apprise("secret"), "whatsapp": one.apprise()}
        hotel.house.shelf[GATEWAYS] = Gateways(urls)
        async with working(hotel.house, SEND):
            yield one


async def opened(who: Caller, hotel: Hotel, **more: Any) -> str:
    body = {"property_id": encode("prp", hotel.property_id), "title": "No water", **more}
    return f"{ORDERS}/{(await who.post(ORDERS, body, 201))['id']}"


async def heard(who: Caller) -> list[str]:
    """What somebody was told, the oldest first."""
    return [one["topic"] for one in reversed((await who.get("/notifications"))["items"])]


async def reached(who: Caller, version: int = 0, **more: Any) -> None:
    """Somebody lets themselves be told by SMS."""
    body = {"channels": ["sms"], "phone": "+93799000111", "version": version, **more}
    await who.ask("PUT", "/me/notification-settings", body)


async def states(chief: Caller) -> list[tuple[str, str]]:
    found = (await chief.get("/notifications/deliveries"))["items"]
    return sorted((one["channel"], one["state"]) for one in found)


async def test_the_assignee_is_told_and_who_takes_it_is_not(
    hotel: Hotel, chief: Caller, tom: Caller, background: Background, clock: ManualClock
) -> None:
    url = await opened(chief, hotel)
    await chief.post(f"{url}/assign", {"assignee_id": tom.id})
    await background.settle()
    assert await heard(tom) == ["order_assigned"]
    [told] = (await tom.get("/notifications?unread=true&count=true"))["items"]
    assert (told["subject"], told["about"]) == ("No. 1 is yours", url.rpartition("/")[2])
    clock.set(clock.now() + timedelta(seconds=1))
    assert (await tom.post("/notifications/read", {}))["read"] == 1
    assert (await tom.get("/notifications?unread=true"))["items"] == []
    other = await opened(chief, hotel)
    await tom.post(f"{other}/start")
    await background.settle()
    assert await heard(tom) == ["order_assigned"], "who takes it knows"


async def test_supervisors_hear_of_what_is_grave_and_watchers_of_what_they_watch(
    hotel: Hotel, ana: Caller, chief: Caller, tom: Caller, background: Background
) -> None:
    await opened(ana, hotel)
    await background.settle()
    assert await heard(chief) == [], "a tap that drips wakes nobody"
    url = await opened(ana, hotel, severity="critical")
    await ana.post(f"{url}/watch")
    await tom.post(f"{url}/start")
    await tom.post(f"{url}/block", {"reason": "No part"})
    await background.settle()
    assert (await heard(chief), await heard(ana)) == (["order_reported"], ["order_changed"])
    await chief.post(f"{url}/escalate", {"reason": "The guest is angry"})
    await background.settle()
    assert sorted(await heard(chief)) == ["order_escalated", "order_reported"]


async def test_a_message_goes_out_by_its_channel_in_its_language(
    hotel: Hotel, chief: Caller, tom: Caller, background: Background, gate: Gateway
) -> None:
    await reached(tom, language="ps")
    url = await opened(chief, hotel)
    await chief.post(f"{url}/assign", {"assignee_id": tom.id})
    await background.settle()
    await until(lambda: gate.taken)
    [taken] = gate.taken
    assert (taken["to"], taken["title"]) == ("+93799000111", "شمېره 1 تاسو ته وسپارل شوه")
    assert "No water" in taken["message"]
    assert gate.headers["Authorization"] == "Bearer secret"

    async def out() -> bool:
        return await states(chief) == [("sms", "sent")]

    await until(out)
    [one] = (await chief.get("/notifications/deliveries?count=true&state=sent"))["items"]
    assert one["address_end"] == "0111"
    assert "+93799000111" not in str(one)


async def test_a_gateway_that_fails_is_asked_again_and_a_redirect_is_not_followed(
    hotel: Hotel, chief: Caller, tom: Caller, background: Background, gate: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.status = 307
    await reached(tom)
    url = await opened(chief, hotel)
    await chief.post(f"{url}/assign", {"assignee_id": tom.id})
    await background.settle()
    await until(lambda: gate.asked >= 1)
    assert gate.taken == []

    async def noted() -> bool:
        [one] = (await chief.get("/notifications/deliveries"))["items"]
        return one["error"] == "The gateway for sms did not take the message."

    await until(noted)
    assert gate.asked == 1, "a redirect leads nowhere"
    gate.status = 200
    await until(lambda: gate.taken, 20)
    assert len(gate.taken) == 1


async def test_what_has_no_gateway_or_is_old_is_not_sent_and_can_be_sent_again(
    hotel: Hotel, chief: Caller, tom: Caller, background: Background, clock: ManualClock, gate: Gateway
) -> None:
    hotel.house.shelf[GATEWAYS] = Gateways({})
    await reached(tom)
    url = await opened(chief, hotel)
    await chief.post(f"{url}/assign", {"assignee_id": tom.id})
    await background.settle()

    async def failed() -> bool:
        return await states(chief) == [("sms", "failed")]

    await until(failed)
    [one] = (await chief.get("/notifications/deliveries"))["items"]
    assert one["error"] == "No gateway for sms is set up."
    hotel.house.shelf[GATEWAYS] = Gateways({"sms": gate.apprise()})
    await tom.ask("POST", f"/notifications/deliveries/{one['id']}/again", None, 403)
    await chief.post(f"/notifications/deliveries/{one['id']}/again")
    await chief.ask("POST", f"/notifications/deliveries/{one['id']}/again", None, 409)
    await background.settle()
    await until(lambda: len(gate.taken) == 1)


async def test_quiet_hours_hold_what_is_not_urgent(
    hotel: Hotel, chief: Caller, tom: Caller, background: Background, clock: ManualClock, gate: Gateway
) -> None:
    await reached(tom, quiet=[{"days": [1, 2, 3, 4, 5, 6, 7], "begins": "00:00", "ends": "12:45"}])
    url = await opened(chief, hotel)
    await chief.post(f"{url}/assign", {"assignee_id": tom.id})
    await background.settle()
    assert await states(chief) == [("sms", "waiting")]
    hot = await opened(chief, hotel, severity="critical")
    await chief.post(f"{hot}/assign", {"assignee_id": tom.id})
    await background.settle()
    await until(lambda: len(gate.taken) == 1)
    [waits] = [one for one in (await chief.get("/notifications/deliveries"))["items"] if one["state"] == "waiting"]
    due = datetime.fromisoformat(waits["due_at"])
    assert due.astimezone(ZoneInfo("Asia/Kabul")).strftime("%H:%M") == "12:45"
    clock.set(due)
    await background.settle()
    await until(lambda: len(gate.taken) == 2)


async def test_what_nobody_can_be_told_is_refused(hotel: Hotel, tom: Caller, client: Any, sign: SignIn) -> None:
    first = await tom.get("/me/notification-settings")
    assert (first["channels"], first["language"], first["version"]) == ([], "en", 0)
    await tom.ask("PUT", "/me/notification-settings", {"channels": ["sms"], "version": 0}, 422)
    await tom.ask("PUT", "/me/notification-settings", {"phone": "0700", "version": 0}, 422)
    await tom.ask("PUT", "/me/notification-settings", {}, 428)
    said = await tom.ask("PUT", "/me/notification-settings", {"language": "fa-AF", "version": 0})
    assert (said["language"], said["version"]) == ("fa-AF", 1)
    await tom.ask("PUT", "/me/notification-settings", {"language": "ps", "version": 0}, 412)
    await tom.ask("GET", "/notifications/deliveries", None, 403)


async def test_a_vendor_is_told_with_a_link_that_no_log_keeps_and_answers_by_it(
    hotel: Hotel, chief: Caller, background: Background, gate: Gateway, client: Any, clock: ManualClock
) -> None:
    vendor = await chief.ask(
        "POST", "/maintenance/vendors", {**OMAR, "property_id": encode("prp", hotel.property_id)}, 201
    )
    url = await opened(chief, hotel)
    await chief.post(f"{url}/assign", {"vendor_id": vendor["id"]})
    await background.settle()
    await until(lambda: gate.taken)
    message = gate.taken[0]["message"]
    link = message.split()[-1]
    assert link.startswith("http://127.0.0.1:8007/v/")
    token = link.rpartition("/")[2]
    assert token not in str((await chief.get("/notifications/deliveries"))["items"])
    portal = f"/portal/orders/{token}"
    shown = (await client.get(portal)).json()
    assert (shown["number"], shown["title"], shown["state"]) == (1, "No water", "sent")
    at = (clock.now() + timedelta(hours=3)).isoformat()
    for _ in range(2):
        promised = await client.post(portal, json={"answer": "accept", "promised_at": at})
        assert (promised.status_code, promised.json()["state"]) == (200, "acknowledged")
    [one] = (await chief.get("/maintenance/dispatches"))["items"]
    assert (one["state"], one["via"], one["recorded_by"]) == ("acknowledged", "whatsapp", "A vendor's link")
    done = await client.post(portal, json={"answer": "done", "note": "New washer"})
    assert done.status_code == 200
    order = await chief.get(url)
    assert (order["state"], order["remedy"]) == ("resolved", "New washer")
    await chief.post(f"{url}/verify")
    assert (await client.get(portal)).status_code == 409, "it is the vendor's no more"


async def test_a_vendors_link_is_good_for_nothing_else_and_ends(
    hotel: Hotel, chief: Caller, background: Background, gate: Gateway, client: Any, clock: ManualClock
) -> None:
    vendor = await chief.post("/maintenance/vendors", {**OMAR, "property_id": encode("prp", hotel.property_id)}, 201)
    url = await opened(chief, hotel)
    await chief.post(f"{url}/assign", {"vendor_id": vendor["id"]})
    await background.settle()
    await until(lambda: gate.taken)
    token = gate.taken[0]["message"].rpartition("/")[2].strip()
    changed = f"{'A' if token[0] != 'A' else 'B'}{token[1:]}"
    for path in (f"orders/{changed}", f"places/{token}", f"reports/{token}", "orders/" + "A" * 70):
        assert (await client.get(f"/portal/{path}")).status_code == 404, path
    gone = await client.post(f"/portal/orders/{token}", json={"answer": "decline", "note": "Too far"})
    assert gone.status_code == 200
    assert (await chief.get(url))["state"] == "open"
    await background.settle()
    assert "vendor_declined" in await heard(chief)
    assert (await client.post(f"/portal/orders/{token}", json={"answer": "accept"})).status_code == 409
    clock.set(clock.now() + timedelta(days=8))
    assert (await client.get(f"/portal/orders/{token}")).status_code == 404


async def test_who_is_only_called_is_called_by_somebody(hotel: Hotel, chief: Caller, background: Background) -> None:
    body = {**OMAR, "channel": "call_only", "property_id": encode("prp", hotel.property_id)}
    vendor = await chief.post("/maintenance/vendors", body, 201)
    url = await opened(chief, hotel)
    await chief.post(f"{url}/assign", {"vendor_id": vendor["id"]})
    await background.settle()
    [told] = (await chief.get("/notifications"))["items"]
    assert told["subject"] == "Call Omar, +93700123456: no. 1"


async def test_who_supervises_housekeeping_on_shift_hears_who_needs_help_where(
    hotel: Hotel, boss: Caller, ana: Caller, client: httpx.AsyncClient, sign: SignIn, background: Background
) -> None:
    off = Caller(client, await sign("housekeeping_supervisor"))
    await shift(boss, hotel, boss)
    await shift(boss, hotel, off, 9)
    [room] = await rooms(hotel, "101")
    place = {"property_id": encode("prp", hotel.property_id), "kind": "public_area", "name": "Lobby"}
    lobby = await Caller(client, await sign("venue_admin")).post("/spaces", place, 201)
    cleaning = await asked(boss, hotel, room_id=spc(room))
    public = await asked(boss, hotel, space_id=lobby["id"], type="public_area_cleaning")
    nowhere = await asked(boss, hotel, type="laundry")
    await ana.post(f"/tasks/{cleaning['id']}/help", {"note": "The bed is heavy"})
    for task in (public, nowhere):
        await ana.post(f"/tasks/{task['id']}/help")
    await background.settle()
    told = (await boss.get("/notifications"))["items"]
    assert {one["about"]: (one["subject"], one["body"], one["urgent"]) for one in told} == {
        cleaning["id"]: ("Help is asked for in 101", "Housekeeper: The bed is heavy", True),
        public["id"]: ("Help is asked for in Lobby", "Housekeeper", True),
        nowhere["id"]: ("Help is asked for in laundry", "Housekeeper", True),
    }
    assert [await heard(one) for one in (off, ana)] == [[], []]


async def test_the_manager_is_told_once_when_many_promises_of_a_day_were_broken(
    hotel: Hotel, ana: Caller, client: httpx.AsyncClient, sign: SignIn, background: Background, clock: ManualClock
) -> None:
    manager, path = Caller(client, await sign("venue_admin")), f"/properties/{encode('prp', hotel.property_id)}"
    body = {"policies": {"breaches_told": 2}, "version": (await manager.get(path))["version"]}
    await manager.ask("PATCH", path, body)
    for _ in range(3):
        await opened(ana, hotel)
    sql = "select topic, subject from app.notice where staff_id = $1"  # read beside: sessions end while hours go by
    once = [("breaches_mount", "2 promises broken today")]
    for minutes, told in ((119, []), (2, once), (60, once)):
        clock.set(clock.now() + timedelta(minutes=minutes))
        await background.settle()
        found = await hotel.do(lambda work: work.tx.fetch(sql, decode("stf", manager.id)))
        assert [tuple(one) for one in found] == told
