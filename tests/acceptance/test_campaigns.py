"""A slice of each campaign: `make campaign` runs them for longer."""

from __future__ import annotations

import argparse
import asyncio
from types import ModuleType

import pytest

from campaigns import m1_kills, m1b_postgres, m2_absence, m3_requests, m6_repeats, m7_restore, m10_rolling
from tests.brokers.conftest import answers

pytestmark = pytest.mark.slow
SLICES: dict[str, tuple[ModuleType, str]] = {
    "ids of others": (m2_absence, "--routes 0"),
    "requests at random": (m3_requests, "--requests 10000"),
    "copies by every way in": (m6_repeats, "--events 300 --copies 10"),
    "kill -9 of web and worker": (m1_kills, "--kills 60"),
    "PostgreSQL killed and restarted": (m1b_postgres, "--kills 6"),
    "a disk that is lost": (m7_restore, "--tasks 500 --seconds 2"),
    "a rolling restart": (m10_rolling, "--restarts 6"),
}


@pytest.mark.parametrize("what", SLICES)
def test_a_slice_of_the_campaign_breaks_nothing(what: str) -> None:
    module, words = SLICES[what]
    if module in {m1_kills, m6_repeats} and not all([answers("rabbitmq"), answers("redis")]):
        pytest.skip("a broker does not answer")
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20261121)
    module.options(parser)
    found = asyncio.run(module.run(parser.parse_args(words.split())))
    assert not found["broken"], "\n".join(found["shown"])


def test_a_program_that_publishes_too_late_is_noticed() -> None:
    if not answers("rabbitmq"):
        pytest.skip("RabbitMQ does not answer")
    words = argparse.Namespace(seed=2, kills=120, rooms=6, mutant="cursor_first")
    assert asyncio.run(m1_kills.run(words))["broken"]
