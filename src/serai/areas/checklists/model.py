"""Checklist templates, and answers to the copies that tasks take of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from serai.areas.checklists import events
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid, Stale
from serai.kernel.event import Event, changes
from serai.kernel.ids import encode
from serai.kernel.text import text

LONGEST_ANSWER: Final = 2_000
MOST_ITEMS: Final = 100


class Kind(StrEnum):
    """What kind of answer an item takes."""

    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. `low` and `high` are the limits of a number, `choices` the words of a choice."""

    key: str
    label: str
    kind: Kind
    required: bool = True
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An item in a task's copy, with its answer; `outside` says that a number is beyond its limits."""

    key: str
    label: str
    kind: Kind
    required: bool
    low: float | None
    high: float | None
    unit: str | None
    choices: tuple[str, ...]
    answer: Any = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """What is looked at during one type of task in one property."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    name: str
    task_type: str
    items: tuple[Item, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class CreateTemplate:
    """A new template, for one type of task."""

    property_id: UUID
    name: str
    task_type: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ChangeTemplate:
    """The fields to change, by name (name, items, active), and the version they were read at."""

    version: int
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])


def create(template_id: UUID, cmd: CreateTemplate, actor: Actor) -> Decision[Template]:
    """A new template; items that nobody can answer are refused."""
    made = Template(template_id, actor.tenant_id, cmd.property_id, 1, cmd.name, cmd.task_type, cmd.items, active=True)
    _check(made.items)
    return Decision(made, (_event(events.CREATED, None, made),))


def change(template: Template, cmd: ChangeTemplate) -> Decision[Template]:
    """The template as changed; copies in tasks stay as they are. A change meanwhile by somebody else is refused."""
    if template.version != cmd.version:
        raise Stale
    after = replace(template, **cmd.fields)
    _check(after.items)
    if after == template:
        return Decision(template)
    after = replace(after, version=template.version + 1)
    return Decision(after, (_event(events.UPDATED, template, after),))


def copy(template: Template | None) -> tuple[Line, ...]:
    """The lines that a task takes from a template; none without one."""
    items = template.items if template else ()
    return tuple(
        Line(one.key, one.label, one.kind, one.required, one.low, one.high, one.unit, one.choices) for one in items
    )


def answer(lines: tuple[Line, ...], answers: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines with answers by key (None takes one back). Unknown keys and answers of the wrong kind are refused.

    A number beyond its limits is kept and marked: it is what was found.
    """
    known = {one.key: one for one in lines}
    faults = [Fault(f"/checklist/{key}", "is not on this checklist") for key in answers if key not in known]
    faults += [
        Fault(f"/checklist/{key}", wrong)
        for key, value in answers.items()
        if key in known and value is not None and (wrong := _wrong(known[key], value))
    ]
    if faults:
        raise Invalid(faults=faults)
    return tuple(
        replace(one, answer=answers[one.key], outside=_outside(one, answers[one.key])) if one.key in answers else one
        for one in lines
    )


def unanswered(lines: Iterable[Line]) -> list[Fault]:
    """The required lines that have no answer yet."""
    return [Fault(f"/checklist/{one.key}", "needs an answer") for one in lines if one.required and one.answer is None]


def data(template: Template) -> events.TemplateData:
    """The public record of a template."""
    items = [
        {
            "key": one.key, "label": one.label, "kind": one.kind.value, "required": one.required,
            "low": one.low, "high": one.high, "unit": one.unit, "choices": list(one.choices),
        }
        for one in template.items
    ]  # fmt: skip
    return events.TemplateData(
        encode("chk", template.id), encode("prp", template.property_id), template.name, template.task_type,
        items, template.active,
    )  # fmt: skip


def _event(kind: Any, before: Template | None, after: Template) -> Event:
    return Event(kind, after.property_id, after.id, after.version, data(after), changes(before, after))


def _check(items: tuple[Item, ...]) -> None:
    faults: list[Fault] = []
    if not 1 <= len(items) <= MOST_ITEMS:
        faults.append(Fault("/items", text("1 to {most} items", most=MOST_ITEMS)))
    keys = [one.key for one in items]
    for place, one in enumerate(items):
        if one.key in keys[:place]:
            faults.append(Fault(f"/items/{place}/key", "is there twice"))
        if (one.kind is Kind.CHOICE) != bool(one.choices):
            faults.append(Fault(f"/items/{place}/choices", "belong to a choice, and to nothing else"))
        if one.low is not None and one.high is not None and one.low > one.high:
            faults.append(Fault(f"/items/{place}/high", "is below the low limit"))
        if one.kind is not Kind.NUMBER and (one.low is not None or one.high is not None):
            faults.append(Fault(f"/items/{place}/low", "limits belong to a number"))
    if faults:
        raise Invalid(faults=faults)


def _wrong(line: Line, value: Any) -> str | None:
    if line.kind is Kind.YES_NO:
        return None if isinstance(value, bool) else text("is yes or no: true or false")
    if line.kind is Kind.NUMBER:
        return None if _is_number(value) else text("is a number")
    if line.kind is Kind.CHOICE:
        return None if value in line.choices else text("is one of: {choices}", choices=line.choices)
    sound = isinstance(value, str) and len(value) <= LONGEST_ANSWER
    return None if sound else text("is a text of at most {most} characters", most=LONGEST_ANSWER)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _outside(line: Line, value: Any) -> bool:
    if line.kind is not Kind.NUMBER or value is None:
        return False
    return (line.low is not None and value < line.low) or (line.high is not None and value > line.high)
