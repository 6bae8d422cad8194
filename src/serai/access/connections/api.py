"""The routes of connections."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import Field

from serai.access.connections import service
from serai.access.connections.model import AddConnection, ChangeConnection, Connection, Via
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs

router = Router(prefix="/connections", tags=["Connections"])
Name = Annotated[str, Field(min_length=1, max_length=100, examples=["Opera, Lisbon"])]
Bindings = Annotated[tuple[str, ...], Field(max_length=50, description="Routing keys.", examples=[["booking.*"]])]
Account = Annotated[str, Field(max_length=255, description="The e-mail address of who pushes.")]
Audience = Annotated[str, Field(max_length=500, description="The audience in the push's token.")]


class ConnectionBody(Body):
    """A way in."""

    name: Name
    via: Via
    address: Annotated[str, Field(min_length=1, max_length=400, description="Queue, channel or subscription.")]
    bindings: Bindings = ()
    property_id: Annotated[UUID | None, Id("prp"), Field(description="Whose a message is that names no property.")] = (
        None
    )
    service_account: Account | None = None
    audience: Audience | None = None

    def command(self) -> AddConnection:
        """The command."""
        return AddConnection(**{name: getattr(self, name) for name in type(self).model_fields})


class ConnectionPatch(Body):
    """What to change; fields left out stay as they are."""

    name: Name | None = None
    bindings: Bindings | None = None
    property_id: Annotated[UUID | None, Id("prp")] = None
    service_account: Account | None = None
    audience: Audience | None = None
    paused: bool | None = None
    version: int | None = Field(None, ge=1)

    def command(self, version: int) -> ChangeConnection:
        """The command; what must be there cannot be taken away."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        needed = ("name", "bindings", "paused")
        if faults := [Fault(f"/{name}", "cannot be null") for name in needed if given.get(name, 1) is None]:
            raise Invalid(faults=faults)
        return ChangeConnection(version, given)


class ConnectionOut(Out):
    """A way in."""

    id: str
    name: str
    via: Via
    address: str
    bindings: tuple[str, ...]
    property_id: str | None
    service_account: str | None
    audience: str | None
    paused: bool
    version: int
    allowed_actions: list[str]


class ConnectionPage(Out):
    """Some ways in."""

    items: list[ConnectionOut]
    next_cursor: str | None
    total: int | None = None


def show(connection: Connection, actor: Actor) -> ConnectionOut:
    """The connection for this caller."""
    same: dict[str, Any] = {
        name: getattr(connection, name)
        for name in ("name", "via", "address", "bindings", "service_account", "audience", "paused", "version")
    }
    return ConnectionOut(
        id=encode("con", connection.id),
        property_id=connection.property_id and encode("prp", connection.property_id),
        allowed_actions=["update", "remove"] if actor.may("connection.manage") else [],
        **same,
    )


@router.get("", summary="List the ways in", response_model=ConnectionPage, **needs("connection.read"))
async def list_connections(call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """The queues, channels and subscriptions that speak for your company, by name."""
    return await call.page(lambda tx: service.list_connections(tx, call.actor, query), show)


@router.post("", summary="Bind a way in", status_code=201, response_model=ConnectionOut, **needs("connection.manage"))
async def add_connection(body: ConnectionBody, call: Call) -> Response:
    """For the platform's staff: brokers are shared by all companies. Listening begins within five seconds."""
    cmd = body.command()
    return await call.command(lambda work: service.add_connection(work, cmd), show, status=201)


@router.get("/{connection_id:con}", summary="A way in", response_model=ConnectionOut, **needs("connection.read"))
async def get_connection(connection_id: UUID, call: Call) -> Response:
    """One way in."""
    return await call.query(lambda tx: service.get_connection(tx, call.actor, connection_id), show)


@router.patch(
    "/{connection_id:con}", summary="Change a way in", response_model=ConnectionOut, **needs("connection.manage")
)
async def change_connection(connection_id: UUID, body: ConnectionPatch, call: Call) -> Response:
    """Its kind and address stay: cut it and bind another for those."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change_connection(work, connection_id, cmd), show)


@router.delete(
    "/{connection_id:con}", summary="Cut a way in", response_model=ConnectionOut, **needs("connection.manage")
)
async def remove_connection(connection_id: UUID, call: Call) -> Response:
    """Nobody listens there any more; what came in stays."""
    return await call.command(lambda work: service.remove_connection(work, connection_id), show)
