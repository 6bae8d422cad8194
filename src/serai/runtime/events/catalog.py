"""Every event type once, and the envelope in which it leaves the house."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from serai.kernel.event import EventType
from serai.kernel.ids import encode

PREFIX = "melmastoon."


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row of the journal, as a reader meets it."""

    id: UUID
    type: str
    tenant_id: UUID
    stream: UUID
    position: int
    subject: UUID
    version: int
    data: Mapping[str, Any]
    changes: Mapping[str, Any]
    actor: str
    at: datetime
    correlation: str
    cause: UUID | None


class Catalog:
    """The event types of all slices; a name declared twice is refused."""

    def __init__(self, types: Iterable[EventType] = (), prefix: str = PREFIX) -> None:
        """Index by name; `prefix` stands before it in the `type` of an envelope."""
        self.prefix = prefix
        self._types: dict[str, EventType] = {}
        for one in types:
            if one.name in self._types:
                raise ValueError(f"the event {one.name} is declared twice")
            self._types[one.name] = one

    def __iter__(self) -> Iterator[EventType]:
        """The types by name."""
        return iter(sorted(self._types.values(), key=lambda one: one.name))

    def __getitem__(self, name: str) -> EventType:
        """The type of that name; an undeclared one is a KeyError."""
        return self._types[name]

    def __contains__(self, name: str) -> bool:
        """Whether the name is declared."""
        return name in self._types

    def envelope(self, fact: Incoming) -> dict[str, Any]:
        """The CloudEvents 1.0 envelope of a fact: `data` is the record after it and the names that changed."""
        kind = self[fact.type]
        tenant, stream = encode("ten", fact.tenant_id), encode("prp", fact.stream)
        of_tenant = fact.stream == fact.tenant_id
        return {
            "specversion": "1.0",
            "id": encode("evt", fact.id),
            "source": f"/serai/{tenant}" if of_tenant else f"/serai/{tenant}/{stream}",
            "type": self.prefix + fact.type,
            "subject": encode(kind.subject, fact.subject),
            "time": fact.at.isoformat(),
            "datacontenttype": "application/json",
            "dataschema": f"/contracts/asyncapi.json#/components/schemas/{fact.type}",
            "tenantid": tenant,
            **({} if of_tenant else {"propertyid": stream}),
            "correlationid": fact.correlation,
            **({"causationid": encode("evt", fact.cause)} if fact.cause else {}),
            "actor": fact.actor,
            "sequence": fact.version,
            "data": {**fact.data, "changed": sorted(fact.changes)},
        }
