"""The commands and questions about tasks."""

from __future__ import annotations

from serai.areas.housekeeping.service.assigning import (
    AutoAssign,
    Given,
    Outcome,
    assign,
    auto_assign,
    bulk_assign,
    release_of,
)
from serai.areas.housekeeping.service.following import cancel_for_stay, move_for_stay, rescore, rescore_room
from serai.areas.housekeeping.service.judging import complete, inspect_room, reject, verify
from serai.areas.housekeeping.service.making import create_task, make_task
from serai.areas.housekeeping.service.reading import (
    Filter,
    Listed,
    Wanted,
    get_task,
    list_tasks,
    load_tasks,
    task_of_origin,
)
from serai.areas.housekeeping.service.working import (
    ask_help,
    cancel,
    delay,
    finish,
    mark_delayed,
    open_cleaning,
    pause,
    refuse,
    resume,
    start,
    update,
)

__all__ = [
    "AutoAssign",
    "Filter",
    "Given",
    "Listed",
    "Outcome",
    "Wanted",
    "ask_help",
    "assign",
    "auto_assign",
    "bulk_assign",
    "cancel",
    "cancel_for_stay",
    "complete",
    "create_task",
    "delay",
    "finish",
    "get_task",
    "inspect_room",
    "list_tasks",
    "load_tasks",
    "make_task",
    "mark_delayed",
    "move_for_stay",
    "open_cleaning",
    "pause",
    "refuse",
    "reject",
    "release_of",
    "rescore",
    "rescore_room",
    "resume",
    "start",
    "task_of_origin",
    "update",
    "verify",
]
