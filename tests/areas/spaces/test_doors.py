"""Who speaks, which doors are open, and what a room tells."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from serai.areas.spaces import model
from serai.areas.spaces.model import Condition, Occupancy, RoomStatus, Source
from tests.areas.spaces.making import HOUSE, NOW, PROPERTY, STAY, Rules, by, key, room, staff

INSPECTS = Rules()
OCCUPIED = Occupancy.OCCUPIED
HOUSEKEEPING, DESK, SYSTEM, MANAGER = Source


@pytest.mark.parametrize(
    ("actor", "asked", "source"),
    [
        (staff(roles=("front_desk",)), {"condition": Condition.DIRTY}, DESK),
        (staff(roles=("housekeeper",)), {"occupancy": OCCUPIED}, HOUSEKEEPING),
        (staff(roles=("venue_admin",)), {"occupancy": OCCUPIED}, DESK),
        (staff(roles=("venue_admin",)), {"queue": True}, DESK),
        (staff(roles=("venue_admin",)), {"stay_id": STAY}, DESK),
        (staff(roles=("venue_admin",)), {"named": RoomStatus.READY_FOR_GUEST}, HOUSEKEEPING),
        (staff(roles=("front_desk", "housekeeper")), {"condition": Condition.CLEANING}, HOUSEKEEPING),
        (staff(roles=("front_desk",)), {"override": True}, MANAGER),
        (key(), {"occupancy": OCCUPIED}, SYSTEM),
        (HOUSE, {"occupancy": OCCUPIED}, SYSTEM),
    ],
)
def test_the_source_follows_from_the_callers_role(actor: Any, asked: dict[str, Any], source: Source) -> None:
    assert model.source_of(actor, room(), by(SYSTEM, **asked), INSPECTS) is source


def test_the_doors_open_to_a_caller_are_those_that_would_change_the_room() -> None:
    assert model.open_actions(room(), INSPECTS, staff("room.clean"), NOW) == ["start-cleaning", "mark-cleaned"]
    ready = room(condition=Condition.INSPECTED)
    assert model.open_actions(ready, INSPECTS, staff("room.front_desk"), NOW) == ["check-in", "check-out"]
    occupied = room(occupancy=OCCUPIED)
    assert model.open_actions(occupied, INSPECTS, staff("room.front_desk"), NOW) == ["check-out"]
    assert model.open_actions(room(repair_required=1), INSPECTS, staff("room.repair"), NOW) == ["complete-maintenance"]


@pytest.mark.parametrize(("occupancy", "condition"), list(product(Occupancy, Condition)))
def test_what_a_room_tells_is_its_whole_public_record(occupancy: Occupancy, condition: Condition) -> None:
    one = room(occupancy=occupancy, condition=condition, parent_id=PROPERTY)
    data = model.public(one, INSPECTS)
    assert (data.occupancy, data.condition, data.number) == (occupancy, condition, "101")
    assert data.room_status == model.room_status(one, INSPECTS)
    assert data.venue_id == data.space_id
    assert data.space_id.startswith("spc_")
