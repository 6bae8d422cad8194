"""The tree of spaces: what may lie where, and how it is described."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.spaces import model
from serai.areas.spaces.model import Draft, Kind, Occupancy, Room, Space, natural_key
from serai.areas.spaces.model.place import INSIDE
from serai.kernel.errors import Conflict, Invalid, Stale
from tests.areas.spaces.making import NOW, PROPERTY, ROOM, TENANT, Rules, room, space

FLOOR, SECTION = space(Kind.FLOOR, 11), space(Kind.SECTION, 12)


def create(draft: Draft, *above: Space) -> Space:
    return model.create(UUID(int=50), TENANT, PROPERTY, draft, above, Rules()).record


def test_a_new_room_is_vacant_dirty_and_called_by_its_number() -> None:
    decision = model.create(ROOM, TENANT, PROPERTY, Draft(Kind.ROOM, number="101", room_type="DBL"), (), Rules())
    made = decision.record
    assert isinstance(made, Room)
    assert (made.name, made.occupancy, made.condition, made.version) == ("101", "vacant", "dirty", 1)
    (event,) = decision.events
    assert (event.type.name, event.version, event.data.room_status) == (
        "property.space.created.v1",
        1,
        "CHECKOUT_DIRTY",
    )


def test_a_room_takes_its_labels_from_what_it_lies_in_unless_told() -> None:
    draft = Draft(Kind.ROOM, number="101", room_type="DBL", parent_id=SECTION.id)
    made = create(draft, SECTION, FLOOR)
    assert isinstance(made, Room)
    assert (made.floor, made.section) == (FLOOR.name, SECTION.name)
    told = create(Draft(Kind.ROOM, number="1", room_type="DBL", floor="2", section="B"), SECTION, FLOOR)
    assert isinstance(told, Room)
    assert (told.floor, told.section) == ("2", "B")


@pytest.mark.parametrize(
    "draft", [Draft(Kind.ROOM, number="1"), Draft(Kind.ROOM, room_type="DBL"), Draft(Kind.VENUE), Draft(Kind.FLOOR)]
)
def test_a_room_needs_number_and_type_and_the_others_a_name(draft: Draft) -> None:
    with pytest.raises(Invalid):
        create(draft)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("parent", [None, *Kind])
def test_kinds_nest_downward_only(kind: Kind, parent: Kind | None) -> None:
    above = (space(parent, 20),) if parent else ()
    draft = Draft(kind, "x", number="1", room_type="DBL", parent_id=above[0].id if above else None)
    if parent in INSIDE[kind]:
        assert create(draft, *above).kind is kind
    else:
        with pytest.raises(Invalid):
            create(draft, *above)


@given(st.sampled_from(Kind), st.sampled_from(Kind))
def test_no_two_kinds_lie_in_each_other_except_rooms(one: Kind, other: Kind) -> None:
    assert not (one in INSIDE[other] and other in INSIDE[one]) or one is other is Kind.ROOM


def test_the_rooms_of_a_suite_lie_in_it_directly_and_never_in_themselves() -> None:
    suite, inner = room(id=UUID(int=60)), room(id=UUID(int=61), parent_id=UUID(int=60))
    draft = Draft(Kind.ROOM, number="7", room_type="BED", parent_id=suite.id)
    assert create(draft, suite).parent_id == suite.id
    with pytest.raises(Invalid, match="accepted"):
        create(draft, inner, suite)
    with pytest.raises(Invalid):
        model.edit(suite, {"parent_id": suite.id}, (suite,), Rules(), 1)


def test_nothing_is_put_into_an_archived_space() -> None:
    with pytest.raises(Invalid):
        create(Draft(Kind.SECTION, "A"), space(Kind.FLOOR, archived_at=NOW))


def test_editing_changes_what_was_sent_and_tells_it() -> None:
    decision = model.edit(room(), {"number": "102", "floor": None}, (), Rules(), 1)
    assert (decision.record.number, decision.record.floor, decision.record.version) == ("102", None, 2)
    assert decision.events[0].changes == {"number": ("101", "102"), "floor": ("1", None)}
    assert not model.edit(room(), {"number": "101", "parent_id": None}, (), Rules(), None).changed


def test_moving_looks_at_where_it_will_lie() -> None:
    moved = model.edit(room(), {"parent_id": FLOOR.id}, (FLOOR,), Rules(), 1).record
    assert moved.parent_id == FLOOR.id
    with pytest.raises(Invalid):
        model.edit(room(), {"parent_id": UUID(int=30)}, (space(Kind.TABLE, 30),), Rules(), 1)


@pytest.mark.parametrize(
    ("one", "given", "pointer"),
    [
        (space(Kind.VENUE), {"number": "1"}, "/number"),
        (room(), {"number": None}, "/number"),
        (room(), {"credits": None}, "/credits"),
        (room(), {"occupancy": "occupied"}, "/occupancy"),
    ],
)
def test_fields_that_a_kind_has_not_and_empty_names_are_refused(
    one: Space, given: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        model.edit(one, given, (), Rules(), 1)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_an_older_version_is_stale() -> None:
    with pytest.raises(Stale):
        model.edit(room(version=3), {"floor": "2"}, (), Rules(), 2)
    with pytest.raises(Stale):
        model.archive(room(version=3), 0, Rules(), 2, NOW)


def test_archiving_keeps_what_is_in_use() -> None:
    with pytest.raises(Conflict, match="2 other spaces"):
        model.archive(FLOOR, 2, Rules(), 1, NOW)
    with pytest.raises(Conflict, match="guest"):
        model.archive(room(occupancy=Occupancy.OCCUPIED), 0, Rules(), 1, NOW)
    archived = model.archive(room(), 0, Rules(), None, NOW)
    assert archived.record.archived_at == NOW
    assert not model.archive(archived.record, 0, Rules(), None, NOW).changed
    with pytest.raises(Conflict, match="archived"):
        model.edit(archived.record, {"floor": "9"}, (), Rules(), None)


def test_numbers_sort_naturally() -> None:
    numbers = ["B12", "10", "9", "B2", "101", "009A", "a1"]
    assert sorted(numbers, key=natural_key) == ["9", "009A", "10", "101", "a1", "B2", "B12"]


@given(st.integers(0, 10**11), st.integers(0, 10**11))
def test_numbers_sort_as_numbers(one: int, other: int) -> None:
    assert (natural_key(str(one)) < natural_key(str(other))) is (one < other)
