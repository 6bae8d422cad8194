"""The words that people meet in the product stand in the glossary."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from serai.access.identity.roles import Role
from serai.areas.housekeeping.model import Level, TaskState, TaskType
from serai.areas.spaces.model import Condition, GuestService, Occupancy
from serai.areas.stays.model import State
from serai.runtime.events.inbox import Status

TEXT = (Path(__file__).resolve().parents[2] / "docs/glossary.md").read_text(encoding="utf-8").casefold()
PLAIN = TEXT.replace("-", " ")


@pytest.mark.parametrize("words", [Role, TaskType, TaskState, Level, Occupancy, Condition, GuestService, State, Status])
def test_every_value_that_people_see_is_explained(words: type[StrEnum]) -> None:
    missing = [one for one in words if one.replace("_", " ") not in PLAIN]
    assert not missing


def test_a_word_names_what_it_replaces() -> None:
    entries = [line for line in TEXT.splitlines() if line.startswith("**")]
    assert len(entries) > 100
    assert not [entry for entry in entries if " → " not in entry]
