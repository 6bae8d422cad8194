"""Who acts: a person, a key or the house itself, and what it may do where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from serai.kernel.errors import NotFound, lacking


class ActorKind(StrEnum):
    """The kinds of actor."""

    STAFF = "staff"
    API_KEY = "api_key"
    SYSTEM = "system"


class Held(Protocol):
    """What somebody may have: a task or an order, or its line in a list."""

    @property
    def property_id(self) -> UUID:
        """Where it is."""
        ...

    @property
    def assignee_id(self) -> UUID | None:
        """Who has it."""
        ...


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor in one tenant. `grants` maps a property (None: every property) to permissions."""

    tenant_id: UUID
    kind: ActorKind
    id: UUID | None
    name: str
    roles: frozenset[str] = frozenset()
    grants: Mapping[UUID | None, frozenset[str]] = field(default_factory=dict[UUID | None, frozenset[str]])

    def sees(self, property_id: UUID) -> bool:
        """Whether the property exists for this actor at all."""
        return self.kind is ActorKind.SYSTEM or None in self.grants or property_id in self.grants

    def may(self, permission: str, property_id: UUID | None = None) -> bool:
        """Whether this actor may do this there; without a property, anywhere at all."""
        if self.kind is ActorKind.SYSTEM:
            return True
        if property_id is None:
            return any(permission in granted for granted in self.grants.values())
        return permission in self.grants.get(None, ()) or permission in self.grants.get(property_id, ())

    def rights(self, property_id: UUID) -> frozenset[str]:
        """All that was granted to this actor there; the house itself needs no grants."""
        return self.grants.get(None, frozenset()) | self.grants.get(property_id, frozenset())

    def need(self, permission: str, property_id: UUID) -> None:
        """Refuse as absent what is outside the actor's properties, as forbidden what is not permitted."""
        if not self.sees(property_id):
            raise NotFound
        if not self.may(permission, property_id):
            raise lacking(permission)

    def works_on(self, held: Held, gives: str) -> bool:
        """Whether the work is this actor's: nobody's, their own, or they give such out (the permission `gives`)."""
        return (
            self.kind is not ActorKind.STAFF or held.assignee_id in {None, self.id} or self.may(gives, held.property_id)
        )

    def properties(self) -> tuple[UUID, ...] | None:
        """The properties this actor sees; None means all of the tenant."""
        if self.kind is ActorKind.SYSTEM or None in self.grants:
            return None
        return tuple(sorted(one for one in self.grants if one is not None))

    def where(self, permission: str) -> tuple[UUID, ...] | None:
        """The properties in which this actor has the permission; None means all of the tenant."""
        if self.kind is ActorKind.SYSTEM or permission in self.grants.get(None, ()):
            return None
        return tuple(sorted(one for one in self.grants if one is not None and permission in self.grants[one]))

    def places(self, permission: str, property_id: UUID | None = None) -> list[UUID] | None:
        """Where a list may look: in the property asked for, if `need` lets it, else wherever it is permitted."""
        if property_id is not None:
            self.need(permission, property_id)
            return [property_id]
        found = self.where(permission)
        return None if found is None else list(found)


def system(tenant_id: UUID, name: str) -> Actor:
    """The house itself, acting through the flow, loop or command called `name`."""
    return Actor(tenant_id, ActorKind.SYSTEM, None, name)
