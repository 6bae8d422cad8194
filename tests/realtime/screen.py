"""A screen: a snapshot by HTTP, and what is heard afterwards folded into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

LISTS = {"tsk": "/tasks", "sty": "/stays", "spc": "/spaces", "prp": "/properties"}
"""The records that the live channel carries, and where a fresh snapshot of them is."""
ASKED_NOT_TOLD = {
    "version": "the envelope's `sequence`",
    "allowed_actions": "each caller has his own",
    "priority": "moves with the clock and tells nobody",
    "priority_level": "as `priority`",
    "priority_parts": "as `priority`",
    "guest_name": "a guest's name leaves the house by no event",
}
"""What a snapshot says and an event does not, each with its reason."""
Record = dict[str, Any]


@dataclass
class Screen:
    """All records of a hotel by id, each with its version."""

    http: httpx.AsyncClient
    headers: dict[str, str]
    property_id: str
    records: dict[str, tuple[int, Record]] = field(default_factory=dict[str, tuple[int, Record]])

    async def load(self) -> None:
        """A fresh snapshot."""
        for path in LISTS.values():
            after: str | None = None
            while True:
                asked = {"limit": "200"} if path == "/properties" else {"property_id": self.property_id, "limit": "200"}
                answer = await self.http.get(
                    path, params={**asked, **({"cursor": after} if after else {})}, headers=self.headers
                )
                assert answer.status_code == 200, answer.text
                for one in answer.json()["items"]:
                    self._keep(one["id"], one["version"], one)
                if (after := answer.json()["next_cursor"]) is None:
                    break

    def fold(self, events: list[Record]) -> None:
        """Take what was heard; what the snapshot held already is passed over."""
        for event in events:
            if event["subject"].partition("_")[0] in LISTS:
                known, _ = self.records.get(event["subject"], (0, {}))
                if event["sequence"] > known:
                    self._keep(event["subject"], event["sequence"], event["data"])

    def _keep(self, key: str, version: int, record: Record) -> None:
        self.records[key] = (version, {name: one for name, one in record.items() if name not in ASKED_NOT_TOLD})

    def differs(self, fresh: Screen) -> list[str]:
        """Where this screen does not show what a fresh snapshot does."""
        found = [f"only one has {key}" for key in self.records.keys() ^ fresh.records.keys()]
        for key in self.records.keys() & fresh.records.keys():
            (version, mine), (newest, asked) = self.records[key], fresh.records[key]
            if version != newest:
                found.append(f"{key}: version {version} is not {newest}")
            found += [
                f"{key} {name}: {mine.get(name)!r} is not {one!r}"
                for name, one in asked.items()
                if name not in mine or mine[name] != one
            ]
        return found
