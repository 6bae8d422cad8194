"""Answers kept until their stream moves."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import UUID

import pytest

from serai.views import kept as module
from serai.views.day import Mark
from serai.views.kept import Kept, Shown

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)


def mark(position: int, day: date = TODAY, epoch: int = 1) -> tuple[Mark, ...]:
    return (Mark(UUID(int=1), epoch, position, day),)


class Maker:
    """Counts how often an answer was made."""

    def __init__(self) -> None:
        self.made = 0

    async def __call__(self) -> Shown:
        self.made += 1
        await asyncio.sleep(0)
        return Shown(str(self.made).encode())


async def test_an_answer_is_made_once_for_all_who_ask_at_a_time() -> None:
    kept, make = Kept(), Maker()
    answers = await asyncio.gather(*(kept.get("board", mark(7), make) for _ in range(20)))
    assert make.made == 1
    assert {one.body for one in answers} == {b"1"}


async def test_it_is_made_anew_when_the_stream_the_date_or_the_epoch_moved() -> None:
    kept, make = Kept(), Maker()
    for marks in (mark(7), mark(8), mark(8, TOMORROW), mark(3, TOMORROW, epoch=2)):
        await kept.get("board", marks, make)
        await kept.get("board", marks, make)
    assert make.made == 4


async def test_what_was_read_later_is_good_enough_for_who_asked_earlier() -> None:
    kept, make = Kept(), Maker()
    await kept.get("board", mark(8), make)
    await kept.get("board", mark(7), make)
    assert make.made == 1


async def test_other_properties_are_another_answer() -> None:
    kept, make = Kept(), Maker()
    await kept.get("summary", mark(7), make)
    await kept.get("summary", (*mark(7), Mark(UUID(int=2), 1, 7, TODAY)), make)
    assert make.made == 2


async def test_what_no_stream_tells_of_is_late_by_seconds_only(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, make = Kept(), Maker()
    await kept.get("board", mark(7), make)
    monkeypatch.setattr(module, "OLDEST", -1.0)
    await kept.get("board", mark(7), make)
    assert make.made == 2


async def test_only_so_many_answers_are_kept() -> None:
    kept, make = Kept(most=2), Maker()
    for key in ("one", "two", "three", "one"):
        await kept.get(key, mark(7), make)
    assert make.made == 4
