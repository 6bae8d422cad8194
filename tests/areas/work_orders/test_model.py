"""What becomes of a work order, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from serai.areas.work_orders import events, model
from serai.areas.work_orders.model import (
    ChangeOrder,
    CreateOrder,
    OrderState,
    ReportAgain,
    RequestState,
    Resolution,
    Severity,
    Triage,
    Wait,
    WorkOrder,
)
from serai.areas.work_orders.model.decide import MOST_REPORTS
from serai.kernel.actor import Actor, system
from serai.kernel.errors import Conflict, Stale
from serai.kernel.ids import new_id

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUSE: Actor = system(new_id(), "house")


def order(**more: object) -> WorkOrder:
    """An open one."""
    made = model.create(new_id(), 7, CreateOrder(new_id(), "It drips"), None, HOUSE, NOW).record
    return replace(made, **more)


def test_judged_the_same_again_nothing_is_told() -> None:
    first = model.triage(order(), Triage(severity=Severity.HIGH, safety_concern=True), NOW)
    assert (first.record.severity, first.record.safety_concern, first.record.triaged_at) == (Severity.HIGH, True, NOW)
    assert not model.triage(first.record, Triage(), NOW + timedelta(hours=1)).changed


def test_given_to_the_same_person_again_nothing_is_told() -> None:
    one = new_id()
    given = model.assign(order(), one, HOUSE, NOW).record
    assert not model.assign(given, one, HOUSE, NOW).changed
    assert model.assign(given, new_id(), HOUSE, NOW).events[0].type is events.ASSIGNED


def test_a_change_that_changes_nothing_is_none_and_a_late_one_is_refused() -> None:
    one = order()
    assert not model.update(one, ChangeOrder(1, {"title": "It drips"}), NOW).changed
    with pytest.raises(Stale):
        model.update(one, ChangeOrder(2, {}), NOW)


def test_an_order_has_so_many_reports_and_no_more() -> None:
    one = order()
    full = replace(one, reports=one.reports * MOST_REPORTS)
    with pytest.raises(Conflict, match="100 reports"):
        model.report(full, ReportAgain(), HOUSE, NOW)


def test_the_house_starts_what_nobody_has_and_takes_it_for_nobody() -> None:
    begun = model.start(order(), HOUSE, NOW)
    assert (begun.record.state, begun.record.assignee_id) == (OrderState.IN_PROGRESS, None)
    assert [one.type for one in begun.events] == [events.STARTED]


def test_a_request_stands_as_its_order_does() -> None:
    one = order()
    assert model.request_state(one) is RequestState.REPORTED
    assert model.request_state(replace(one, triaged_at=NOW)) is RequestState.TRIAGED
    assert model.request_state(replace(one, triaged_at=NOW, planned_start=NOW)) is RequestState.SCHEDULED
    assert model.request_state(replace(one, state=OrderState.ASSIGNED)) is RequestState.SCHEDULED
    assert model.request_state(replace(one, state=OrderState.BLOCKED)) is RequestState.IN_PROGRESS


def test_what_waits_is_resolved_with_the_seconds_it_waited() -> None:
    begun = model.start(order(), HOUSE, NOW).record
    waits = model.block(begun, Wait("A part", NOW + timedelta(days=1)), HOUSE, NOW).record
    done = model.resolve(waits, Resolution("Mended", problem="Leak"), HOUSE, NOW + timedelta(minutes=2)).record
    assert (done.blocked_seconds, done.blocked_at, done.problem, done.resolved_by) == (120, None, "Leak", None)
    assert model.verify(done, HOUSE, NOW).record.state is OrderState.VERIFIED
    again = model.reopen(done, "It leaks", HOUSE, NOW).record
    started = model.start(again, HOUSE, NOW + timedelta(hours=1)).record
    assert (again.reason, started.started_at) == ("It leaks", NOW)
