"""Somebody who works in two hotels, with other rights in each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Page

from serai.access.identity import service as identity
from serai.access.identity.roles import Role, RoleGrant
from serai.access.tenancy import service as tenancy
from serai.areas.spaces.model import Condition
from serai.kernel.ids import encode
from tests.areas.housekeeping.people import Caller, asked, put, rooms, spc
from tests.conftest import PASSWORD, Hotel, SignIn
from tests.web.conftest import Open, sign_in
from tests.web.test_offline import PHONE, kept, unsent

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture
async def annex(hotel: Hotel) -> Hotel:
    """The second hotel of the company."""
    cmd = tenancy.CreateProperty("annex", "Annex", "Asia/Kabul", "AFN", "fa-AF")
    made = await hotel.do(lambda work: tenancy.create_property(work, cmd))
    return replace(hotel, property_id=made.id)


@pytest.fixture
async def nadia(hotel: Hotel, annex: Hotel) -> str:
    """A supervisor here, at the desk there; her login."""
    grants = (
        RoleGrant(Role("housekeeping_supervisor"), hotel.property_id), RoleGrant(Role("front_desk"), annex.property_id),
    )  # fmt: skip
    cmd = identity.CreateStaff("Nadia", "nadia", roles=grants, password=PASSWORD)
    await hotel.do(lambda work: identity.create_staff(work, cmd))
    return "nadia"


@pytest.fixture
async def boss(client: Any, sign: SignIn) -> Caller:
    """The manager of the whole company, over HTTP."""
    return Caller(client, await sign("executive_admin", everywhere=True))


async def switch(page: Page, name: str) -> None:
    """To another of one's hotels."""
    await page.get_by_role("button", name="Hotel").click()
    await page.get_by_role("menuitemradio", name=name).click()
    await page.get_by_role("button", name=f"Hotel {name}").or_(page.locator("header", has_text=name)).first.wait_for()


async def tiles(page: Page, *numbers: str) -> None:
    """The board shows these rooms alone."""
    await page.locator(".tile", has_text=numbers[0]).wait_for()
    assert await page.locator(".tile").count() == len(numbers)
    for one in numbers:
        assert await page.locator(".tile", has_text=one).count() == 1


async def test_each_hotel_is_seen_alone_with_the_rights_in_it(
    hotel: Hotel, annex: Hotel, nadia: str, look: Open
) -> None:
    [here, _] = await rooms(hotel, "101", "102")
    [there] = await rooms(annex, "901")
    async with look() as page:
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        await sign_in(page, nadia)
        await page.goto("/board")
        await switch(page, "Main")
        await tiles(page, "101", "102")
        pages = page.get_by_role("navigation", name="Pages")
        await pages.get_by_role("link", name="Assignments").wait_for()

        await page.locator(".tile", has_text="101").click()
        await page.get_by_role("dialog").locator("h3").first.wait_for()
        await page.keyboard.press("Escape")
        await page.get_by_role("searchbox", name="Find a room").fill("102")
        await page.locator(".tile", has_text="101").wait_for(state="detached")
        await switch(page, "Annex")
        await tiles(page, "901")
        assert page.url.endswith("/board")
        assert await pages.get_by_role("link", name="Assignments").count() == 0
        await page.locator(".tile", has_text="901").click()
        await page.get_by_role("dialog").get_by_role("button", name="Start cleaning").wait_for(state="detached")
        await page.keyboard.press("Escape")
        await page.reload()
        await tiles(page, "901")

        await page.get_by_text("Live").first.wait_for()
        await page.wait_for_timeout(2_000)
        asked.clear()
        await put(hotel, here, condition=Condition.CLEAN)
        await put(annex, there, condition=Condition.CLEAN)
        await page.locator(".tile[data-look=clean]", has_text="901").wait_for()
        await page.wait_for_timeout(2_500)
        assert [one for one in asked if encode("prp", hotel.property_id) in one] == []
        await tiles(page, "901")
        await switch(page, "Main")
        await page.locator(".tile[data-look=clean]", has_text="101").wait_for()
        await tiles(page, "101", "102")


