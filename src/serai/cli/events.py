"""`serai events`: the ways out, publishing again, and what is parked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from serai import assembly
from serai.access.tenancy import service as tenancy
from serai.cli import mending
from serai.cli.place import opened
from serai.kernel.actor import system
from serai.kernel.ids import BadId, decode
from serai.runtime.db.tx import ReadTx
from serai.runtime.events import journal
from serai.runtime.jobs import cursors
from serai.runtime.jobs.relay import PREFIX
from serai.runtime.settings import Settings
from serai.runtime.work import House, Work

app = typer.Typer(no_args_is_help=True, help="The journal's ways out: how they stand, and publishing again.")
console = Console()
Ways = Annotated[list[str] | None, typer.Option("--transport", help="rabbitmq, redis or nats; without it, all.")]
Company = Annotated[str | None, typer.Option("--tenant", help="A company's code; without it, all of them.")]
Hotel = Annotated[str | None, typer.Option("--property", help="The id of one hotel (prp_…); without it, all streams.")]

Position = Callable[[ReadTx, UUID, UUID], Awaitable[int]]
"""Where a cursor is to stand in a stream."""


@dataclass(frozen=True, slots=True)
class Target:
    """The streams of which companies, and the readers, that a command is about."""

    tenant: str | None
    property: str | None
    ways: list[str] | None


@app.command()
def status() -> None:
    """How far each transport is behind the journal, and whether it fails."""

    async def act() -> None:
        async with opened(Settings()) as house:
            found = await cursors.standings(house.db, PREFIX)
        table = Table("transport", "streams", "events behind", "failures", title="Ways out")
        for one in found:
            table.add_row(one.reader.removeprefix(PREFIX), *map(str, (one.streams, one.behind, one.failures)))
        console.print(table if found else "Nothing was published yet: set RABBITMQ_URL, REDIS_URL or NATS_URL.")

    asyncio.run(act())


@app.command()
def replay(
    since: Annotated[str, typer.Option("--from", help="A position of each stream, or an instant (RFC 3339).")],
    ways: Ways = None,
    tenant: Company = None,
    hotel: Hotel = None,
) -> None:
    """Publish again what the journal holds from there on; the events keep their ids, so consumers know repeats."""
    at = _since(since)

    async def position(tx: ReadTx, tenant_id: UUID, stream: UUID) -> int:
        return at - 1 if isinstance(at, int) else await journal.position_before(tx, tenant_id, stream, at)

    _place(Target(tenant, hotel, ways), position, "published again")


@app.command()
def skip(ways: Ways = None, tenant: Company = None, hotel: Hotel = None) -> None:
    """Leave out all that was not published yet: for a transport that need not hear the past."""
    _place(Target(tenant, hotel, ways), journal.head, "left out")


@app.command()
def parked(tenant: Company = None) -> None:
    """What failed for good: facts whose reaction failed, messages that nobody understood, jobs."""

    async def act() -> None:
        async with opened(Settings()) as house:
            found = [await mending.waiting(house, company) for company in await mending.companies(house, tenant)]
        rows = [row for rows in found for row in rows]
        table = Table("company", "id", "what", "at", "why", title="Parked")
        for one in rows:
            table.add_row(one.company, one.shown_id, one.what, f"{one.at:%Y-%m-%d %H:%M}", one.why[:200])
        console.print(table if rows else "Nothing is parked.")

    asyncio.run(act())


@app.command()
def retry(tenant: Company = None) -> None:
    """Try everything that is parked again, in order; what fails again stays parked."""

    async def act() -> None:
        async with opened(Settings()) as house:
            tried = mended = 0
            for company in await mending.companies(house, tenant):
                for one in await mending.waiting(house, company):
                    tried += 1
                    mended += await mending.again(house, company, one)
        console.print(f"{mended:,} of {tried:,} went well." if tried else "Nothing is parked.")

    asyncio.run(act())


def _since(said: str) -> int | datetime:
    if said.isdecimal():
        return max(1, int(said))
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise typer.BadParameter("write a position such as 1, or an instant such as 2026-03-02T08:00:00Z") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _place(target: Target, position: Position, done: str) -> None:
    async def act() -> None:
        settings = Settings()
        readers = [PREFIX + one for one in target.ways or [one.name for one in assembly.transports(settings)]]
        if not readers:
            raise typer.BadParameter("no transport is configured; name one with --transport")
        async with opened(settings) as house:
            count = 0
            for tenant_id, stream in track(await _streams(house, target), "streams", console=console):
                for reader in readers:
                    count += await house.do(
                        system(tenant_id, "serai events"),
                        lambda work, stream=stream, reader=reader: _move(work, stream, reader, position),
                    )
        console.print(f"{count:,} events will be {done} ({', '.join(one.removeprefix(PREFIX) for one in readers)}).")

    asyncio.run(act())


async def _move(work: Work, stream: UUID, reader: str, position: Position) -> int:
    there = await position(work.tx, work.tenant_id, stream)
    before = await cursors.peek(work.tx, work.tenant_id, stream, reader)
    await cursors.place(work.tx, work.tenant_id, stream, reader, there)
    return abs(there - before.position)


async def _streams(house: House, target: Target) -> list[tuple[UUID, UUID]]:
    try:
        only = target.property and decode("prp", target.property)
    except BadId as error:
        raise typer.BadParameter(str(error)) from None
    company: UUID | None = None
    if target.tenant is not None:
        entry = await tenancy.find_tenant(house, target.tenant)
        if entry is None:
            raise typer.BadParameter(f"there is no company {target.tenant}")
        company = entry.tenant_id
    found = [
        (tenant_id, stream)
        for tenant_id, stream in await cursors.streams(house.db)
        if company in (None, tenant_id) and only in (None, stream)
    ]
    if not found:
        raise typer.BadParameter(f"there is no stream of {target.property or target.tenant or 'anybody'}")
    return found
