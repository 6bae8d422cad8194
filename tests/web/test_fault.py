"""A fault, from a phone to a room that is back on sale."""

from __future__ import annotations

import pytest

from tests.areas.files.test_files import photo
from tests.areas.housekeeping.people import look as look_at
from tests.areas.housekeeping.people import ready, rooms
from tests.conftest import Hotel
from tests.web.conftest import Open, employ, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.slow]


async def test_from_a_phone_to_a_room_back_on_sale(hotel: Hotel, look: Open) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    async with look(width=390, height=844) as phone, look() as chief, look(width=390, height=844) as worker:
        await sign_in(phone, await employ(hotel, "front_desk", "Farid"))
        await sign_in(chief, await employ(hotel, "maintenance_supervisor", "Nasir"))
        await sign_in(worker, await employ(hotel, "technician", "Yusuf"))

        await phone.get_by_role("button", name="Report a fault").click()
        form = phone.get_by_role("dialog")
        await form.get_by_label("Room").fill("101")
        await form.get_by_role("button", name="Plumbing").click()
        await form.get_by_label("What is wrong?").fill("The tap drips")
        await form.get_by_text("High", exact=True).click()
        await form.locator("input[type=file]").set_input_files(
            {"name": "tap.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        )
        await form.get_by_role("button", name="Remove the photo").wait_for()
        await form.get_by_role("button", name="Send", exact=True).click()
        await phone.get_by_text("Saved on this phone").wait_for()

        await chief.goto("/triage")
        card = chief.locator("li", has_text="The tap drips")
        await card.locator("img").wait_for()
        await card.get_by_role("button", name="Triage").click()
        await chief.get_by_text("Nothing to triage").wait_for()
        await chief.goto("/work-orders")
        await chief.get_by_role("button", name="The tap drips").click()
        await chief.get_by_role("button", name="Assign").click()
        who = chief.get_by_role("dialog").get_by_label("Assignee")
        await who.select_option(await who.locator("option", has_text="Yusuf").get_attribute("value"))
        await chief.get_by_role("dialog").get_by_role("button", name="Assign").click()

        await worker.get_by_role("button", name="The tap drips").click()
        await worker.get_by_role("button", name="Start", exact=True).click()
        await worker.get_by_role("button", name="Resolve").click()
        done = worker.get_by_role("dialog")
        await done.get_by_label("What was done").fill("A new washer")
        await done.get_by_label("Labour minutes").fill("15")
        await done.get_by_role("button", name="Resolve").click()

        await chief.get_by_role("button", name="Verify").click()
        await chief.locator("[data-look=inspected]", has_text="Verified").first.wait_for()
    now = await look_at(hotel, room)
    assert (now.repair_required, now.condition.value) == (0, "inspected")
