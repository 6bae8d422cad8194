"""The rings of the tests: whoever asks for a database is marked `integration`."""

from __future__ import annotations

import os

import pytest

SERVERS = frozenset({"server", "fresh_server", "admin_url"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by fixture, so that `make test-fast` needs no list kept by hand.

    On a server that is not ours run those alone that ask for one.
    """
    asking, others = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        (asking if SERVERS & set(getattr(item, "fixturenames", ())) else others).append(item)
    for item in asking:
        item.add_marker(pytest.mark.integration)
    if "SERAI_TEST_ADMIN" in os.environ:
        config.hook.pytest_deselected(items=others)
        items[:] = asking
