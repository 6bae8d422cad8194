"""The life of a window, as data."""

from __future__ import annotations

from typing import Any

from serai.areas.blocks import events
from serai.areas.blocks.model.window import LIVE, Window, WindowState
from serai.kernel.actor import Actor
from serai.kernel.machine import Machine, Step
from serai.kernel.text import text

_WAITING = (WindowState.SCHEDULED, WindowState.PENDING)


def _held(window: Any) -> str | None:
    return text("Work orders hold it; it ends when the last of them is done.") if window.holders else None


MACHINE = Machine(
    "window",
    WindowState,
    WindowState.SCHEDULED,
    (
        Step("wait", (WindowState.SCHEDULED,), WindowState.PENDING, "window.manage", events.PENDING.name, door="flow"),
        Step("start", _WAITING, WindowState.ACTIVE, "window.manage", events.STARTED.name, door="flow"),
        Step("force", _WAITING, WindowState.ACTIVE, "window.force", events.STARTED.name),
        Step("complete", (WindowState.ACTIVE,), WindowState.COMPLETED, "window.manage", events.COMPLETED.name,
             (_held,)),
        Step("cancel", _WAITING, WindowState.CANCELLED, "window.manage", events.CANCELLED.name, (_held,)),
    ),
)  # fmt: skip
_BY_ITSELF = frozenset({"wait", "start"})


def allowed(window: Window, actor: Actor) -> tuple[str, ...]:
    """What this actor can do with the window now."""
    steps = MACHINE.open(window, lambda permission: actor.may(permission, window.property_id))
    found = tuple(one for one in steps if one not in _BY_ITSELF)
    may = window.state in LIVE and actor.may("window.manage", window.property_id)
    return (*found, "update") if may else found
