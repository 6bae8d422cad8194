"""What the web app must not type twice: permissions, events, moves of machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

PATH = "web/src/api/house.ts"
_HEAD = "/** Made by `serai gen` from the server's code; not to be changed by hand. */\n"


def house(permissions: Iterable[str], events: Iterable[str], machines: Iterable[Mapping[str, Any]]) -> str:
    """The TypeScript module: a move without a button, or an event without a name, does not compile."""
    moves = "\n".join(
        f"  {one['name']}: {{ {', '.join(f'{state}: {_list(_open(one, state))}' for state in one['states'])} }},"
        for one in machines
    )
    return (
        f"{_HEAD}\nexport type Permission =\n{_union(permissions)}\n\nexport type EventName =\n{_union(events)}\n\n"
        f"/** Of each machine and state: the moves that somebody may ask for. */\n"
        f"export const MOVES = {{\n{moves}\n}} as const satisfies Record<string, Record<string, readonly string[]>>\n"
    )


def _open(machine: Mapping[str, Any], state: str) -> list[str]:
    return [one["name"] for one in machine["steps"] if one["door"] == "route" and state in one["from"]]


def _union(names: Iterable[str]) -> str:
    return "\n".join(f"  | '{name}'" for name in sorted(names))


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(repr(name) for name in names)}]"
