"""What housekeeping sees beside what the front desk believes."""

from __future__ import annotations

from uuid import UUID

import pytest

from serai.areas.discrepancies import model
from serai.areas.discrepancies.model import Kind, View
from serai.areas.spaces.model import Occupancy
from serai.areas.stays.model import State
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.runtime.jobs.background import Background
from tests.areas.housekeeping.people import Caller, in_house, journal, put, ready, rooms, spc, told
from tests.conftest import START, Hotel

pytestmark = pytest.mark.integration
VACANT, OCCUPIED = Occupancy.VACANT, Occupancy.OCCUPIED


@pytest.mark.parametrize(
    ("seen", "told", "kind"),
    [
        (View(VACANT), View(OCCUPIED, 2), Kind.SLEEP),
        (View(OCCUPIED), View(VACANT), Kind.SKIP),
        (View(OCCUPIED, 3), View(OCCUPIED, 2), Kind.PERSON),
        (View(OCCUPIED, 2), View(OCCUPIED, 2), None),
        (View(OCCUPIED), View(OCCUPIED, 2), None),
        (View(OCCUPIED, 2), View(OCCUPIED), None),
        (View(VACANT, 0), View(VACANT), None),
    ],
)
def test_what_differs(seen: View, told: View, kind: Kind | None) -> None:
    assert model.compare(seen, told) is kind


def test_a_second_look_changes_or_clears_it_and_repeats_say_nothing() -> None:
    actor = system(UUID(int=1), "test")
    place = model.Place(UUID(int=1), UUID(int=2), UUID(int=3), None)
    seen, desk = View(VACANT), View(OCCUPIED, 2)
    first = model.find(UUID(int=4), place, Kind.SLEEP, seen, desk, None, actor, START).record
    assert not model.look_again(first, Kind.SLEEP, seen, desk, None, actor, START).changed
    more = model.look_again(first, Kind.PERSON, View(OCCUPIED, 3), desk, "Three beds used", actor, START).record
    assert (more.kind, more.version, more.note, more.seen) == (Kind.PERSON, 2, "Three beds used", View(OCCUPIED, 3))
    over = model.look_again(more, None, View(OCCUPIED, 2), desk, None, actor, START).record
    assert (over.state.value, over.resolution, over.resolved_by) == ("resolved", model.AGREED, actor.name)
    assert not model.resolve(over, "Again", actor, START).changed


async def test_a_sleeper_is_found_and_cleared_up_by_the_desk(hotel: Hotel, desk: Caller, ana: Caller) -> None:
    [room] = await rooms(hotel, "101")
    await in_house(hotel, "B", room)
    found = await ana.post(f"/rooms/{spc(room)}/observations", {"occupancy": "vacant", "note": "Bed not used"})
    assert (found["agrees"], found["discrepancy"]["kind"]) == (False, "sleep")
    again = await ana.post(f"/rooms/{spc(room)}/observations", {"occupancy": "vacant"})
    assert again["discrepancy"]["id"] == found["discrepancy"]["id"]
    [listed] = (await desk.get("/discrepancies?state=open&count=true"))["items"]
    assert listed["allowed_actions"] == ["resolve"]
    path = f"/discrepancies/{listed['id']}"
    await ana.post(f"{path}/resolve", {"resolution": "x"}, 403)
    assert (await ana.get(path))["allowed_actions"] == []
    done = await desk.post(f"{path}/resolve", {"resolution": "The guest slept at a friend's."})
    assert (done["state"], done["allowed_actions"]) == ("resolved", [])
    assert (await desk.get("/discrepancies?state=open"))["items"] == []
    assert len(await journal(hotel, "property.room.discrepancy_found.v1")) == 1


async def test_what_the_desk_says_next_clears_it_by_itself(
    hotel: Hotel, desk: Caller, ana: Caller, clock: ManualClock, background: Background
) -> None:
    skip, heads = await rooms(hotel, "101", "102")
    await ready(hotel, skip)
    await ana.post(f"/rooms/{spc(skip)}/observations", {"occupancy": "occupied", "persons": 1})
    stay = await told(hotel, "H", State.CHECKED_IN, heads, adults=2, children=1)
    await put(hotel, heads, occupancy=OCCUPIED, stay_id=stay.id)
    more = await ana.post(f"/rooms/{spc(heads)}/observations", {"occupancy": "occupied", "persons": 4})
    assert (more["discrepancy"]["kind"], more["discrepancy"]["told_persons"]) == ("person", 3)
    await put(hotel, skip, occupancy=OCCUPIED)
    await background.settle()
    left = (await desk.get("/discrepancies?state=open"))["items"]
    assert [one["room_id"] for one in left] == [spc(heads)]
    right = await ana.post(f"/rooms/{spc(heads)}/observations", {"occupancy": "occupied", "persons": 3})
    assert right == {"agrees": True, "discrepancy": None}
    assert (await desk.get("/discrepancies?state=open"))["items"] == []
    [cleared] = (await desk.get(f"/discrepancies?room_id={spc(heads)}"))["items"]
    assert cleared["resolution"] == model.AGREED
