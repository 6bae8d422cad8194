"""The routes of staff and of keys for programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query, Response
from pydantic import Field, field_validator

from serai.access.identity import model, service
from serai.access.identity.api import HeldOut, NewPassword
from serai.access.identity.gate import gate
from serai.access.identity.model import ApiKey, ChangeStaff, CreateKey, CreateStaff, Staff, StaffState
from serai.access.identity.roles import Role, RoleGrant, outside
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.kernel.text import text
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs
from serai.runtime.work import Work

router = Router()
PropertyId = Annotated[UUID, Id("prp")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Login = Annotated[str, Field(min_length=2, max_length=254)]
Email = Annotated[str, Field(min_length=3, max_length=254)]


class HeldBody(Body):
    """A role and its property; without one, in all."""

    role: Role
    property_id: PropertyId | None = None

    def grant(self) -> RoleGrant:
        """The grant."""
        return RoleGrant(self.role, self.property_id)


class StaffBody(Body):
    """A new person."""

    name: Name
    login: Login
    email: Email | None = None
    roles: list[HeldBody] = Field(max_length=100)
    password: NewPassword | None = Field(None, description="Without one the person cannot sign in yet.")

    def command(self) -> CreateStaff:
        """The command."""
        return CreateStaff(self.name, self.login, self.email, [one.grant() for one in self.roles], self.password)


class StaffPatch(Body):
    """What to change; fields left out stay as they are."""

    name: Name = ""
    login: Login = ""
    email: Email | None = None
    roles: list[HeldBody] = Field([], max_length=100, description="All roles in the properties that you see.")
    password: NewPassword | None = Field(None, description="A new password; it ends all sessions of the person.")
    version: int | None = Field(None, ge=1)

    def command(self, version: int) -> ChangeStaff:
        """The command."""
        given = {name: getattr(self, name) for name in self.model_fields_set & {"name", "login", "email"}}
        roles = [one.grant() for one in self.roles] if "roles" in self.model_fields_set else None
        return ChangeStaff(version, given, roles, self.password)


class StaffOut(Out):
    """A person who works here."""

    id: str
    name: str
    login: str
    email: str | None
    state: str
    roles: list[HeldOut]
    version: int
    allowed_actions: list[str]


class StaffPage(Out):
    """Some people."""

    items: list[StaffOut]
    next_cursor: str | None
    total: int | None = None


class PersonOut(Out):
    """A name for an id."""

    id: str
    name: str


class PersonPage(Out):
    """Some names."""

    items: list[PersonOut]
    next_cursor: str | None
    total: int | None = None


class KeyBody(Body):
    """A new key."""

    name: Name
    roles: list[Role] = Field([Role.INTEGRATION], min_length=1, max_length=10)
    properties: list[PropertyId] | None = Field(None, min_length=1, max_length=200, description="Without it: all.")
    expires_at: datetime | None = None

    @field_validator("expires_at")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(text("needs an offset, such as Z"))
        return value

    def command(self) -> CreateKey:
        """The command."""
        places = None if self.properties is None else frozenset(self.properties)
        return CreateKey(self.name, frozenset(self.roles), places, self.expires_at)


class KeyOut(Out):
    """A key. `secret` stands only in the answer that made it."""

    id: str
    name: str
    prefix: str
    roles: list[str]
    properties: list[str] | None
    state: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    version: int
    allowed_actions: list[str]
    secret: str | None = None


class KeyPage(Out):
    """Some keys."""

    items: list[KeyOut]
    next_cursor: str | None
    total: int | None = None


def _show_staff(call: Call) -> Callable[[Staff, Actor], StaffOut]:
    roles = gate(call.house).roles

    def show(staff: Staff, actor: Actor) -> StaffOut:
        above = bool(outside(actor, staff.roles, roles)) or not actor.may("staff.manage")
        other = "deactivate" if staff.state is StaffState.ACTIVE else "activate"
        return StaffOut(
            id=encode("stf", staff.id),
            name=staff.name,
            login=staff.login,
            email=staff.email,
            state=staff.state,
            roles=[
                HeldOut(role=one.role, property_id=one.property_id and encode("prp", one.property_id))
                for one in model.shown_roles(staff, actor)
            ],
            version=staff.version,
            allowed_actions=[] if above else ["update"] if staff.id == actor.id else ["update", other],
        )

    return show


def show_key(key: ApiKey, actor: Actor) -> KeyOut:
    """The key for this caller, without its secret."""
    return KeyOut(
        id=encode("key", key.id),
        name=key.name,
        prefix=key.prefix,
        roles=sorted(key.roles),
        properties=None if key.properties is None else [encode("prp", one) for one in sorted(key.properties)],
        state=key.state,
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        version=key.version,
        allowed_actions=["revoke"] if key.revoked_at is None and actor.may("key.manage") else [],
    )


@router.get("/staff", tags=["Staff"], summary="List the staff", response_model=StaffPage, **needs("staff.read"))
async def list_staff(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    property_id: Annotated[PropertyId | None, Query(description="Of one property.")] = None,
    role: Annotated[Role | None, Query(description="Who hold this role.")] = None,
    state: Annotated[StaffState | None, Query(description="Who are in this state.")] = None,
) -> Response:
    """The people of the properties you see, by name."""
    return await call.page(
        lambda tx: service.find_staff(tx, call.actor, query, state=state, role=role, property_id=property_id),
        _show_staff(call),
    )


@router.get("/people", tags=["Staff"], summary="Names of people", response_model=PersonPage, **needs("people.read"))
async def list_people(
    call: Call,
    query: Annotated[ListQuery, asked(ListQuery)],
    property_id: Annotated[PropertyId, Query(description="Where they work.")],
) -> Response:
    """Who works in a property or did: names for the ids of its tasks and work orders, and nothing else of anybody."""
    return await call.page(
        lambda tx: service.find_names(tx, call.actor, query, property_id),
        lambda staff, _: PersonOut(id=encode("stf", staff.id), name=staff.name),
    )


@router.post(
    "/staff", tags=["Staff"], summary="Take a person on", status_code=201, response_model=StaffOut,
    **needs("staff.manage"),
)  # fmt: skip
async def create_staff(body: StaffBody, call: Call) -> Response:
    """Nobody gives a role above his own, or in a property that is not his."""
    roles = gate(call.house).roles
    cmd = body.command()
    return await call.command(lambda work: service.create_staff(work, cmd, roles), _show_staff(call), status=201)


@router.get("/staff/{staff_id:stf}", tags=["Staff"], summary="A person", response_model=StaffOut, **needs("staff.read"))
async def get_staff(staff_id: UUID, call: Call) -> Response:
    """One person with the roles you may know of."""
    return await call.query(lambda tx: service.seen_staff(tx, call.actor, staff_id), _show_staff(call))


@router.patch(
    "/staff/{staff_id:stf}", tags=["Staff"], summary="Change a person", response_model=StaffOut, **needs("staff.manage")
)
async def change_staff(staff_id: UUID, body: StaffPatch, call: Call) -> Response:
    """Name, sign-in, roles, password; nobody gives or takes a role above his own."""
    cmd = body.command(call.need_version(body.version))
    return await _commanded(call, lambda work: service.change_staff(work, staff_id, cmd, gate(call.house).roles))


@router.post(
    "/staff/{staff_id:stf}/deactivate", tags=["Staff"], summary="Let a person go", response_model=StaffOut,
    **needs("staff.manage"),
)  # fmt: skip
async def deactivate_staff(staff_id: UUID, call: Call) -> Response:
    """Ends all access of this person within five seconds."""
    return await _state(call, staff_id, StaffState.DEACTIVATED)


@router.post(
    "/staff/{staff_id:stf}/activate", tags=["Staff"], summary="Take a person back", response_model=StaffOut,
    **needs("staff.manage"),
)  # fmt: skip
async def activate_staff(staff_id: UUID, call: Call) -> Response:
    """The person may sign in again."""
    return await _state(call, staff_id, StaffState.ACTIVE)


@router.get("/keys", tags=["Keys"], summary="List the keys", response_model=KeyPage, **needs("key.manage"))
async def list_keys(call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """The keys that reach no further than you see, oldest first; never their secrets."""
    return await call.page(lambda tx: service.find_keys(tx, call.actor, query), show_key)


@router.post(
    "/keys", tags=["Keys"], summary="Make a key", status_code=201, response_model=KeyOut, **needs("key.manage")
)
async def create_key(body: KeyBody, call: Call) -> Response:
    """For a program. The secret is shown here once; a repeat of the request answers without it."""
    roles, cmd = gate(call.house).roles, body.command()
    shown: dict[str, Any] = {}

    async def act(work: Work) -> ApiKey:
        key, shown["secret"] = await service.create_key(work, cmd, roles)
        return key

    answer = await call.command(act, show_key, status=201)
    if not shown:
        return answer
    content = orjson.dumps({**orjson.loads(bytes(answer.body)), **shown})
    headers = {name: one for name, one in answer.headers.items() if name != "content-length"}
    return Response(content, answer.status_code, headers)


@router.get("/keys/{key_id:key}", tags=["Keys"], summary="A key", response_model=KeyOut, **needs("key.manage"))
async def get_key(key_id: UUID, call: Call) -> Response:
    """One key, without its secret."""
    return await call.query(lambda tx: service.seen_key(tx, call.actor, key_id), show_key)


@router.post(
    "/keys/{key_id:key}/revoke", tags=["Keys"], summary="Revoke a key", response_model=KeyOut, **needs("key.manage")
)
async def revoke_key(key_id: UUID, call: Call) -> Response:
    """It opens nothing any more, everywhere within five seconds."""
    roles = gate(call.house).roles
    answer = await call.command(lambda work: service.revoke_key(work, key_id, roles), show_key)
    gate(call.house).forget()
    return answer


async def _state(call: Call, staff_id: UUID, state: StaffState) -> Response:
    return await _commanded(call, lambda work: service.set_state(work, staff_id, state, gate(call.house).roles))


async def _commanded(call: Call, act: Callable[[Work], Awaitable[Staff]]) -> Response:
    answer = await call.command(act, _show_staff(call))
    gate(call.house).forget()
    return answer
