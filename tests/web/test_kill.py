"""A phone that is killed loses nothing it called saved."""

from __future__ import annotations

import argparse
import asyncio

import pytest

from campaigns import p11_phone
from campaigns.shift import Gone, Shift

pytestmark = [pytest.mark.integration, pytest.mark.slow]


ONE = argparse.Namespace(seed=20261122, rounds=2, restores=1)


def test_what_is_saved_on_a_phone_outlives_its_browser_and_a_restore() -> None:
    found = asyncio.run(p11_phone.run(ONE))
    assert not found["broken"], "\n".join(found["shown"])
    assert (found["kills"], found["lost"], found["twice"]) == (4, 0, 0)


def test_a_shift_in_which_nothing_is_done_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(*_: object) -> None:
        raise Gone

    monkeypatch.setattr(Shift, "work", work)
    found = asyncio.run(p11_phone.run(ONE))
    assert found["shown"] == ["nothing was called saved", "nothing was sent again"]
