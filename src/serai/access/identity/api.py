"""The routes of signing in and of oneself."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Request, Response
from pydantic import Field, StringConstraints, model_validator

from serai.access.identity import model, service, signin
from serai.access.identity.gate import gate
from serai.access.identity.model import Session
from serai.access.identity.roles import MANAGERS, ONESELF
from serai.access.identity.signin import Caller, Tokens
from serai.access.tenancy import service as tenancy
from serai.kernel.actor import Actor, ActorKind
from serai.kernel.errors import Unauthenticated
from serai.kernel.ids import encode
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Body, Call, Out, Router, needs, public
from serai.runtime.wire import to_json
from serai.runtime.work import House, Work

router = Router()
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1000)]
NewPassword = Annotated[str, StringConstraints(strip_whitespace=False, min_length=12, max_length=128)]


class TokenBody(Body):
    """Either login and password (and the company's code when there are several), or a refresh token."""

    login: str | None = Field(None, min_length=1, max_length=254, description="Login or e-mail address.")
    password: Password | None = None
    tenant: str | None = Field(None, max_length=20, description="The company's code, when asked which.")
    code: str | None = Field(None, min_length=6, max_length=20, description="Of the second factor, when asked.")
    refresh_token: str | None = Field(None, max_length=200)

    @model_validator(mode="after")
    def _one_way(self) -> TokenBody:
        by_password = self.login is not None and self.password is not None and self.refresh_token is None
        by_token = (
            self.refresh_token is not None and not {"login", "password", "tenant", "code"} & self.model_fields_set
        )
        if not by_password and not by_token:
            raise ValueError(text("give login and password, or refresh_token"))
        return self


class TokenOut(Out):
    """Tokens. `expires_in` and `refresh_expires_in` are seconds."""

    access_token: str
    token_type: str
    expires_in: int
    tenant_id: str
    refresh_token: str | None
    refresh_expires_in: int | None


class ExchangeBody(Body):
    """The company to enter."""

    tenant: str = Field(min_length=1, max_length=20, description="Its code.")


class EndedOut(Out):
    """A session that ended."""

    id: str
    ended_at: datetime | None


class HeldOut(Out):
    """A role and its property; None: all."""

    role: str
    property_id: str | None


class PlaceOut(Out):
    """A property, and what you may do in it."""

    id: str
    code: str
    name: str
    zone: str
    currency: str
    locale: str
    permissions: list[str]


class TenantOut(Out):
    """A company."""

    id: str
    code: str
    name: str


class MeOut(Out):
    """Who you are here."""

    id: str | None
    kind: str
    name: str
    login: str | None
    email: str | None
    tenant: TenantOut
    roles: list[HeldOut]
    permissions: list[str]
    properties: list[PlaceOut]
    second_factor_needed: bool = Field(description="Nothing else is open to you before you have one.")


class PasswordBody(Body):
    """Your password and the next one."""

    current_password: Password
    password: NewPassword


class SessionOut(Out):
    """A device on which you are signed in."""

    id: str
    device: str
    started_at: datetime
    used_at: datetime
    expires_at: datetime
    current: bool


class SessionList(Out):
    """The devices on which you are signed in."""

    items: list[SessionOut]
    next_cursor: str | None


@router.post(
    "/auth/token", tags=["Sign-in"], summary="Sign in, or renew", response_model=TokenOut,
    **public("this is the way in"),
)  # fmt: skip
async def sign_in(body: TokenBody, request: Request) -> Response:
    """Login and password, or a refresh token, which is used up by it. 409 `which_hotel` lists your companies; 429 asks
    to wait.
    """
    house: House = request.app.state.house
    if body.refresh_token is not None:
        return show_tokens(await signin.renew(house, body.refresh_token, caller_of(request)))
    caller = caller_of(request)
    found = await signin.sign_in(house, body.login or "", body.password or "", body.tenant, caller, body.code)
    return show_tokens(found)


@router.post(
    "/auth/logout", tags=["Sign-in"], summary="Sign out", response_model=EndedOut,
    **public("the token itself says what ends"),
)  # fmt: skip
async def sign_out(request: Request) -> Response:
    """Ends the session of the access token, on every channel."""
    house: House = request.app.state.house
    door = gate(house)
    actor = await house.authenticate(request.headers)
    claims = door.claims(request.headers)
    if claims.home != actor.tenant_id:
        raise Unauthenticated("This token ends by itself; sign out with your own.")

    async def act(work: Work) -> Session:
        return await signin.sign_out(work, claims.session_id)

    session = await house.do(actor, act, source=caller_of(request).source)
    door.forget()
    return _json(EndedOut(id=encode("ses", session.id), ended_at=session.ended_at))


@router.post(
    "/auth/exchange", tags=["Sign-in"], summary="Enter a company", response_model=TokenOut, **needs("tenant.manage")
)
async def exchange(body: ExchangeBody, call: Call) -> Response:
    """For the platform's staff: a token of that company for a quarter of an hour, told in both audit logs."""
    claims = gate(call.house).claims(call.request.headers)
    return show_tokens(await signin.exchange(call.house, call.actor, claims, body.tenant, caller_of(call.request)))


@router.get("/me", tags=["Sign-in"], summary="Who you are", response_model=MeOut, **needs("property.read"))
async def me(call: Call) -> Response:
    """You, your company, your properties, and what you may do in each."""
    return await call.query(lambda tx: _me(tx, call.actor), lambda shown, _: shown)


@router.post(
    "/me/password", tags=["Sign-in"], summary="Change your password", response_model=EndedOut, **needs("property.read")
)
async def change_password(body: PasswordBody, call: Call) -> Response:
    """Asks for the present one; ends your other sessions."""
    session_id = gate(call.house).claims(call.request.headers).session_id
    await service.check_password(call.house, call.actor, body.current_password, call.address)
    await call.house.do(
        call.actor,
        lambda work: service.change_own_password(work, body.password, session_id),
        source=caller_of(call.request).source,
    )
    gate(call.house).forget()
    return _json(EndedOut(id=encode("ses", session_id), ended_at=None))


@router.get(
    "/me/sessions", tags=["Sign-in"], summary="Where you are signed in", response_model=SessionList,
    **needs("property.read"),
)  # fmt: skip
async def sessions(call: Call) -> Response:
    """Your devices, newest sign-in first."""
    mine = None if call.actor.kind is not ActorKind.STAFF else gate(call.house).claims(call.request.headers).session_id
    found = await call.house.read(call.actor, lambda tx: service.own_sessions(tx, call.actor, call.now))
    return _json(SessionList(items=[_session(one, mine) for one in found], next_cursor=None))


@router.delete(
    "/me/sessions/{session_id:ses}", tags=["Sign-in"], summary="Sign a device out", response_model=EndedOut,
    **needs("property.read"),
)  # fmt: skip
async def end_session(session_id: UUID, call: Call) -> Response:
    """Ends one of your own sessions."""
    answer = await call.command(
        lambda work: signin.sign_out(work, session_id),
        lambda session, _: EndedOut(id=encode("ses", session.id), ended_at=session.ended_at),
    )
    gate(call.house).forget()
    return answer


async def _me(tx: ReadTx, actor: Actor) -> MeOut:
    tenant = await tenancy.get_tenant(tx, actor.tenant_id)
    staff = await service.find_self(tx, actor)
    places = await tenancy.all_properties(tx, actor.tenant_id, actor.properties())
    everywhere = actor.grants.get(None, frozenset())
    kind = "key" if actor.kind is ActorKind.API_KEY else "stf"
    held = [] if staff is None else model.shown_roles(staff, actor)
    return MeOut(
        id=None if actor.id is None else encode(kind, actor.id),
        kind=actor.kind.value,
        name=actor.name,
        login=staff and staff.login,
        email=staff and staff.email,
        tenant=TenantOut(id=encode("ten", tenant.id), code=tenant.code, name=tenant.name),
        roles=[HeldOut(role=one.role, property_id=one.property_id and encode("prp", one.property_id)) for one in held],
        permissions=sorted(frozenset[str]().union(*actor.grants.values())),
        properties=[
            PlaceOut(
                id=encode("prp", one.id), code=one.code, name=one.name, zone=one.zone, currency=one.currency,
                locale=one.locale, permissions=sorted(everywhere | actor.grants.get(one.id, frozenset())),
            )
            for one in places
        ],
        second_factor_needed=_is_narrow(actor) and any(one.role in MANAGERS for one in held),
    )  # fmt: skip


def _is_narrow(actor: Actor) -> bool:
    return all(rights == ONESELF for rights in actor.grants.values())


def _session(session: Session, mine: UUID | None) -> SessionOut:
    return SessionOut(
        id=encode("ses", session.id), device=session.device, started_at=session.started_at, used_at=session.used_at,
        expires_at=session.expires_at, current=session.id == mine,
    )  # fmt: skip


def caller_of(request: Request) -> Caller:
    """From where the request comes, as the journal says it."""
    device = request.headers.get("user-agent", "")
    place = request.client.host if request.client else "here"
    source = f"{request.method} {request.url.path} from {place}"
    return Caller("".join(one for one in device if one.isprintable())[:200], source[:300], place)


def show_tokens(found: Tokens) -> Response:
    """The answer to a sign-in, which nobody keeps."""
    renewable = found.refresh_expires_at
    return _json(
        TokenOut(
            access_token=found.access_token,
            token_type="Bearer",  # noqa: S106  # the name of the scheme
            expires_in=int((found.expires_at - found.issued_at).total_seconds()),
            tenant_id=encode("ten", found.tenant_id),
            refresh_token=found.refresh_token,
            refresh_expires_in=None if renewable is None else int((renewable - found.issued_at).total_seconds()),
        )
    )


def _json(shown: Any) -> Response:
    return Response(to_json(shown.model_dump()), media_type="application/json", headers={"cache-control": "no-store"})
