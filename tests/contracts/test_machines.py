"""All machines: each step has decision, command, door, event and permission."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai import assembly
from serai.cli.gen.source import Source
from serai.kernel.errors import IllegalMove
from serai.kernel.machine import Machine, Step
from serai.runtime.db import schema
from serai.runtime.slice import Slice

MACHINES = [(slice_, machine) for slice_ in assembly.SLICES for machine in slice_.machines]
EACH = pytest.mark.parametrize(("slice_", "machine"), MACHINES, ids=[one.name for _, one in MACHINES])
HIGHER = {"turnover", "work_orders"}
"""Areas whose commands are doors to those below them."""
HEARD = {"stay": "hear"}
"""Machines whose moves follow from what was heard of the record, in whatever order: one decision makes them all."""


class Anything:
    """A record in a state; whatever else a guard asks for is None."""

    def __init__(self, state: Any) -> None:
        self.state = state

    def __getattr__(self, name: str) -> None:
        return None


def area(slice_: Slice) -> str:
    return f"serai.areas.{slice_.name}"


def functions(package: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The public functions of a module, or of a package's modules."""
    file = Path(import_module(package).__file__ or "")
    for path in sorted(file.parent.glob("*.py")) if file.name == "__init__.py" else [file]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                yield path.stem, node


def speaks_of(node: ast.AST, name: str) -> bool:
    """Whether the code calls, or hands on, something of that name."""
    return any(
        (isinstance(one, ast.Attribute) and one.attr == name) or (isinstance(one, ast.Name) and one.id == name)
        for one in ast.walk(node)
    )


def decisions(slice_: Slice, name: str) -> list[Any]:
    """The functions of that name in the model that decide."""
    model = import_module(f"{area(slice_)}.model")
    return [one for one in [getattr(model, name, None)] if one and "Decision" in str(get_type_hints(one)["return"])]


@EACH
def test_each_step_is_declared_once_between_states_of_its_own(slice_: Slice, machine: Machine) -> None:
    names = [step.name for step in machine.steps]
    assert len(set(names)) == len(names)
    for step in machine.steps:
        assert {*step.sources, step.to} <= set(machine.states)
        assert step.sources
        assert len(set(step.sources)) == len(step.sources)
    assert machine.initial in machine.states


@EACH
def test_every_state_is_reached_from_the_first_one(slice_: Slice, machine: Machine) -> None:
    reached = {machine.initial}
    for _ in machine.states:
        reached |= {step.to for step in machine.steps if reached & set(step.sources)}
    assert reached == set(machine.states)


@EACH
def test_each_step_publishes_an_event_of_its_slice_and_needs_a_declared_permission(
    slice_: Slice, machine: Machine
) -> None:
    for step in machine.steps:
        assert step.event in {one.name for one in slice_.events}
        assert step.permission in {one.name for one in assembly.permissions()}


@EACH
def test_each_step_has_one_decision_and_one_command_that_takes_it(slice_: Slice, machine: Machine) -> None:
    for step in machine.steps:
        decided = step.name if machine.name not in HEARD or decisions(slice_, step.name) else HEARD[machine.name]
        assert len(decisions(slice_, decided)) == 1, step.name
        commands = [node for _, node in functions(f"{area(slice_)}.service") if speaks_of(node, decided)]
        own = [node for node in commands if node.name == step.name]
        assert len(own) == 1 or (not own and commands), step.name
        assert all(isinstance(node, ast.AsyncFunctionDef) for node in own)


@EACH
def test_each_step_has_its_door(slice_: Slice, machine: Machine, told: Source) -> None:
    for step in machine.steps:
        assert doors_of(step, slice_, machine, told), step.name


def doors_of(step: Step, slice_: Slice, machine: Machine, told: Source) -> list[str]:
    """The routes that are called as the step is, one a face; for a flow or a loop, what calls its command."""
    if step.door == "route":
        ending = f"}}/{step.name.replace('_', '-')}"
        routes = [one for one in told.routes if one.path.endswith(ending) and one.permission == step.permission]
        return [one.name for one in routes]
    decided = {step.name, HEARD.get(machine.name, step.name)}
    commands = [
        node.name for _, node in functions(f"{area(slice_)}.service") if any(speaks_of(node, name) for name in decided)
    ]
    package = "serai.flows" if step.door == "flow" else f"{area(slice_)}.jobs"
    above = [package, *(f"serai.areas.{one.name}.service" for one in assembly.SLICES if one.name in HIGHER)]
    return [name for place in above for _, node in functions(place) for name in commands if speaks_of(node, name)]


@EACH
def test_the_database_knows_the_same_states(slice_: Slice, machine: Machine) -> None:
    schema.load()
    checks = [
        str(getattr(constraint, "sqltext", ""))
        for name in slice_.tables
        for constraint in schema.metadata.tables[f"app.{name}"].constraints
        if "state" in str(getattr(constraint, "sqltext", ""))
    ]
    assert any(all(f"'{state.value}'" in check for state in machine.states) for check in checks)


@given(data=st.data())
def test_no_walk_leaves_any_machine(data: st.DataObject) -> None:
    _, machine = data.draw(st.sampled_from(MACHINES))
    state = machine.initial
    for name in data.draw(st.lists(st.sampled_from([step.name for step in machine.steps]), max_size=20)):
        record = Anything(state)
        if name in machine.open(record):
            state = machine.take(name, record)
        else:
            with pytest.raises(IllegalMove) as refusal:
                machine.take(name, record)
            assert refusal.value.more["allowed"] == list(machine.open(record))
        assert state in machine.states


def test_the_machines_are_found() -> None:
    assert {machine.name for _, machine in MACHINES} >= {"stay", "task"}
    assert all(inspect.isclass(machine.states) for _, machine in MACHINES)
