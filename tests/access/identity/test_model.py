"""The rules of staff, sessions and keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from serai.access.identity import model
from serai.access.identity.model import (
    ApiKey,
    ChangeStaff,
    CreateKey,
    CreateStaff,
    EndReason,
    Staff,
    StaffState,
)
from serai.access.identity.roles import Role, RoleBook, RoleGrant
from serai.kernel.actor import Actor, ActorKind, system
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Forbidden, Invalid, Stale

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TENANT, HERE, THERE = uuid4(), uuid4(), uuid4()
ALL = frozenset({"staff.manage", "key.manage", "task.start"})
BOOK = RoleBook(
    {
        **dict.fromkeys(Role, frozenset[str]()),
        Role.EXECUTIVE_ADMIN: ALL,
        Role.VENUE_ADMIN: ALL,
        Role.HOUSEKEEPER: frozenset({"task.start"}),
    }
)
HOUSE = system(TENANT, "test")


def admin(place: UUID | None = HERE, id_: UUID | None = None) -> Actor:
    """An administrator of one property, or of all."""
    role = Role.EXECUTIVE_ADMIN if place is None else Role.VENUE_ADMIN
    grants = BOOK.grants([RoleGrant(role, place)])
    return Actor(TENANT, ActorKind.STAFF, id_ or uuid4(), "Ada", frozenset({role}), grants)


def person(*roles: RoleGrant, **values: Any) -> Staff:
    """A sound person with these roles."""
    cmd = CreateStaff("Rosa", "rosa", roles=roles)
    return replace(_create(cmd, HOUSE).record, **values)


def _create(cmd: CreateStaff, actor: Actor, *, platform: bool = False) -> Decision[Staff]:
    return model.create_staff(uuid4(), cmd, actor, BOOK, platform=platform)


def _change(staff: Staff, cmd: ChangeStaff, actor: Actor) -> Decision[Staff]:
    return model.change_staff(staff, cmd, actor, BOOK, platform=False)


KEEPER = RoleGrant(Role.HOUSEKEEPER, HERE)
ELSEWHERE = RoleGrant(Role.HOUSEKEEPER, THERE)


def test_a_new_person_is_told_without_a_password() -> None:
    cmd = CreateStaff("Rosa", "rosa", "rosa@example.com", [KEEPER], "a long secret password")
    decision = _create(cmd, admin())
    (event,) = decision.events
    assert (event.type.name, event.stream, event.version) == ("staff.member.created.v1", TENANT, 1)
    assert "secret" not in repr((decision, event, cmd))
    assert event.changes["roles"][1] == event.data.roles


@pytest.mark.parametrize("login", ["", "a", "Rosa", "josé", "-rosa", "rosa@", "rosa@hotel", "ro sa", "\uff4aa"])
def test_a_login_of_the_wrong_form_is_refused(login: str) -> None:
    with pytest.raises(Invalid):
        _create(CreateStaff("Rosa", login, roles=[KEEPER]), HOUSE)


@pytest.mark.parametrize("email", ["", "rosa", "Rosa@example.com", "rosa@localhost", f"rosa@{'a' * 250}.com"])
def test_an_email_address_of_the_wrong_form_is_refused(email: str) -> None:
    with pytest.raises(Invalid):
        _create(CreateStaff("Rosa", "rosa", email, [KEEPER]), HOUSE)


@pytest.mark.parametrize("name", ["", " Rosa", "Ro\rsa", "x" * 201])
def test_a_name_that_cannot_be_printed_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        _create(CreateStaff(name, "rosa"), HOUSE)


def test_an_email_address_may_be_the_login() -> None:
    assert _create(CreateStaff("Rosa", "rosa@example.com"), HOUSE).record.login == "rosa@example.com"


def test_a_person_without_a_role_is_taken_on_only_for_the_whole_company() -> None:
    assert _create(CreateStaff("Rosa", "rosa"), admin(None)).record.roles == frozenset()
    with pytest.raises(Invalid):
        _create(CreateStaff("Rosa", "rosa"), admin())


def test_nobody_takes_on_a_person_above_himself() -> None:
    with pytest.raises(Forbidden):
        _create(CreateStaff("Eve", "eve", roles=[RoleGrant(Role.EXECUTIVE_ADMIN)]), admin())


def test_changed_roles_are_told_before_and_after() -> None:
    decision = _change(person(KEEPER), ChangeStaff(1, roles=[RoleGrant(Role.VENUE_ADMIN, HERE)]), admin())
    (event,) = decision.events
    before, after = event.changes["roles"]
    assert [one.role for one in before] == ["housekeeper"]
    assert [one.role for one in after] == ["venue_admin"]
    assert (decision.record.version, event.version) == (2, 2)


def test_roles_out_of_the_actors_sight_stay_as_they_are() -> None:
    decision = _change(person(KEEPER, ELSEWHERE), ChangeStaff(1, roles=[]), admin())
    assert decision.record.roles == {ELSEWHERE}


def test_a_role_above_the_actor_is_neither_given_nor_taken() -> None:
    boss = person(RoleGrant(Role.EXECUTIVE_ADMIN), KEEPER)
    with pytest.raises(Forbidden):
        _change(boss, ChangeStaff(1, roles=[KEEPER]), admin())
    with pytest.raises(Forbidden):
        _change(person(KEEPER), ChangeStaff(1, roles=[RoleGrant(Role.HOUSEKEEPER)]), admin())


def test_nobody_raises_himself() -> None:
    me = admin()
    mine = person(RoleGrant(Role.VENUE_ADMIN, HERE), id=me.id)
    with pytest.raises(Forbidden):
        _change(mine, ChangeStaff(1, roles=[RoleGrant(Role.EXECUTIVE_ADMIN)]), me)


def test_name_and_password_of_a_person_who_works_elsewhere_too_are_refused() -> None:
    for cmd in (ChangeStaff(1, {"name": "Eva"}), ChangeStaff(1, password="another long one")):
        with pytest.raises(Forbidden):
            _change(person(KEEPER, ELSEWHERE), cmd, admin())


def test_oneself_may_be_renamed_whatever_one_holds() -> None:
    me = admin()
    mine = person(RoleGrant(Role.EXECUTIVE_ADMIN), id=me.id)
    assert _change(mine, ChangeStaff(1, {"name": "Ada L."}), me).record.name == "Ada L."


def test_a_new_password_is_told_without_it() -> None:
    decision = _change(person(KEEPER), ChangeStaff(1, password="another long one"), admin())
    assert decision.events[0].changes == {"password": ("hidden", "hidden")}
    assert model.change_secret(person(), "password").events[0].changes == {"password": ("hidden", "hidden")}


def test_a_change_to_the_same_values_tells_nothing() -> None:
    decision = _change(person(KEEPER), ChangeStaff(1, {"name": "Rosa"}, [KEEPER]), admin())
    assert not decision.changed


def test_a_change_of_an_older_version_is_refused() -> None:
    with pytest.raises(Stale):
        _change(person(KEEPER), ChangeStaff(7, {"name": "Eva"}), admin())


def test_a_person_is_let_go_and_taken_back() -> None:
    gone = model.set_state(person(KEEPER), StaffState.DEACTIVATED, admin(), BOOK)
    assert gone.events[0].type.name == "staff.member.deactivated.v1"
    assert gone.events[0].data.state == "deactivated"
    back = model.set_state(gone.record, StaffState.ACTIVE, admin(), BOOK)
    assert (back.events[0].type.name, back.record.version) == ("staff.member.updated.v1", 3)
    assert not model.set_state(back.record, StaffState.ACTIVE, admin(), BOOK).changed


def test_nobody_lets_himself_or_somebody_above_him_go() -> None:
    me = admin()
    with pytest.raises(Conflict):
        model.set_state(person(KEEPER, id=me.id), StaffState.DEACTIVATED, me, BOOK)
    with pytest.raises(Forbidden):
        model.set_state(person(RoleGrant(Role.EXECUTIVE_ADMIN)), StaffState.DEACTIVATED, me, BOOK)


@pytest.mark.parametrize(("length", "right"), [(11, False), (12, True), (128, True), (129, False)])
def test_a_password_has_12_to_128_characters_as_typed(length: int, *, right: bool) -> None:
    if right:
        model.refuse_password("ü" * length)
    else:
        with pytest.raises(Invalid):
            model.refuse_password("ü" * length)


def test_people_of_other_properties_are_not_there() -> None:
    me = admin()
    assert model.visible(person(KEEPER), me)
    assert model.visible(person(RoleGrant(Role.EXECUTIVE_ADMIN)), me)
    assert model.visible(person(id=me.id), me)
    assert not model.visible(person(ELSEWHERE), me)
    assert model.visible(person(ELSEWHERE), admin(None))
    assert model.shown_roles(person(KEEPER, ELSEWHERE), me) == [KEEPER]


def test_a_role_is_held_in_a_property_or_in_all() -> None:
    assert person(KEEPER).holds("housekeeper", HERE)
    assert person(RoleGrant(Role.HOUSEKEEPER)).holds("housekeeper", HERE)
    assert not person(KEEPER).holds("housekeeper", THERE)
    assert not person(KEEPER).holds("technician", HERE)


def test_a_session_lives_until_it_ends_grows_old_or_lies_idle() -> None:
    session = model.start_session(uuid4(), person(), "phone", NOW).record
    assert session.alive(NOW + timedelta(days=6, hours=23))
    assert not session.alive(NOW + timedelta(days=7))
    busy = replace(session, used_at=NOW + timedelta(days=29))
    assert busy.alive(NOW + timedelta(days=29, hours=23))
    assert not busy.alive(NOW + timedelta(days=30))
    assert not model.end_session(session, EndReason.LOGOUT, NOW).record.alive(NOW)


def test_a_session_ends_once() -> None:
    session = model.start_session(uuid4(), person(), "phone", NOW).record
    ended = model.end_session(session, EndReason.REUSE, NOW)
    assert (ended.events[0].data.reason, ended.record.version) == ("refresh_token_reused", 2)
    assert not model.end_session(ended.record, EndReason.LOGOUT, NOW).changed


def test_only_a_person_enters_another_company() -> None:
    data = model.exchanged(uuid4(), admin(None), uuid4(), NOW)
    assert data.name == "Ada"
    with pytest.raises(Forbidden):
        model.exchanged(uuid4(), HOUSE, uuid4(), NOW)


def key(cmd: CreateKey, actor: Actor = HOUSE) -> ApiKey:
    """A key made by this command."""
    return model.create_key(uuid4(), "serai_1234abcd", cmd, actor, BOOK, NOW).record


HERE_ONLY = CreateKey("PMS", frozenset({Role.HOUSEKEEPER}), frozenset({HERE}))


def test_a_key_reaches_its_roles_in_its_properties() -> None:
    assert key(HERE_ONLY, admin()).grants == {KEEPER}
    assert key(replace(HERE_ONLY, properties=None)).grants == {RoleGrant(Role.HOUSEKEEPER)}


@pytest.mark.parametrize(
    "cmd",
    [
        replace(HERE_ONLY, roles=frozenset()),
        replace(HERE_ONLY, properties=frozenset()),
        replace(HERE_ONLY, expires_at=NOW),
        replace(HERE_ONLY, name=""),
        replace(HERE_ONLY, roles=frozenset({Role.VENUE_ADMIN})),
        replace(HERE_ONLY, roles=frozenset({Role.SUPER_ADMIN})),
    ],
)
def test_a_key_without_sense_is_refused(cmd: CreateKey) -> None:
    with pytest.raises(Invalid):
        key(cmd)


def test_nobody_makes_or_revokes_a_key_that_reaches_further_than_himself() -> None:
    wide = replace(HERE_ONLY, properties=None)
    with pytest.raises(Forbidden):
        key(wide, admin())
    with pytest.raises(Forbidden):
        model.revoke_key(key(wide), admin(), BOOK, NOW)


def test_a_key_is_revoked_once_and_then_opens_nothing() -> None:
    made = key(replace(HERE_ONLY, expires_at=NOW + timedelta(days=1)))
    assert made.alive(NOW)
    assert not made.alive(NOW + timedelta(days=1))
    revoked = model.revoke_key(made, admin(), BOOK, NOW)
    assert (revoked.record.state, revoked.events[0].data.state) == ("revoked", "revoked")
    assert not revoked.record.alive(NOW)
    assert not model.revoke_key(revoked.record, admin(), BOOK, NOW).changed
    assert key(HERE_ONLY).alive(NOW + timedelta(days=4000))


def test_a_key_that_reaches_elsewhere_is_not_there() -> None:
    assert model.key_visible(key(HERE_ONLY), admin())
    assert not model.key_visible(key(replace(HERE_ONLY, properties=frozenset({HERE, THERE}))), admin())
    assert not model.key_visible(key(replace(HERE_ONLY, properties=None)), admin())
    assert model.key_visible(key(replace(HERE_ONLY, properties=None)), admin(None))
    assert model.key_data(key(replace(HERE_ONLY, properties=None))).properties is None
