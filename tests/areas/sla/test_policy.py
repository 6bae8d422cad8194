"""What is promised, and for whom."""

from __future__ import annotations

from uuid import UUID

import pytest

from serai.areas.sla import model
from serai.areas.sla.model import ChangePolicy, EscalationStep, Policy, SetPolicy
from serai.kernel.actor import system
from serai.kernel.errors import Invalid, Stale
from serai.kernel.hours import Hours

HOTEL = UUID(int=7)


def promised(cmd: SetPolicy) -> Policy:
    return model.promise(UUID(int=1), cmd, system(UUID(int=9), "test")).record


def test_a_change_that_changes_nothing_says_nothing() -> None:
    made = promised(SetPolicy(respond_minutes=30))
    same = model.change(made, ChangePolicy(1, {"respond_minutes": 30}))
    assert same.record == made
    assert same.events == ()


def test_a_change_of_what_somebody_changed_meanwhile_is_refused() -> None:
    made = promised(SetPolicy(respond_minutes=30))
    after = model.change(made, ChangePolicy(1, {"respond_minutes": 20})).record
    assert after.version == 2
    with pytest.raises(Stale):
        model.change(after, ChangePolicy(1, {"respond_minutes": 10}))


@pytest.mark.parametrize(
    ("cmd", "pointer"),
    [
        (SetPolicy(), "/respond_minutes"),
        (SetPolicy(respond_minutes=5, steps=(EscalationStep("resolve", 0, raises=True),)), "/steps/0/target"),
        (SetPolicy(respond_minutes=5, steps=(EscalationStep("respond", 0),)), "/steps/0"),
        (SetPolicy(respond_minutes=5, steps=(EscalationStep("respond", 0, raises=True),) * 2), "/steps"),
        (SetPolicy(respond_minutes=5, hours=(Hours((1,), "09:00", "09:00"),)), "/hours/0"),
    ],
)
def test_what_cannot_be_kept_is_not_promised(cmd: SetPolicy, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        promised(cmd)
    assert [one.pointer for one in refused.value.faults] == [pointer]


def test_the_most_particular_promise_holds() -> None:
    anyone = promised(SetPolicy(respond_minutes=100))
    pipes = promised(SetPolicy(category="plumbing", respond_minutes=50))
    here = promised(SetPolicy(property_id=HOTEL, respond_minutes=20))
    elsewhere = promised(SetPolicy(property_id=UUID(int=8), category="plumbing", severity="low", respond_minutes=1))
    all_of_them = [anyone, pipes, here, elsewhere]

    def minutes(*policies: Policy, category: str = "plumbing") -> int | None:
        return model.terms(policies, HOTEL, category, "low", "Asia/Kabul").respond_minutes

    assert minutes(*all_of_them) == 20
    assert minutes(anyone, pipes) == 50
    assert minutes(anyone, pipes, category="hvac") == 100
    assert minutes() == 120
    assert model.terms([], HOTEL, "plumbing", "critical", "Asia/Kabul").respond_minutes == 30
