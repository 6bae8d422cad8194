"""Roles, where they hold, and what they permit; nobody grants above himself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from serai.kernel.actor import Actor, ActorKind
from serai.kernel.errors import Fault, Forbidden, Invalid
from serai.kernel.text import text


class Role(StrEnum):
    """The roles; the first belongs to the platform's own tenant alone."""

    SUPER_ADMIN = "super_admin"
    EXECUTIVE_ADMIN = "executive_admin"
    VENUE_ADMIN = "venue_admin"
    HOUSEKEEPING_SUPERVISOR = "housekeeping_supervisor"
    HOUSEKEEPER = "housekeeper"
    FRONT_DESK = "front_desk"
    MAINTENANCE_SUPERVISOR = "maintenance_supervisor"
    TECHNICIAN = "technician"
    INTEGRATION = "integration"
    VIEWER = "viewer"


ADMINS = (Role.EXECUTIVE_ADMIN, Role.VENUE_ADMIN)
"""They have every permission in their scope, those of the platform excepted."""
MANAGERS = (Role.SUPER_ADMIN, *ADMINS)
"""They need a second factor where their company asks for it."""
ONESELF = frozenset({"property.read"})
"""What is left to a manager without one: to see himself, and to set it up."""
PLATFORM = "tenant.manage"
"""The permission to enter any tenant."""
INSIDE = ("connection.manage", "provider.manage")
"""What only the platform's staff does in a tenant: bind shared brokers, name servers that this one asks."""
OPERATORS = (PLATFORM, *INSIDE)
"""The permissions that no admin of a tenant has."""


@dataclass(frozen=True, slots=True, order=True)
class RoleGrant:
    """A role held in one property, or in all of the tenant (None)."""

    role: Role
    property_id: UUID | None = None

    def __post_init__(self) -> None:
        """A role's name becomes the role; one that is not known is a ValueError."""
        object.__setattr__(self, "role", Role(self.role))


class Declared(Protocol):
    """A permission as a slice declares it."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that have it by default."""
        ...


@dataclass(frozen=True, slots=True)
class RoleBook:
    """What each role permits."""

    permissions: Mapping[Role, frozenset[str]]

    def grants(self, held: Iterable[RoleGrant]) -> dict[UUID | None, frozenset[str]]:
        """What is permitted where."""
        found: dict[UUID | None, frozenset[str]] = {}
        for one in held:
            found[one.property_id] = found.get(one.property_id, frozenset()) | self.permissions[one.role]
        return found


def book(declared: Iterable[Declared]) -> RoleBook:
    """The book over all permissions; a role that is not known is a ValueError."""
    found: dict[Role, set[str]] = {role: set() for role in Role}
    for one in declared:
        for role in one.roles:
            found[Role(role)].add(one.name)
        if one.name not in OPERATORS:
            for role in ADMINS:
                found[role].add(one.name)
    return RoleBook({role: frozenset(names) for role, names in found.items()})


NOBODY = RoleBook({})
"""The book in which no role may be handed out, by anybody but the house itself."""


def within(actor: Actor, grant: RoleGrant, roles: RoleBook, permission: str) -> bool:
    """Whether the actor may hand out this grant: he has `permission` there, and all that the role permits."""
    permitted = roles.permissions.get(grant.role)
    mine = actor.grants.get(None, frozenset()) | actor.grants.get(grant.property_id, frozenset())
    return permitted is not None and permitted | {permission} <= mine


def outside(
    actor: Actor, held: AbstractSet[RoleGrant], roles: RoleBook, permission: str = "staff.manage"
) -> list[RoleGrant]:
    """The grants that the actor could not have handed out; the house itself may hand out all."""
    if actor.kind is ActorKind.SYSTEM:
        return []
    return sorted((one for one in held if not within(actor, one, roles, permission)), key=str)


def refuse_shape(held: Iterable[RoleGrant], *, platform: bool) -> None:
    """Refuse roles where they cannot be held."""
    for one in held:
        if one.role is Role.SUPER_ADMIN and not platform:
            raise Invalid(faults=[Fault("/roles", "super_admin belongs to the platform's own tenant")])
        if one.role in {Role.SUPER_ADMIN, Role.EXECUTIVE_ADMIN} and one.property_id is not None:
            raise Invalid(
                faults=[
                    Fault("/roles", text("{role} is held in the whole company, not in one property", role=one.role))
                ]
            )


def refuse_above(actor: Actor, held: AbstractSet[RoleGrant], roles: RoleBook, permission: str = "staff.manage") -> None:
    """Refuse grants above the actor; properties he does not see are answered as absent."""
    unseen = [one for one in held if one.property_id is not None and not actor.sees(one.property_id)]
    if unseen:
        raise Invalid(faults=[Fault("/roles", "refers to a property that is not here")])
    if above := outside(actor, held, roles, permission):
        raise Forbidden(
            text("You cannot give or take {role}: it is above what you may do there.", role=above[0].role),
            permission=permission,
        )
