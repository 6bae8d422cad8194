"""What a live channel says, and how a place in a stream is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from serai.kernel.ids import BadId, decode, encode

WELCOME, HEAD, POSITION, RESYNC, BYE = "welcome", "head", "position", "resync", "bye"
"""The names beside those of events: at the beginning, every 30 s, past what is withheld, start anew, the end."""
MOST_CURSORS = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stream or a reader of it stands; another epoch means that the stream was restored since."""

    epoch: int
    position: int


def stream_name(tenant_id: UUID, stream: UUID) -> str:
    """The stream as clients know it: a property, or the company itself."""
    return encode("ten" if stream == tenant_id else "prp", stream)


def standing(tenant_id: UUID, places: Mapping[UUID, Place]) -> list[dict[str, Any]]:
    """Streams and where they stand."""
    return [
        {"stream": stream_name(tenant_id, stream), "epoch": one.epoch, "position": one.position}
        for stream, one in places.items()
    ]


def cursors(given: Any) -> dict[UUID, Place]:
    """The places from which a client wants to go on; what cannot be read is left out, and begins at the head."""
    found: dict[UUID, Place] = {}
    if not isinstance(given, list):
        return found
    for one in cast("list[Any]", given)[:MOST_CURSORS]:
        if not isinstance(one, dict):
            continue
        said = cast("dict[str, Any]", one)
        stream, epoch, position = said.get("stream"), said.get("epoch"), said.get("position")
        if isinstance(stream, str) and type(epoch) is int and type(position) is int and position >= 0:
            try:
                found[decode(stream[:3], stream)] = Place(epoch, position)
            except BadId:
                continue
    return found