async def test_what_one_cannot_do_in_the_other_hotel_is_left_and_what_is_of_one_hotel_leads_to_it(
    hotel: Hotel, annex: Hotel, nadia: str, look: Open, boss: Caller
) -> None:
    [room] = await rooms(hotel, "101")
    [there] = await rooms(annex, "901")
    order = await boss.post(
        "/maintenance/work-orders",
        {"property_id": encode("prp", annex.property_id), "room_id": spc(there), "title": "The lamp is dead"}, 201,
    )  # fmt: skip
    task = await asked(boss, hotel, room_id=spc(room))
    async with look() as page:
        await sign_in(page, nadia)
        await switch(page, "Main")
        await page.goto("/assignments")
        await page.get_by_role("heading", name="Assignments").wait_for()
        await switch(page, "Annex")
        await page.wait_for_url("**/board")
        await tiles(page, "901")

        await page.keyboard.press("Control+k")
        await page.get_by_role("dialog").get_by_role("combobox").fill("901")
        await page.get_by_role("option", name="Room 901").wait_for()
        await page.get_by_role("dialog").get_by_role("combobox").fill("101")
        await page.get_by_text("No results").wait_for()
        await page.get_by_role("dialog").get_by_role("combobox").fill("Main")
        await page.get_by_role("option", name="Main").click()
        await tiles(page, "101")

        hotel_button = page.get_by_role("button", name=re.compile("^Hotel"))
        await page.goto(f"/work-orders/{order['id']}")  # as a notice leads there
        await page.get_by_role("heading", name="The lamp is dead").wait_for()
        await hotel_button.get_by_text("Annex").wait_for()
        await page.goto(f"/tasks?id={task['id']}")  # closed here, but not there
        await page.get_by_role("main").get_by_role("button", name="Main").click()
        await hotel_button.get_by_text("Main").wait_for()
        await page.get_by_role("dialog").get_by_text("101").first.wait_for()
        await page.goto(f"/board?room={spc(there)}")
        await page.get_by_role("dialog").get_by_role("heading", name="901").wait_for()
        await hotel_button.get_by_text("Annex").wait_for()
        await page.keyboard.press("Escape")
        await switch(page, "Main")
        await tiles(page, "101")
        await page.go_back()
        await page.get_by_role("dialog").get_by_text("101").first.wait_for()
        await hotel_button.get_by_text("Main").wait_for()


async def test_two_windows_are_in_two_hotels(hotel: Hotel, annex: Hotel, nadia: str, look: Open) -> None:
    await rooms(hotel, "101")
    await rooms(annex, "901")
    async with look() as page:
        await sign_in(page, nadia)
        await switch(page, "Main")
        await tiles(page, "101")
        other = await page.context.new_page()
        await other.goto("/board")
        await tiles(other, "101")
        await switch(other, "Annex")
        await tiles(other, "901")
        await page.get_by_role("searchbox", name="Find a room").fill("1")
        await tiles(page, "101")
        await page.reload()
        await tiles(page, "101")
        third = await page.context.new_page()
        await third.goto("/board")
        await tiles(third, "901")


async def test_what_was_done_without_a_network_goes_to_its_hotel(
    hotel: Hotel, annex: Hotel, nadia: str, look: Open, boss: Caller
) -> None:
    await rooms(hotel, "101")
    await rooms(annex, "901")
    async with look(**PHONE, installed=True) as page:
        await sign_in(page, nadia)
        for name, number in (("Annex", "901"), ("Main", "101")):
            await page.get_by_role("button", name="Menu").click()
            await switch(page, name)
            await page.goto("/board")
            await tiles(page, number)
            await kept(page, f'"number":"{number}"')
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Report a fault").first.click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Which room?").or_(form.locator("input[name=where]")).first.fill("101")
        await form.get_by_label("What is wrong?").fill("The lamp is dead")
        await form.get_by_role("button", name="Send", exact=True).click()
        await form.wait_for(state="detached")
        await unsent(page, 1)
        await page.get_by_role("button", name="Menu").click()
        await switch(page, "Annex")
        await tiles(page, "901")
        await page.get_by_role("button", name="1 not sent").click()
        await page.get_by_role("dialog").get_by_text("Main").wait_for()
        await page.keyboard.press("Escape")
        await page.context.set_offline(False)
        await page.get_by_role("button", name="1 not sent").wait_for(state="detached")
    [order] = (await boss.get("/maintenance/work-orders"))["items"]
    assert (order["title"], order["room_number"]) == ("The lamp is dead", "101")
    assert order["property_id"] == encode("prp", hotel.property_id)
