"""`serai connection`: which queues and channels bring a company's events."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from serai.access.connections import service as connections
from serai.access.connections.service import AddConnection, ChangeConnection, Connection, Via
from serai.access.tenancy import service as tenancy
from serai.cli.place import opened
from serai.kernel.actor import Actor, system
from serai.kernel.errors import NotFound
from serai.kernel.ids import BadId, decode, encode
from serai.runtime.http import ListQuery
from serai.runtime.settings import Settings
from serai.runtime.work import House

app = typer.Typer(no_args_is_help=True, help="The queues and channels that bring a company's events.")
console = Console()
Company = Annotated[str, typer.Option("--tenant", help="The company's code.")]
Which = Annotated[str, typer.Argument(help="The connection's id (con_…).")]
MOST = 100
Result = TypeVar("Result")


@app.command()
def add(
    via: Annotated[Via, typer.Argument(help="What brings them.")],
    address: Annotated[str, typer.Argument(help="A queue of RabbitMQ, a pattern of Redis, or a Pub/Sub subscription.")],
    tenant: Company,
    name: Annotated[str, typer.Option(help="Whose events they are, such as PMS.")],
    hotel: Annotated[str | None, typer.Option("--property", help="The hotel's code; else messages name it.")] = None,
    bindings: Annotated[
        list[str] | None, typer.Option("--binding", help="RabbitMQ: keys that the queue takes.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="Pub/Sub: the service account whose token pushes carry.")] = None,
    audience: Annotated[str | None, typer.Option(help="Pub/Sub: whom that token is for.")] = None,
) -> None:
    """Bind a way in; one address speaks for one company. Prints the connection's id."""

    async def act(house: House, actor: Actor) -> Connection:
        found = await _hotel(house, actor, hotel) if hotel else None
        cmd = AddConnection(name, via, address, tuple(bindings or ()), found, account, audience)
        return await house.do(actor, lambda work: connections.add_connection(work, cmd))

    made = _run(tenant, act)
    typer.echo(encode("con", made.id))
    Console(stderr=True).print("Workers that run listen to it within seconds.")


@app.command("list")
def show(tenant: Company) -> None:
    """The company's connections, by name."""

    async def act(house: House, actor: Actor) -> list[Connection]:
        query = ListQuery(limit=MOST)
        page = await house.read(actor, lambda tx: connections.list_connections(tx, actor, query))
        return list(page.items)

    table = Table("id", "name", "via", "address", "keys", "state", title="Ways in")
    found = _run(tenant, act)
    for one in found:
        state = "paused" if one.paused else "open"
        table.add_row(encode("con", one.id), one.name, one.via, one.address, ", ".join(one.bindings), state)
    console.print(table if found else "Nothing is bound: `serai connection add` binds a queue or a channel.")


@app.command()
def pause(connection: Which, tenant: Company) -> None:
    """Take nothing from it until it is resumed; a queue keeps what comes meanwhile."""
    _set(tenant, connection, paused=True)


@app.command()
def resume(connection: Which, tenant: Company) -> None:
    """Take from it again."""
    _set(tenant, connection, paused=False)


@app.command()
def cut(connection: Which, tenant: Company) -> None:
    """Unbind it; a queue at the broker stays there with what is in it."""

    async def act(house: House, actor: Actor) -> Connection:
        return await house.do(actor, lambda work: connections.remove_connection(work, _id(connection)))

    console.print(f"{_run(tenant, act).address} speaks for nobody now.")


def _set(tenant: str, connection: str, *, paused: bool) -> None:
    async def act(house: House, actor: Actor) -> Connection:
        before = await house.read(actor, lambda tx: connections.get_connection(tx, actor, _id(connection)))
        cmd = ChangeConnection(before.version, {"paused": paused})
        return await house.do(actor, lambda work: connections.change_connection(work, before.id, cmd))

    made = _run(tenant, act)
    console.print(f"{made.name} is {'paused' if made.paused else 'open'}.")


def _id(text: str) -> UUID:
    try:
        return decode("con", text)
    except BadId as bad:
        raise typer.BadParameter("write the id that `serai connection list` shows") from bad


async def _hotel(house: House, actor: Actor, code: str) -> UUID:
    try:
        found = await house.read(actor, lambda tx: tenancy.property_by_code(tx, actor.tenant_id, code))
    except NotFound:
        raise NotFound(f"The company has no hotel with the code {code}.") from None
    return found.id


def _run(tenant: str, act: Callable[[House, Actor], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        async with opened(Settings()) as house:
            found = await tenancy.find_tenant(house, tenant.lower())
            if found is None:
                raise NotFound(f"There is no company with the code {tenant}.")
            return await act(house, system(found.tenant_id, "serai connection"))

    return asyncio.run(run())
