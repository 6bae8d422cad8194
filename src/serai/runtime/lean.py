"""Import a library without the optional ones that it would load along."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Generator[None]:
    """Modules of these names are not to be had meanwhile; those that are loaded already stay so."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # Python's own word for "not to be had"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
