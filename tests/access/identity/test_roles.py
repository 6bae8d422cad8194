"""Nobody grants above himself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from serai.access.identity.roles import NOBODY, Role, RoleGrant, book, outside, refuse_above, refuse_shape
from serai.kernel.actor import Actor, ActorKind, system
from serai.kernel.errors import Forbidden, Invalid

HERE, THERE = uuid4(), uuid4()


@dataclass(frozen=True)
class Declared:
    """A permission as a slice declares it."""

    name: str
    roles: tuple[str, ...] = ()


BOOK = book(
    [
        Declared("tenant.manage", ("super_admin",)),
        Declared("staff.manage", ("super_admin",)),
        Declared("task.verify", ("housekeeping_supervisor",)),
        Declared("task.start", ("housekeeper", "housekeeping_supervisor")),
    ]
)


def person(role: Role, place: UUID | None) -> Actor:
    """An actor with one role."""
    return Actor(uuid4(), ActorKind.STAFF, uuid4(), role, frozenset({role}), BOOK.grants([RoleGrant(role, place)]))


def test_admins_have_every_permission_but_the_platforms() -> None:
    for role in (Role.EXECUTIVE_ADMIN, Role.VENUE_ADMIN):
        assert BOOK.permissions[role] == {"staff.manage", "task.verify", "task.start"}
    assert BOOK.permissions[Role.SUPER_ADMIN] == {"tenant.manage", "staff.manage"}


def test_a_permission_for_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="bellboy"):
        book([Declared("door.open", ("bellboy",))])


def test_a_roles_name_is_the_role_and_another_is_refused() -> None:
    assert RoleGrant("housekeeper").role is Role.HOUSEKEEPER  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="bellboy"):
        RoleGrant("bellboy")  # type: ignore[arg-type]


def test_grants_of_several_roles_in_one_place_add_up() -> None:
    grants = BOOK.grants([RoleGrant(Role.HOUSEKEEPER, HERE), RoleGrant(Role.SUPER_ADMIN, HERE)])
    assert grants == {HERE: {"task.start", "tenant.manage", "staff.manage"}}


@pytest.mark.parametrize(
    ("actor", "grant", "right"),
    [
        (person(Role.EXECUTIVE_ADMIN, None), RoleGrant(Role.EXECUTIVE_ADMIN), True),
        (person(Role.EXECUTIVE_ADMIN, None), RoleGrant(Role.HOUSEKEEPER, HERE), True),
        (person(Role.EXECUTIVE_ADMIN, None), RoleGrant(Role.SUPER_ADMIN), False),
        (person(Role.VENUE_ADMIN, HERE), RoleGrant(Role.VENUE_ADMIN, HERE), True),
        (person(Role.VENUE_ADMIN, HERE), RoleGrant(Role.HOUSEKEEPER), False),
        (person(Role.VENUE_ADMIN, HERE), RoleGrant(Role.HOUSEKEEPER, THERE), False),
        (person(Role.HOUSEKEEPING_SUPERVISOR, HERE), RoleGrant(Role.HOUSEKEEPER, HERE), False),
        (person(Role.SUPER_ADMIN, None), RoleGrant(Role.SUPER_ADMIN), True),
        (person(Role.SUPER_ADMIN, None), RoleGrant(Role.HOUSEKEEPER), False),
    ],
)
def test_a_role_is_handed_out_only_by_who_has_all_of_it(actor: Actor, grant: RoleGrant, *, right: bool) -> None:
    assert (outside(actor, {grant}, BOOK) == []) is right


def test_the_house_itself_hands_out_everything() -> None:
    assert outside(system(uuid4(), "test"), {RoleGrant(Role.SUPER_ADMIN)}, NOBODY) == []


def test_without_the_book_nobody_hands_out_anything() -> None:
    assert outside(person(Role.EXECUTIVE_ADMIN, None), {RoleGrant(Role.VIEWER)}, NOBODY)


def test_a_role_above_is_forbidden_and_a_property_out_of_sight_is_absent() -> None:
    admin = person(Role.VENUE_ADMIN, HERE)
    refuse_above(admin, {RoleGrant(Role.HOUSEKEEPER, HERE)}, BOOK)
    with pytest.raises(Forbidden, match="above"):
        refuse_above(admin, {RoleGrant(Role.HOUSEKEEPER, HERE), RoleGrant(Role.VIEWER)}, BOOK)
    with pytest.raises(Invalid):
        refuse_above(admin, {RoleGrant(Role.HOUSEKEEPER, HERE), RoleGrant(Role.HOUSEKEEPER, THERE)}, BOOK)


def test_super_admin_belongs_to_the_platform_and_an_executive_to_the_whole_company() -> None:
    refuse_shape([RoleGrant(Role.SUPER_ADMIN), RoleGrant(Role.VIEWER, HERE)], platform=True)
    refuse_shape([RoleGrant(Role.EXECUTIVE_ADMIN)], platform=False)
    for grant, platform in (
        (RoleGrant(Role.SUPER_ADMIN), False),
        (RoleGrant(Role.SUPER_ADMIN, HERE), True),
        (RoleGrant(Role.EXECUTIVE_ADMIN, HERE), False),
    ):
        with pytest.raises(Invalid):
            refuse_shape([grant], platform=platform)
