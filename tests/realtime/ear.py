"""Somebody who listens to the live channel and notices every gap."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import socketio

PATIENCE = 60
"""Seconds."""


class Ear:
    """What one client hears; a frame that does not follow the last one of its stream is a failure."""

    def __init__(self) -> None:
        """Not connected."""
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.places: dict[str, tuple[int, int]] = {}
        self.gaps: list[str] = []
        self.refused: Any = None
        self.client = socketio.AsyncClient(reconnection=False)
        self.client.on("*", self._take)
        self.client.on("connect_error", self._refusal)

    async def connect(self, url: str, token: str, headers: dict[str, str] | None = None, **auth: object) -> None:
        """Connect by websocket, with the token where it belongs."""
        await self.client.connect(
            url, headers or {}, {"token": token, **auth}, transports=["websocket"], wait_timeout=PATIENCE
        )
        await self.until(lambda: bool(self.named("welcome")))

    async def hang_up(self) -> None:
        """Go."""
        await self.client.disconnect()

    @property
    def events(self) -> list[dict[str, Any]]:
        """The envelopes, in the order of their coming."""
        return [content["event"] for _, content in self.heard if "event" in content]

    @property
    def cursors(self) -> list[dict[str, Any]]:
        """Where to go on."""
        return [{"stream": name, "epoch": epoch, "position": at} for name, (epoch, at) in self.places.items()]

    def named(self, name: str) -> list[dict[str, Any]]:
        """What came under a name."""
        return [content for one, content in self.heard if one == name]

    async def until(self, so: Callable[[], bool]) -> None:
        """Wait for it."""
        async with asyncio.timeout(PATIENCE):
            while not so():
                await asyncio.sleep(0.01)

    def _refusal(self, told: Any) -> None:
        self.refused = told

    async def _take(self, name: str, content: dict[str, Any]) -> None:
        self.heard.append((name, content))
        if name == "welcome" and self.places:
            return  # we go on from our own places
        if name in {"welcome", "resync"}:
            self.places |= {one["stream"]: (one["epoch"], one["position"]) for one in content["streams"]}
        elif name == "head":
            for one in content["streams"]:
                if self.places[one["stream"]] != (one["epoch"], one["position"]):
                    self.gaps.append(f"head {one}, we are at {self.places[one['stream']]}")
        elif "after" in content:
            epoch, at = self.places[content["stream"]]
            if content["after"] != at or content["position"] <= at:
                self.gaps.append(f"{name}: {content['after']}-{content['position']} while we are at {at}")
            self.places[content["stream"]] = (epoch, content["position"])
