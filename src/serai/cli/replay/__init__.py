"""`serai replay`: a real hotel's bookings run through the product."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from serai import assembly
from serai.cli.place import house as make_house
from serai.cli.place import place
from serai.cli.replay import bill, plan, stage
from serai.cli.replay.people import Tally
from serai.cli.replay.play import Play
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock, at_local
from serai.kernel.ids import encode
from serai.runtime import telemetry
from serai.runtime.settings import Settings
from serai.runtime.transports.memory import MemoryTransport
from serai.runtime.work import House

console = Console()
OPENING = timedelta(days=1)
"""How long before the first deed the hotel is furnished."""


def replay(
    bookings: Annotated[Path, typer.Argument(help="A file of bookings, with the columns of data/sample_bookings.csv.")],
    property_: Annotated[str, typer.Option("--property", help="The hotel's name.")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day of arrivals.")],
    days: Annotated[int, typer.Option(min=1, max=400, help="How many days are played.")] = 31,
    speed: Annotated[float, typer.Option(min=0, help="Seconds of the hotel a second; 0 is as fast as it goes.")] = 0,
    zone: Annotated[str, typer.Option(help="The hotel's time zone.")] = "Europe/Lisbon",
    tenant: Annotated[
        str | None, typer.Option(help="The code of the tenant; it must be new, or this replay's.")
    ] = None,
) -> None:
    """Play a real hotel's days through the product over HTTP, and check the outcome against the database.

    The same file a second time changes nothing: it only verifies.
    """
    telemetry.configure()
    try:
        script, end = script_of(bookings, property_, first.date(), days, zone)
        clean = asyncio.run(_replay(Settings(), script, end, speed, tenant))
    except (plan.PlanError, stage.OtherData) as error:
        console.print(f"[red]{error}[/]")
        raise typer.Exit(2) from None
    raise typer.Exit(0 if clean else 1)


def script_of(path: Path, name: str, first: date, days: int, zone: str) -> tuple[plan.Script, datetime]:
    """What is to be played, and when it ends; a zone that is none and a time without guests are refused."""
    try:
        where = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise plan.PlanError(f"{zone} is no time zone; write one such as Europe/Lisbon") from None
    bookings = plan.arriving(plan.load(path), first, days)
    if not bookings:
        raise plan.PlanError(f"{path.name}: nobody arrives in the {days} days from {first}")
    end = at_local(first + timedelta(days=days), datetime.min.time(), where)
    deeds = [one for one in plan.deeds(bookings, first, where) if one.at < end]
    return plan.Script(name, where, bookings, deeds), end


async def _replay(settings: Settings, script: plan.Script, end: datetime, speed: float, tenant: str | None) -> bool:
    clock = ManualClock(script.deeds[0].at - OPENING)
    async with place(settings, database="serai_replay", upgrade=True) as at:
        house = make_house(settings, at, clock=clock)
        await house.db.open()
        try:
            code, found = await where(house, script, tenant)
            if found:
                console.print(f"{code} holds this replay already: nothing is played, only verified.")
                lines = await verify(house, found, script)
                return _print_bill(lines)
            return await play(house, clock, script, end, speed, code)
        finally:
            await house.db.close()


async def where(house: House, script: plan.Script, tenant: str | None) -> tuple[str, bill.Place | None]:
    """A free tenant code, or the place where the whole of this replay stands already."""
    for number in range(1, 1000):
        code = tenant or (script.code if number == 1 else f"{script.code}-{number}")
        hotel = await stage.find(house, code)
        if hotel is None:
            return code, None
        there = bill.Place(hotel.tenant_id, hotel.property.id)
        state = await house.read(
            system(hotel.tenant_id, "replay"), lambda tx, there=there: bill.standing(tx, there, script)
        )
        if state == "whole":
            return code, there
        if tenant:
            raise stage.OtherData(f"The tenant {code} holds {state}; name another with --tenant, or leave it out.")
        console.print(f"[yellow]{code} holds {state}; it is left as it is and a new tenant is used.[/]")
    raise stage.OtherData("There are too many interrupted replays of this file.")


async def play(house: House, clock: ManualClock, script: plan.Script, end: datetime, speed: float, code: str) -> bool:
    """Play it all in a new tenant of that code, print the bill, and say whether it is clean."""
    probe, heard = MemoryTransport(), Counter[str]()
    probe.subscribe(lambda message: heard.update([message.envelope["id"]]))
    tally = Tally()
    hotel, password = await stage.build(house, script, code)
    background = assembly.background(house, [probe], only=hotel.tenant_id)
    console.print(
        f"{script.hotel} ({code}): {len(script.bookings)} bookings, {hotel.rooms} rooms, {len(hotel.people)} people"
    )
    started = time.perf_counter()
    async with stage.cast(house, clock, hotel, password, tally) as cast:
        play = Play(
            clock, background, cast, encode("prp", hotel.property.id), script.zone, script.bookings, speed=speed
        )
        play.expect(script.deeds)
        await background.settle()
        with Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
        ) as progress:
            begin = clock.now()
            bar = progress.add_task("", total=(end - begin).days + 1)
            await play.run(
                end,
                lambda now: progress.update(
                    bar, completed=(now - begin).days, description=f"{now.astimezone(script.zone):%a %d %b %Y %H:%M}"
                ),
            )
            progress.update(bar, completed=(end - begin).days + 1)
    seconds = time.perf_counter() - started
    there = bill.Place(hotel.tenant_id, hotel.property.id)
    actor = system(hotel.tenant_id, "replay")
    lines = await verify(house, there, script)
    lines.append(await house.read(actor, lambda tx: bill.reached(tx, there, heard, probe.name)))
    _print_workload(await house.read(actor, lambda tx: bill.workload(tx, there)))
    clean = _print_bill(lines)
    facts = sum(heard.values())
    answers = ", ".join(f"{number:,} {kind}" for kind, number in sorted(tally.answers.items()))
    console.print(
        f"{seconds:.1f} s, {facts:,} events ({facts / seconds:.0f}/s), "
        f"{tally.requests:,} requests ({tally.requests / seconds:.0f}/s: {answers})"
    )
    return clean


async def verify(house: House, there: bill.Place, script: plan.Script) -> list[bill.Line]:
    """The lines of the bill that the database alone can tell."""
    actor = system(there.tenant_id, "replay")
    lines = await house.read(actor, lambda tx: bill.draw(tx, there, script))
    lines.append(await house.read(actor, lambda tx: bill.published(tx, there, "memory")))
    return lines


def _print_bill(lines: list[bill.Line]) -> bool:
    table = Table("", "claim", "figures", title="The closing bill")
    for line in lines:
        table.add_row("[green]yes[/]" if line.holds else "[red]NO[/]", line.claim, line.figures)
    console.print(table)
    return all(line.holds for line in lines)


def _print_workload(days: list[tuple[str, int, int, int, int]]) -> None:
    table = Table("day", "attendants", "tasks", "fewest", "most", title="Tasks per attendant and day")
    for row in days:
        table.add_row(*map(str, row))
    console.print(table)
