"""The rings of the tests: whoever asks for a database is marked `integration`."""

from __future__ import annotations

import pytest

SERVERS = frozenset({"server", "fresh_server", "admin_url"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by fixture, so that `make test-fast` needs no list kept by hand."""
    for item in items:
        if SERVERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.integration)
