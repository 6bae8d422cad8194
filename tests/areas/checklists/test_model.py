"""Checklist templates and the answers to their copies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from serai.areas.checklists import model
from serai.areas.checklists.model import ChangeTemplate, CreateTemplate, Item, Kind, Template
from serai.kernel.actor import system
from serai.kernel.errors import Invalid, Stale

TENANT, PROPERTY = UUID(int=1), UUID(int=2)
ITEMS = (
    Item("bed", "Bed made", Kind.YES_NO),
    Item("fridge", "Fridge", Kind.NUMBER, low=2, high=8, unit="°C"),
    Item("remark", "Remark", Kind.TEXT, required=False),
    Item("smell", "Smell", Kind.CHOICE, choices=("fresh", "stale")),
)


def template(items: tuple[Item, ...] = ITEMS) -> Template:
    cmd = CreateTemplate(PROPERTY, "Check-out", "checkout_cleaning", items)
    return model.create(UUID(int=3), cmd, system(TENANT, "test")).record


def test_a_copy_has_the_items_and_no_answers() -> None:
    lines = model.copy(template())
    assert [one.key for one in lines] == ["bed", "fridge", "remark", "smell"]
    assert [one.pointer for one in model.unanswered(lines)] == [
        "/checklist/bed", "/checklist/fridge", "/checklist/smell",
    ]  # fmt: skip
    assert model.copy(None) == ()


def test_answers_are_kept_and_taken_back() -> None:
    lines = model.answer(model.copy(template()), {"bed": False, "fridge": 4, "remark": "ok", "smell": "fresh"})
    assert [one.answer for one in lines] == [False, 4, "ok", "fresh"]
    assert model.unanswered(lines) == []
    assert model.answer(lines, {"bed": None})[0].answer is None


@pytest.mark.parametrize(("found", "outside"), [(1.9, True), (2, False), (8, False), (8.1, True), (None, False)])
def test_a_number_beyond_its_limits_is_kept_and_marked(found: float | None, outside: bool) -> None:  # noqa: FBT001
    [line] = [one for one in model.answer(model.copy(template()), {"fridge": found}) if one.key == "fridge"]
    assert (line.answer, line.outside) == (found, outside)


@pytest.mark.parametrize(
    "answers",
    [{"bed": "yes"}, {"bed": 1}, {"fridge": "4"}, {"fridge": True}, {"fridge": float("nan")}, {"remark": 4},
     {"remark": "x" * 2001}, {"smell": "awful"}, {"minibar": True}],
)  # fmt: skip
def test_an_answer_of_the_wrong_kind_or_to_nothing_is_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        model.answer(model.copy(template()), answers)
    assert refusal.value.faults[0].pointer == f"/checklist/{next(iter(answers))}"


@pytest.mark.parametrize(
    "items",
    [
        (),
        (ITEMS[0], ITEMS[0]),
        (Item("a", "A", Kind.CHOICE),),
        (Item("a", "A", Kind.TEXT, choices=("x",)),),
        (Item("a", "A", Kind.NUMBER, low=3, high=2),),
        (Item("a", "A", Kind.TEXT, low=3),),
    ],
)
def test_items_that_nobody_can_answer_are_refused(items: tuple[Item, ...]) -> None:
    with pytest.raises(Invalid):
        template(items)


def test_a_change_needs_the_version_read_and_tells_what_differs() -> None:
    made = template()
    with pytest.raises(Stale):
        model.change(made, ChangeTemplate(7))
    assert not model.change(made, ChangeTemplate(1, {"name": made.name})).changed
    rested = model.change(made, ChangeTemplate(1, {"active": False}))
    assert (rested.record.version, rested.events[0].changes) == (2, {"active": (True, False)})
    assert rested.events[0].data.items[1]["high"] == 8
