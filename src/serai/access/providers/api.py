"""The routes of identity providers and of signing in with one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field, SecretStr

from serai.access.identity import service as identity
from serai.access.identity.api import TokenOut, caller_of, show_tokens
from serai.access.identity.proving_api import DoneOut, show_done
from serai.access.providers import model, service, store
from serai.access.providers.model import Link, Provider
from serai.access.providers.service import AddProvider, Finish, Start
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, Id, Out, Router, needs, public, shown
from serai.runtime.wire import to_json
from serai.runtime.work import House

router = Router(tags=["Sign-in"])
Code = Annotated[str, Field(min_length=1, max_length=100, description="The company's code.")]
Address = Annotated[str, Field(min_length=1, max_length=500, examples=["https://login.example.com"])]


class ProviderBody(Body):
    """An OpenID Connect issuer and our client there."""

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["Silk Road accounts"])
    issuer: Address
    client_id: str = Field(min_length=1, max_length=300, pattern=r"^[\x21-\x7e]+$")
    client_secret: SecretStr = Field(min_length=1, max_length=500)
    redirect_uris: tuple[Address, ...] = Field(min_length=1, max_length=10)


class StartBody(Body):
    """A browser leaves for a provider."""

    tenant: Code
    provider_id: Annotated[UUID, Id("idp")]
    redirect_uri: Address
    code_challenge: str = Field(pattern=r"^[\w-]{43}$", description="S256 of a verifier that the browser keeps.")


class FinishBody(Body):
    """The browser came back with state and code."""

    state: str = Field(min_length=1, max_length=4000, pattern=r"^[\x21-\x7e]+$")
    code: str = Field(min_length=1, max_length=4000, pattern=r"^[\x20-\x7e]+$")
    code_verifier: str = Field(pattern=r"^[\w.~-]{43,128}$")

    def command(self) -> Finish:
        """The command."""
        return Finish(self.state, self.code, self.code_verifier)


class LinkBody(FinishBody):
    """The same, with your password."""

    current_password: str = Field(min_length=1, max_length=1000)


class ProviderOut(Out):
    """An identity provider; its secret is never shown."""

    id: str
    name: str
    issuer: str
    client_id: str
    redirect_uris: tuple[str, ...]
    version: int
    allowed_actions: list[str]


class ProviderList(Out):
    """All of a company."""

    items: list[ProviderOut]


class OfferedOut(Out):
    """A provider as the page for signing in shows it."""

    id: str
    name: str


class OfferedList(Out):
    """The providers of a company."""

    items: list[OfferedOut]


class StartOut(Out):
    """Where the browser goes, and the state that it must find again when it comes back."""

    authorization_url: str
    state: str


class LinkOut(Out):
    """An account with which you may sign in."""

    id: str
    issuer: str
    linked_at: datetime


class LinkList(Out):
    """Your accounts."""

    items: list[LinkOut]


def show(one: Provider, actor: Actor) -> dict[str, Any]:
    """A provider for this caller (the shape of `ProviderOut`)."""
    actions = ["remove"] if actor.may("provider.manage") else []
    return shown(model.data(one), one.version, actions)


def show_link(one: Link) -> dict[str, Any]:
    """One's own account (the shape of `LinkOut`)."""
    return {"id": encode("idl", one.id), "issuer": one.issuer, "linked_at": one.linked_at}


@router.get(
    "/auth/providers", summary="With whom people of a company sign in", response_model=OfferedList,
    **public("the page for signing in asks"),
)  # fmt: skip
async def offered(request: Request, tenant: Annotated[str, Query(min_length=1, max_length=100)]) -> OfferedList:
    """The identity providers of the company with this code; none where there is no such company."""
    house: House = request.app.state.house
    found = await service.providers_of(house, tenant)
    return OfferedList(items=[OfferedOut(id=encode("idp", one.id), name=one.name) for one in found])


@router.post(
    "/auth/oidc/start", summary="Begin to sign in with a provider", response_model=StartOut,
    **public("it hands out nothing but an address"),
)  # fmt: skip
async def start(body: StartBody, request: Request) -> StartOut:
    """OpenID Connect's code flow with PKCE: the browser keeps the verifier and goes to the address."""
    house: House = request.app.state.house
    cmd = Start(body.tenant, body.provider_id, body.redirect_uri, body.code_challenge)
    url, state = await service.start(house, cmd)
    return StartOut(authorization_url=url, state=state)


@router.post(
    "/auth/oidc/finish", summary="Sign in with a provider", response_model=TokenOut,
    **public("the provider's word is the proof"),
)  # fmt: skip
async def finish(body: FinishBody, request: Request) -> Response:
    """For who has linked the account before; by issuer and subject alone, never by a name or an address."""
    house: House = request.app.state.house
    return show_tokens(await service.sign_in(house, body.command(), caller_of(request)))


@router.get("/me/identities", summary="Your linked accounts", response_model=LinkList, **needs("property.read"))
async def own_links(call: Call) -> Response:
    """Your accounts at identity providers."""
    found = await call.house.read(call.actor, lambda tx: service.own_links(tx, call.actor))
    return _json({"items": [show_link(one) for one in found]})


@router.post(
    "/me/identities", status_code=201, summary="Link an account", response_model=LinkOut, **needs("property.read")
)
async def link(body: LinkBody, call: Call) -> Response:
    """After `/auth/oidc/start` and the provider's page: you may sign in with that account from now on."""
    await identity.check_password(call.house, call.actor, body.current_password, call.address)
    source = caller_of(call.request).source
    return _json(show_link(await service.link(call.house, call.actor, body.command(), source)), 201)


@router.delete(
    "/me/identities/{link_id:idl}", summary="Unlink an account", response_model=DoneOut, **needs("property.read")
)
async def unlink(link_id: UUID, call: Call) -> Response:
    """You sign in with it no more."""
    return await call.command(lambda work: service.unlink(work, link_id), show_done)


@router.get(
    "/identity-providers", tags=["Tenants"], summary="List the identity providers", response_model=ProviderList,
    **needs("settings.manage"),
)  # fmt: skip
async def list_providers(call: Call) -> Response:
    """Those of your company, by name."""
    found = await call.house.read(call.actor, lambda tx: store.every(tx, call.actor.tenant_id))
    return _json({"items": [show(one, call.actor) for one in found]})


@router.post(
    "/identity-providers", tags=["Tenants"], status_code=201, summary="Add an identity provider",
    response_model=ProviderOut, **needs("provider.manage"),
)  # fmt: skip
async def add_provider(body: ProviderBody, call: Call) -> Response:
    """For the platform's staff: this server asks the addresses that are named here."""
    cmd = AddProvider(body.name, body.issuer, body.client_id, body.client_secret.get_secret_value(), body.redirect_uris)
    return await call.command(lambda work: service.add_provider(call.house, work, cmd), show, status=201)


@router.delete(
    "/identity-providers/{provider_id:idp}", tags=["Tenants"], summary="Remove an identity provider",
    response_model=ProviderOut, **needs("provider.manage"),
)  # fmt: skip
async def remove_provider(provider_id: UUID, call: Call) -> Response:
    """Nobody signs in with it any more."""
    return await call.command(lambda work: service.remove_provider(work, provider_id), show)


def _json(shown: Any, status: int = 200) -> Response:
    return Response(to_json(shown), status, {"cache-control": "no-store"}, "application/json")
