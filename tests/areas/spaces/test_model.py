"""Room status: what is derived, what is allowed, what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.spaces import model
from serai.areas.spaces.model import (
    RULES,
    Condition,
    GuestService,
    NeedsBlock,
    Occupancy,
    Room,
    RoomStatus,
    Service,
    Source,
    StatusChange,
    StatusRefused,
)
from serai.areas.spaces.model.rules import rule_for
from serai.kernel.errors import Conflict, Forbidden, Invalid, Stale
from tests.areas.spaces.making import HOUSE, NOW, STAY, Rules, by, room, staff

INSPECTS, TRUSTS = Rules(), Rules(inspects=False)
VACANT, OCCUPIED = Occupancy.VACANT, Occupancy.OCCUPIED
HOUSEKEEPING, DESK, SYSTEM, MANAGER = Source
OTHER = UUID(int=5)

policies = st.builds(Rules, inspects=st.booleans(), pickup=st.booleans(), oos_assignable=st.booleans())


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    occupancy = draw(st.sampled_from(Occupancy))
    return room(
        occupancy=occupancy,
        condition=draw(st.sampled_from(Condition)),
        service=draw(st.sampled_from(Service)),
        guest_service=draw(st.sampled_from(GuestService)),
        repair_required=draw(st.integers(0, 3)),
        stay_id=draw(st.sampled_from([None, STAY])) if occupancy is OCCUPIED else None,
        queue=draw(st.booleans()),
        version=draw(st.integers(1, 9)),
    )


changes = st.builds(
    StatusChange,
    source=st.sampled_from(Source),
    occupancy=st.sampled_from([None, *Occupancy]),
    condition=st.sampled_from([None, *Condition]),
    guest_service=st.sampled_from([None, *GuestService]),
    repair=st.integers(-1, 1),
    stay_id=st.sampled_from([None, STAY, OTHER]),
    queue=st.sampled_from([None, True, False]),
    reason=st.just("the guest waits in the lobby"),
)
names = st.sampled_from([one for one in RoomStatus if not one.name.startswith("OUT_OF")])


def change(before: Room, cmd: StatusChange, rules: Rules = INSPECTS, **who: Any) -> Room:
    return model.change_status(before, cmd, rules, who.get("actor", staff()), NOW).record


@pytest.mark.parametrize(
    ("dimensions", "inspects", "status", "codes"),
    [
        ({"service": Service.OUT_OF_ORDER, "repair_required": 1}, True, "OUT_OF_ORDER", ["OOO", "VD"]),
        ({"service": Service.OUT_OF_INVENTORY}, True, "OUT_OF_ORDER", ["OOI", "VD"]),
        ({"service": Service.OUT_OF_SERVICE, "repair_required": 1}, True, "OUT_OF_SERVICE", ["OOS", "VD"]),
        ({"repair_required": 2, "occupancy": OCCUPIED}, True, "MAINTENANCE_REQUIRED", ["OD"]),
        ({"occupancy": OCCUPIED, "condition": Condition.CLEAN}, True, "OCCUPIED", ["OC"]),
        ({"occupancy": OCCUPIED, "condition": Condition.INSPECTED}, True, "OCCUPIED", ["OI"]),
        ({"condition": Condition.DIRTY}, True, "CHECKOUT_DIRTY", ["VD"]),
        ({"condition": Condition.PICKUP}, True, "CHECKOUT_DIRTY", ["VP"]),
        ({"condition": Condition.CLEANING}, True, "CLEANING_IN_PROGRESS", ["VD"]),
        ({"condition": Condition.CLEAN}, True, "CLEANED_UNINSPECTED", ["VC"]),
        ({"condition": Condition.CLEAN}, False, "READY_FOR_GUEST", ["VC", "VR"]),
        ({"condition": Condition.INSPECTED}, False, "READY_FOR_GUEST", ["VI", "VR"]),
        (
            {"condition": Condition.INSPECTED, "guest_service": GuestService.DO_NOT_DISTURB},
            True,
            "READY_FOR_GUEST",
            ["VI", "VR", "DND"],
        ),
    ],
)
def test_the_seeds_names_and_the_codes_follow_from_the_dimensions(
    dimensions: dict[str, Any], *, inspects: bool, status: str, codes: list[str]
) -> None:
    one, rules = room(**dimensions), Rules(inspects=inspects)
    assert model.room_status(one, rules) == status
    assert model.codes(one, rules) == codes
    assert model.ready(one, rules) is (status == "READY_FOR_GUEST")


@given(rooms(), policies)
def test_ready_is_vacant_in_service_whole_and_clean_enough(one: Room, rules: Rules) -> None:
    enough = one.condition is Condition.INSPECTED or (one.condition is Condition.CLEAN and not rules.inspects)
    whole = one.service is Service.IN_SERVICE and one.repair_required == 0
    assert model.ready(one, rules) is (one.occupancy is VACANT and whole and enough)


def test_every_pair_of_different_values_has_exactly_one_rule() -> None:
    for dimension, values in (("occupancy", Occupancy), ("condition", Condition), ("guest_service", GuestService)):
        for before, after in permutations(values, 2):
            fitting = [
                one for one in RULES
                if one.dimension == dimension and one.after == after and (one.before is None or before in one.before)
            ]  # fmt: skip
            assert fitting == [rule_for(dimension, before, after)], f"{dimension}: {before} → {after}"


@given(rooms(), changes, policies)
def test_a_change_moves_versions_by_its_events_and_keeps_the_record_sound(
    before: Room, cmd: StatusChange, rules: Rules
) -> None:
    try:
        decision = model.change_status(before, cmd, rules, staff(), NOW)
    except StatusRefused:
        return
    after = decision.record
    assert after.version == before.version + len(decision.events)
    assert after.service is before.service, "the service dimension is never set by hand"
    assert after.stay_id is None or after.occupancy is OCCUPIED
    assert after.repair_required >= 0
    if not decision.changed:
        assert after == before
        return
    assert [one.version for one in decision.events] == list(range(before.version + 1, after.version + 1))
    assert all(one.data == model.public(after, rules) for one in decision.events)
    assert after.status_changed_at == NOW


@given(rooms(), st.lists(changes, max_size=12), policies)
def test_ready_is_told_on_each_passage_and_never_twice_between(
    one: Room, cmds: list[StatusChange], rules: Rules
) -> None:
    for cmd in cmds:
        before = one
        try:
            decision = model.change_status(one, cmd, rules, staff(), NOW)
        except StatusRefused:
            continue
        one = decision.record
        told = [event.type.name for event in decision.events].count("property.room.ready.v1")
        assert told == (model.ready(one, rules) and not model.ready(before, rules))


@given(rooms(), names, policies)
def test_a_name_of_the_seed_given_to_a_manager_makes_that_status_or_is_refused(
    before: Room, name: RoomStatus, rules: Rules
) -> None:
    cmd = by(MANAGER, named=name, reason="asked to")
    try:
        decision = model.change_status(before, cmd, rules, staff(), NOW)
    except StatusRefused:
        return
    again = model.change_status(decision.record, cmd, rules, staff(), NOW)
    assert not again.changed, "what holds already is a success that changes nothing"
    if before.service is Service.IN_SERVICE and decision.record.repair_required == 0 and before.occupancy is VACANT:
        trusting = name is RoomStatus.CLEANED_UNINSPECTED and not rules.inspects
        assert model.room_status(decision.record, rules) in {name, *([RoomStatus.READY_FOR_GUEST] if trusting else [])}


@pytest.mark.parametrize("name", [RoomStatus.OUT_OF_ORDER, RoomStatus.OUT_OF_SERVICE])
def test_closing_a_room_by_its_status_is_refused_and_points_to_windows(name: RoomStatus) -> None:
    with pytest.raises(NeedsBlock, match="window"):
        change(room(), by(MANAGER, named=name, reason="a leak"))


def test_a_name_that_holds_already_changes_nothing() -> None:
    marked = room(repair_required=2)
    assert change(marked, by(HOUSEKEEPING, named=RoomStatus.MAINTENANCE_REQUIRED)) == marked
    inspected = room(condition=Condition.INSPECTED)
    assert change(inspected, by(HOUSEKEEPING, named=RoomStatus.READY_FOR_GUEST), TRUSTS) == inspected


def test_a_turnover_goes_from_dirty_over_cleaning_and_clean_to_inspected_with_its_stamps() -> None:
    one = change(room(), by(HOUSEKEEPING, condition=Condition.CLEANING))
    assert (one.cleaned_at, one.inspected_at) == (None, None)
    one = change(one, by(HOUSEKEEPING, condition=Condition.CLEAN))
    assert (one.cleaned_at, one.inspected_at) == (NOW, None)
    one = change(replace(one, cleaned_at=NOW - timedelta(hours=1)), by(HOUSEKEEPING, condition=Condition.INSPECTED))
    assert (one.cleaned_at, one.inspected_at) == (NOW - timedelta(hours=1), NOW)
    assert one.version == 5, "the last of three changes also told that the room is ready"


def test_clean_is_ready_where_the_property_does_not_inspect() -> None:
    decision = model.change_status(
        room(condition=Condition.CLEANING), by(HOUSEKEEPING, named=RoomStatus.READY_FOR_GUEST), TRUSTS, staff(), NOW
    )
    assert [one.type.name for one in decision.events] == [
        "property.room.status_changed.v1",
        "property.room.ready.v1",
    ]
    assert decision.record.condition is Condition.CLEAN


@pytest.mark.parametrize(
    ("before", "asked", "rules", "reason"),
    [
        ({}, {"condition": Condition.INSPECTED}, INSPECTS, "is dirty"),
        ({"condition": Condition.PICKUP}, {"condition": Condition.INSPECTED}, INSPECTS, "needs a pickup"),
        ({"condition": Condition.CLEANING}, {"condition": Condition.INSPECTED}, INSPECTS, "still being cleaned"),
        ({"condition": Condition.CLEAN}, {"condition": Condition.INSPECTED}, TRUSTS, "does not inspect"),
        ({"condition": Condition.CLEAN}, {"condition": Condition.PICKUP}, INSPECTS, "does not use"),
        (
            {"guest_service": GuestService.DO_NOT_DISTURB},
            {"condition": Condition.CLEANING},
            INSPECTS,
            "not to be disturbed",
        ),
        ({"guest_service": GuestService.SERVICE_DECLINED}, {"condition": Condition.CLEAN}, INSPECTS, "declined"),
    ],
)
def test_housekeeping_is_refused_with_a_reason(
    before: dict[str, Any], asked: dict[str, Any], rules: Rules, reason: str
) -> None:
    with pytest.raises(StatusRefused, match=reason):
        change(room(**before), by(HOUSEKEEPING, **asked), rules)


@pytest.mark.parametrize(
    ("before", "rules", "reason"),
    [
        ({"service": Service.OUT_OF_ORDER}, INSPECTS, "out of order"),
        ({"service": Service.OUT_OF_INVENTORY}, INSPECTS, "out of inventory"),
        ({"service": Service.OUT_OF_SERVICE, "condition": Condition.INSPECTED}, INSPECTS, "not given to guests"),
        ({"repair_required": 1, "condition": Condition.INSPECTED}, INSPECTS, "needs a repair"),
        ({}, INSPECTS, "not ready: The room is dirty"),
        ({"condition": Condition.CLEANING}, INSPECTS, "still being cleaned"),
        ({"condition": Condition.CLEAN}, INSPECTS, "not inspected yet"),
    ],
)
def test_a_guest_is_not_checked_in_to_a_room_that_is_not_ready(
    before: dict[str, Any], rules: Rules, reason: str
) -> None:
    with pytest.raises(StatusRefused, match=reason):
        change(room(**before), by(DESK, occupancy=OCCUPIED), rules)
    assert change(room(**before), by(SYSTEM, occupancy=OCCUPIED), rules, actor=HOUSE).occupancy is OCCUPIED, (
        "a check-in that the PMS tells has happened"
    )


@pytest.mark.parametrize(
    ("before", "rules"),
    [
        ({"condition": Condition.INSPECTED}, INSPECTS),
        ({"condition": Condition.CLEAN}, TRUSTS),
        ({"condition": Condition.CLEAN, "service": Service.OUT_OF_SERVICE}, Rules(inspects=False, oos_assignable=True)),
    ],
)
def test_a_guest_is_checked_in_to_a_room_that_is_ready(before: dict[str, Any], rules: Rules) -> None:
    one = change(room(queue=True, **before), by(DESK, occupancy=OCCUPIED, stay_id=STAY), rules)
    assert (one.occupancy, one.stay_id, one.queue) == (OCCUPIED, STAY, False)


def test_who_leaves_a_room_leaves_it_dirty_and_takes_the_signs_along() -> None:
    before = room(
        occupancy=OCCUPIED, condition=Condition.CLEAN, stay_id=STAY, guest_service=GuestService.DO_NOT_DISTURB
    )
    after = change(before, by(DESK, occupancy=VACANT))
    assert (after.condition, after.stay_id, after.guest_service) == (Condition.DIRTY, None, GuestService.NONE)


def test_two_guests_do_not_share_a_room_by_mistake() -> None:
    walk_in = room(occupancy=OCCUPIED)
    taken = change(walk_in, by(DESK, occupancy=OCCUPIED, stay_id=STAY))
    assert taken.stay_id == STAY
    assert change(taken, by(DESK, occupancy=OCCUPIED, stay_id=STAY)) == taken
    with pytest.raises(StatusRefused, match="another guest"):
        change(taken, by(DESK, occupancy=OCCUPIED, stay_id=OTHER))
    assert change(taken, by(DESK, occupancy=VACANT, stay_id=OTHER)).stay_id is None


def test_each_source_has_its_own_say() -> None:
    with pytest.raises(
        StatusRefused, match=r"Only the front desk, the house may set occupancy to vacant, not housekeeping"
    ):
        change(room(occupancy=OCCUPIED), by(HOUSEKEEPING, occupancy=VACANT))
    with pytest.raises(
        StatusRefused, match="Only housekeeping, the house may set condition to clean, not the front desk"
    ):
        change(room(), by(DESK, condition=Condition.CLEAN))


def test_each_change_asks_for_its_permission() -> None:
    with pytest.raises(Forbidden, match=r"room\.inspect"):
        change(
            room(condition=Condition.CLEAN),
            by(HOUSEKEEPING, condition=Condition.INSPECTED),
            actor=staff("room.clean"),
        )


def test_a_manager_overrides_what_is_overridable_and_says_why() -> None:
    dirty = room(guest_service=GuestService.DO_NOT_DISTURB)
    with pytest.raises(Invalid, match="Say why"):
        change(dirty, by(MANAGER, condition=Condition.INSPECTED))
    with pytest.raises(Forbidden, match=r"room\.override"):
        change(dirty, by(MANAGER, condition=Condition.INSPECTED, reason="seen"), actor=staff("room.inspect"))
    after = change(dirty, by(HOUSEKEEPING, override=True, condition=Condition.INSPECTED, reason="seen it myself"))
    assert (after.condition, after.cleaned_at, after.inspected_at) == (Condition.INSPECTED, NOW, NOW)
    with pytest.raises(StatusRefused, match="out of order"):
        change(room(service=Service.OUT_OF_ORDER), by(MANAGER, occupancy=OCCUPIED, reason="full house"))


def test_faults_are_counted_and_never_below_none() -> None:
    one = change(room(), by(HOUSEKEEPING, repair=1))
    one = change(one, by(DESK, repair=1))
    assert one.repair_required == 2
    one = change(change(one, by(HOUSEKEEPING, repair=-1)), by(HOUSEKEEPING, repair=-1))
    assert one.repair_required == 0
    assert change(one, by(HOUSEKEEPING, repair=-1)) == one


def test_a_clean_room_is_ready_again_when_its_repair_is_done() -> None:
    broken = room(condition=Condition.INSPECTED, repair_required=1)
    decision = model.change_status(broken, by(HOUSEKEEPING, repair=-1), INSPECTS, staff(), NOW)
    assert [one.type.rabbitmq for one in decision.events] == [None, "room.ready"]


def test_a_guest_waits_only_for_a_room_without_one() -> None:
    assert change(room(), by(DESK, queue=True)).queue
    assert not change(room(queue=True), by(DESK, queue=False)).queue
    with pytest.raises(StatusRefused, match="nobody can wait"):
        change(room(occupancy=OCCUPIED), by(DESK, queue=True))


def test_begun_cleaning_is_finished_whatever_sign_hangs_at_the_door() -> None:
    begun = room(condition=Condition.CLEANING, guest_service=GuestService.DO_NOT_DISTURB)
    assert change(begun, by(HOUSEKEEPING, condition=Condition.CLEAN)).condition is Condition.CLEAN
    assert change(room(), by(HOUSEKEEPING, condition=Condition.PICKUP), Rules(pickup=True)).condition == "pickup"


def test_what_the_caller_did_not_expect_is_refused() -> None:
    with pytest.raises(StatusRefused, match="checkout dirty by now, not occupied"):
        change(room(), by(HOUSEKEEPING, condition=Condition.CLEANING, expected_status="OCCUPIED"))
    with pytest.raises(Stale):
        change(room(), by(HOUSEKEEPING, condition=Condition.CLEANING, version=7))
    asked = by(HOUSEKEEPING, condition=Condition.CLEANING, expected_status="CHECKOUT_DIRTY", version=1)
    assert change(room(), asked).condition is Condition.CLEANING
    with pytest.raises(Conflict, match="archived"):
        change(room(archived_at=NOW), asked)


def test_work_done_offline_keeps_its_own_moment_within_bounds() -> None:
    asked = by(HOUSEKEEPING, condition=Condition.CLEAN, occurred_at=NOW - timedelta(hours=2))
    assert change(room(), asked).cleaned_at == NOW - timedelta(hours=2)
    ahead = by(HOUSEKEEPING, condition=Condition.CLEAN, occurred_at=NOW + timedelta(minutes=1))
    assert change(room(), ahead).cleaned_at == NOW, "a phone's clock may go a little fast"
    for moment in (NOW + timedelta(minutes=3), NOW - timedelta(hours=25)):
        with pytest.raises(Invalid):
            change(room(), replace(asked, occurred_at=moment))
    with pytest.raises(Invalid):
        change(room(status_changed_at=NOW - timedelta(hours=1)), asked)
    assert change(room(status_changed_at=NOW - timedelta(hours=3)), asked).condition is Condition.CLEAN
