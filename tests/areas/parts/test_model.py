"""Parts: the ledger, what is reserved, and when there is too little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.areas.parts import model
from serai.areas.parts.model import AddPart, ChangePart, Moved, Part, Said
from serai.kernel.errors import Conflict, Invalid, Stale
from serai.kernel.event import Event

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SAID = Said(UUID(int=7), NOW, "Tom")
ORDER = UUID(int=8)
NOTHING = Decimal(0)


def part(on_hand: str = "0", reorder_at: str | None = None, **more: Any) -> Part:
    cmd = AddPart(UUID(int=2), "F-1", "Filter", reorder_at=None if reorder_at is None else Decimal(reorder_at))
    made = model.add(UUID(int=1), UUID(int=3), cmd, "AFN", NOW).record
    return replace(made, on_hand=Decimal(on_hand), low_since=None, **more)


def names(events: Sequence[Event]) -> list[str]:
    return [".".join(one.type.name.split(".")[1:3]) for one in events]


def test_what_came_is_more_and_sets_the_price() -> None:
    move, decision = model.receive(part("1"), Moved(Decimal(4), Decimal("12.5")), SAID)
    assert (decision.record.on_hand, decision.record.last_cost) == (Decimal(5), Decimal("12.5"))
    assert (move.on_hand_delta, move.on_hand, move.unit_cost) == (Decimal(4), Decimal(5), Decimal("12.5"))
    assert names(decision.events) == ["part.stock_changed"]
    _, same = model.receive(decision.record, Moved(Decimal(1)), SAID)
    assert same.record.last_cost == Decimal("12.5")


def test_too_little_is_told_once_until_there_is_enough() -> None:
    _, first, _ = model.use(part("6", "5", last_cost=Decimal(2)), Moved(Decimal(1)), SAID, UUID(int=9), NOTHING)
    assert names(first.events) == ["part.stock_changed", "part.low_stock", "part_usage.recorded"]
    assert first.record.low_since == NOW
    assert first.record.version == 3, "two facts, two versions"
    _, again, _ = model.use(first.record, Moved(Decimal(1)), SAID, UUID(int=9), NOTHING)
    assert names(again.events) == ["part.stock_changed", "part_usage.recorded"]
    _, full = model.receive(again.record, Moved(Decimal(10)), SAID)
    assert full.record.low_since is None
    _, low, _ = model.use(full.record, Moved(Decimal(9)), SAID, UUID(int=9), NOTHING)
    assert "part.low_stock" in names(low.events)


def test_what_is_used_costs_what_one_cost_last() -> None:
    used = model.use(
        part("6", last_cost=Decimal("2.345")), Moved(Decimal("1.5"), order_id=ORDER), SAID, UUID(int=9), NOTHING
    )
    assert (used[2].amount, used[2].unit_cost) == (Decimal("3.52"), Decimal("2.345"))
    assert model.use(part("6"), Moved(Decimal(1)), SAID, UUID(int=9), NOTHING)[2].amount == 0


def test_no_more_is_used_than_there_is_unless_the_part_allows_it() -> None:
    with pytest.raises(Conflict):
        model.use(part("1"), Moved(Decimal(2)), SAID, UUID(int=9), NOTHING)
    loose = replace(part("1"), below_zero=True)
    assert model.use(loose, Moved(Decimal(2)), SAID, UUID(int=9), NOTHING)[1].record.on_hand == -1


def test_what_is_kept_for_an_order_is_for_no_other() -> None:
    kept = model.hold(part("3"), ORDER, Decimal(2), SAID, NOTHING)
    assert kept is not None
    mine = kept[1].record
    assert (mine.reserved, mine.available) == (2, 1)
    assert (kept[0].kind, kept[0].reserved_delta, kept[0].order_id) == ("reserve", 2, ORDER)
    with pytest.raises(Conflict):
        model.use(mine, Moved(Decimal(2)), SAID, UUID(int=9), NOTHING)
    with pytest.raises(Conflict):
        model.hold(mine, ORDER, Decimal(4), SAID, Decimal(2))
    used = model.use(mine, Moved(Decimal(3), order_id=ORDER), SAID, UUID(int=9), Decimal(2))
    assert (used[1].record.on_hand, used[1].record.reserved, used[2].from_reserved) == (0, 0, 2)
    assert model.hold(mine, ORDER, Decimal(2), SAID, Decimal(2)) is None
    gone = model.hold(mine, ORDER, NOTHING, SAID, Decimal(2))
    assert gone is not None
    assert (gone[0].kind, gone[1].record.reserved) == ("release", 0)


def test_a_slip_is_back_in_the_store_once() -> None:
    _, used, usage = model.use(part("3"), Moved(Decimal(2)), SAID, UUID(int=9), NOTHING)
    move, back, struck = model.strike(used.record, usage, SAID)
    assert (move.kind, back.record.on_hand, struck.struck_at) == ("give_back", 3, NOW)
    assert names(back.events) == ["part.stock_changed", "part_usage.struck"]
    with pytest.raises(Conflict):
        model.strike(back.record, struck, SAID)


def test_counting_sets_what_is_there() -> None:
    move, counted = model.adjust(part("3"), Moved(Decimal(1), note="Counted"), SAID)
    assert (move.on_hand_delta, counted.record.on_hand) == (-2, 1)


def test_what_is_sent_leaves_one_store_and_comes_to_the_other() -> None:
    far = replace(part("1"), id=UUID(int=4), property_id=UUID(int=5))
    sent, came = model.send(part("3", last_cost=Decimal(2)), far, Moved(Decimal(2)), SAID, SAID)
    assert (sent[1].record.on_hand, came[1].record.on_hand, came[1].record.last_cost) == (1, 3, 2)
    assert (sent[0].other_part_id, came[0].other_part_id) == (UUID(int=4), UUID(int=1))
    with pytest.raises(Conflict):
        model.send(part("1"), far, Moved(Decimal(2)), SAID, SAID)
    for other in (part("1"), replace(far, unit="metre"), replace(far, currency="USD")):
        with pytest.raises(Invalid):
            model.send(part("3"), other, Moved(Decimal(2)), SAID, SAID)
    with pytest.raises(Conflict):
        model.send(part("3"), replace(far, active=False), Moved(Decimal(2)), SAID, SAID)


def test_a_part_is_changed_and_rests_when_there_is_nothing_of_it() -> None:
    some = part("3", "1")
    with pytest.raises(Stale):
        model.change(some, ChangePart(2, {}), NOW)
    assert not model.change(some, ChangePart(1, {"name": "Filter"}), NOW).changed
    with pytest.raises(Invalid):
        model.change(some, ChangePart(1, {"active": False}), NOW)
    low = model.change(some, ChangePart(1, {"reorder_at": Decimal(4)}), NOW)
    assert (
        names(low.events) == ["part", "low_stock"]
        or names(low.events) == ["updated", "low_stock"]
        or len(low.events) == 2
    )
    rests = model.change(part("0", "1"), ChangePart(1, {"active": False}), NOW)
    assert len(rests.events) == 1, "what is not kept is not missed"
    assert model.add(
        UUID(int=1), UUID(int=3), AddPart(UUID(int=2), "F", "F", reorder_at=Decimal(1)), "AFN", NOW
    ).record.low_since


steps = st.lists(st.tuples(st.sampled_from(["receive", "use", "hold", "adjust"]), st.integers(0, 9)), max_size=30)


@given(steps)
def test_the_ledger_adds_up_and_is_never_below_nothing(done: list[tuple[str, int]]) -> None:
    now, held, on_hand, reserved = part("0", "3"), NOTHING, NOTHING, NOTHING
    for what, many in done:
        amount = Decimal(many)
        try:
            if what == "receive":
                move, decision = model.receive(now, Moved(amount), SAID)
            elif what == "use":
                move, decision, usage = model.use(now, Moved(amount, order_id=ORDER), SAID, UUID(int=9), held)
                held -= usage.from_reserved
            elif what == "hold":
                found = model.hold(now, ORDER, amount, SAID, held)
                if found is None:
                    continue
                (move, decision), held = found, amount
            else:
                move, decision = model.adjust(now, Moved(max(amount, now.reserved)), SAID)
        except Conflict:
            continue
        on_hand, reserved = on_hand + move.on_hand_delta, reserved + move.reserved_delta
        now = decision.record
        assert (now.on_hand, now.reserved) == (on_hand, reserved) == (move.on_hand, move.reserved)
        assert now.on_hand >= 0
        assert now.reserved == held
        assert (now.low_since is not None) == (now.available <= 3)
