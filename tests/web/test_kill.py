"""A phone that is killed loses nothing it called saved."""

from __future__ import annotations

import argparse
import asyncio

import pytest

from campaigns import p11_phone

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def test_what_is_saved_on_a_phone_outlives_its_browser_and_a_restore() -> None:
    found = asyncio.run(p11_phone.run(argparse.Namespace(seed=20261122, rounds=2, restores=1)))
    assert not found["broken"], "\n".join(found["shown"])
    assert (found["kills"], found["lost"], found["twice"]) == (4, 0, 0)
