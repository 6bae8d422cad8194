"""Two companies, a platform, and signed-in people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from serai.access.identity.gate import gate
from serai.runtime.work import House
from tests.access.making import Company, company


@pytest.fixture
async def sun(house: House) -> Company:
    """A company."""
    return await company(house, "sun")


@pytest.fixture
async def moon(house: House) -> Company:
    """Another company."""
    return await company(house, "moon")


class Timer:
    """The seconds that a process has counted."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def timer(house: House) -> Iterator[Timer]:
    """The timer of the gate's belief, moved by the test."""
    door, timer = gate(house), Timer()
    before, door._timer = door._timer, timer
    yield timer
    door._timer = before
