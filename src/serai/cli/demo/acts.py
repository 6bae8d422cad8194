"""What was done in the demo's hotel, and when."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

Acts = list[tuple[float, Callable[[], Awaitable[None]]]]
"""How many minutes ago, and what."""
