"""What becomes of a work order, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from serai.areas.costs.model import CostKind, CostSum
from serai.areas.sla.model import EscalationStep, Terms
from serai.areas.work_orders import events, model
from serai.areas.work_orders.model import (
    ChangeOrder,
    CreateOrder,
    Link,
    LinkKind,
    OrderState,
    Relocation,
    ReportAgain,
    RequestState,
    Resolution,
    Severity,
    Standing,
    Target,
    Technician,
    Triage,
    Wait,
    Worked,
    WorkOrder,
)
from serai.areas.work_orders.model.decide import MOST_REPORTS
from serai.areas.work_orders.model.diary import MOST_LINKS
from serai.kernel.actor import Actor, system
from serai.kernel.errors import Conflict, Invalid, Stale
from serai.kernel.ids import new_id

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUSE: Actor = system(new_id(), "house")


def order(**more: object) -> WorkOrder:
    """An open one."""
    made = model.create(
        new_id(), 7, CreateOrder(new_id(), "It drips"), None, Terms("Asia/Kabul", resolve_minutes=60), HOUSE, NOW
    ).record
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


def test_minutes_are_somebodys_and_a_slip_is_taken_back_once() -> None:
    with pytest.raises(Invalid) as refused:
        model.work(order(), new_id(), Worked(5), HOUSE, NOW)
    assert [one.pointer for one in refused.value.faults] == ["/staff_id"]
    entry = model.work(order(), new_id(), Worked(5, new_id()), HOUSE, NOW)
    worked = model.cost(order(), (CostSum(CostKind.LABOUR, "5.00", "AFN"),), NOW, minutes=entry.minutes).record
    assert (worked.labour_minutes, worked.costs[0].amount) == (5, "5.00")
    assert (model.void(entry, NOW).voided_at, model.cost(worked, (), NOW, minutes=-5).record.labour_minutes) == (NOW, 0)
    with pytest.raises(Conflict):
        model.charged(replace(order(), state=OrderState.CANCELLED))


def test_who_is_there_can_do_it_and_has_least_to_do_comes_first() -> None:
    far, other, busy, free, unknown = (
        Technician(new_id(), "Ali", on_shift=False, skills=frozenset({"plumbing"}), open_minutes=0),
        Technician(new_id(), "Bea", on_shift=True, skills=frozenset({"hvac"}), open_minutes=0),
        Technician(new_id(), "Cem", on_shift=True, skills=frozenset({"plumbing"}), open_minutes=90),
        Technician(new_id(), "Dan", on_shift=True, skills=frozenset({"plumbing"}), open_minutes=0),
        Technician(new_id(), "Eve", on_shift=None, skills=None, open_minutes=30),
    )
    found = model.hints([far, other, busy, free, unknown], "plumbing")
    assert [one.name for one in found] == ["Dan", "Cem", "Eve", "Bea", "Ali"]
    assert [one.fits for one in found] == [True, True, True, False, False]
    assert found[1].reasons == ("On shift.", "Has the skill plumbing.", "90 minutes of open work.")
    assert found[3].reasons == ("On shift.", "Has other skills than plumbing.", "Has nothing else to do.")


def test_an_order_has_so_many_links_and_no_more() -> None:
    one = order()
    for n in range(MOST_LINKS):
        one = model.link(one, Link(LinkKind.RELATED, f"mnt_{n}"), NOW).record
    assert not model.link(one, Link(LinkKind.RELATED, "mnt_0"), NOW).changed
    with pytest.raises(Conflict):
        model.link(one, Link(LinkKind.BLOCKS, "mnt_0"), NOW)


def test_a_guest_is_told_to_move_once() -> None:
    first = model.relocate(order(), [Relocation("sty_1", "B-1")], NOW)
    assert first.events[0].type is events.RELOCATION_REQUIRED
    assert not model.relocate(first.record, [Relocation("sty_1", "B-1")], NOW).changed
    blocked = model.note_block(first.record, NOW)
    assert not model.note_block(blocked.record, NOW + timedelta(hours=1)).changed


def test_a_promise_that_is_broken_says_so_before_and_after_it_was_told() -> None:
    one = order()
    late = NOW + timedelta(minutes=61)
    assert model.explain(one, Target.RESOLVE, late).standing is Standing.BREACHED
    warned = model.tick(one, late)
    told = model.tick(warned.record, late)
    assert [event.type for event in (*warned.events, *told.events)] == [events.SLA_WARNING, events.SLA_BREACHED]
    assert not model.tick(told.record, late).changed
    assert model.explain(told.record, Target.RESOLVE, late).standing is Standing.BREACHED
    assert model.explain(one, Target.RESPOND, NOW).standing is Standing.RUNNING
    assert [one.length for one in model.explain(told.record, Target.RESOLVE, late).lines] == [timedelta(minutes=60)]
    assert model.explain(replace(one, terms=Terms("UTC", None)), Target.RESPOND, late).lines == ()


def test_steps_follow_a_broken_promise_once_each_and_not_after_it_was_met() -> None:
    steps = (
        EscalationStep("resolve", 0, tells="venue_admin"),
        EscalationStep("resolve", 30, raises=True),
        EscalationStep("respond", 5, reassigns=True),
    )
    one = replace(order(severity=Severity.CRITICAL), terms=Terms("UTC", 20, 60, steps=steps))
    late = NOW + timedelta(minutes=91)
    seen: list[str] = []
    while (decision := model.tick(one, late)).changed:
        one = decision.record
        seen.append(decision.events[0].type.name.split(".")[2])
    assert seen == ["sla_warning", "sla_breached", "escalated", "sla_warning", "sla_breached", "escalated", "escalated"]
    assert one.escalated == ("respond+5", "resolve+0", "resolve+30")
    assert (one.escalated_to, one.escalation_level, one.severity) == ("venue_admin", 3, Severity.CRITICAL)
    assert one.reason == "Late by 30 minutes (resolve)."
    answered = replace(order(), terms=Terms("UTC", 20, None, steps=steps[2:]), responded_at=NOW)
    assert not model.tick(answered, late).changed
    standing = replace(order(), terms=Terms("UTC", None, None, steps=steps[:1]))
    assert not model.tick(standing, late).changed, "what is not promised is not broken"


def test_what_falls_due_while_nothing_is_due_moves_on() -> None:
    one = order(sla_at=NOW)
    assert not model.tick(one, NOW).changed
    assert model.timed(one).sla_at == NOW + timedelta(minutes=48)


def test_what_may_be_promised_otherwise_is_looked_at_first_and_nobody_hears_of_the_same() -> None:
    doubted = replace(order(), terms_old=True)
    given = model.assign(doubted, new_id(), HOUSE, NOW).record
    assert (given.terms_old, given.sla_at) == (True, given.reported_at)
    assert model.timed(replace(doubted, state=OrderState.RESOLVED, resolved_at=NOW)).sla_at is None
    same = model.retime(given, given.terms, NOW)
    assert (same.changed, same.record.terms_old, same.record.sla_at) == (False, False, NOW + timedelta(minutes=48))
    other = model.retime(given, Terms("Asia/Kabul", 30), NOW)
    assert (other.changed, other.record.terms_old, other.record.version) == (True, False, given.version + 1)
