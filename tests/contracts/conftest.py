"""What the registry tests walk over: all that the house tells of itself."""

from __future__ import annotations

import pytest

from serai.cli.gen import source


@pytest.fixture(scope="session")
def told() -> source.Source:
    """Events, machines, permissions, routes, as the documents are made from them."""
    return source.read()
