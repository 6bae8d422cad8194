"""A slice of each campaign: `make campaign` runs them for longer."""

from __future__ import annotations

import argparse
import asyncio
from types import ModuleType

import pytest

from campaigns import m3_requests, m6_repeats
from tests.brokers.conftest import answers

pytestmark = pytest.mark.slow
SLICES: dict[str, tuple[ModuleType, str]] = {
    "requests at random": (m3_requests, "--requests 10000"),
    "copies by every way in": (m6_repeats, "--events 300 --copies 10"),
}


@pytest.mark.parametrize("what", SLICES)
def test_a_slice_of_the_campaign_breaks_nothing(what: str) -> None:
    module, words = SLICES[what]
    if module is m6_repeats and not all([answers("rabbitmq"), answers("redis")]):
        pytest.skip("a broker does not answer")
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20261121)
    module.options(parser)
    found = asyncio.run(module.run(parser.parse_args(words.split())))
    assert not found["broken"], "\n".join(found["shown"])
