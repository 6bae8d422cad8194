"""`serai replay`: a real hotel's bookings run through the product."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from serai import assembly
from serai.access.connections.service import Via
from serai.cli.hotel import Hotel
from serai.cli.place import Place, place
from serai.cli.place import house as make_house
from serai.cli.replay import bill, plan, stage
from serai.cli.replay.apart import SharedClock, Watch, processes
from serai.cli.replay.over import Teller, broker, ears_for
from serai.cli.replay.people import Tally
from serai.cli.replay.play import Play, Settable
from serai.cli.replay.probes import Heard, heard_all, probes
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock, at_local
from serai.kernel.ids import encode
from serai.runtime import telemetry
from serai.runtime.settings import Settings
from serai.runtime.transports.memory import MemoryTransport
from serai.runtime.transports.port import Transport
from serai.runtime.work import House

console = Console()
OPENING = timedelta(days=1)
"""How long before the first deed the hotel is furnished."""


class Over(StrEnum):
    """How the booking system speaks to us."""

    HTTP = "http"
    RABBITMQ = "rabbitmq"
    REDIS = "redis"


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is played: seconds of the hotel a second (0: at once), processes of their own, how bookings come."""

    speed: float = 0
    web: int = 0
    workers: int = 0
    over: Over = Over.HTTP


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it is played: the tenant's code, the settings, the database, the file of the clock."""

    code: str
    manner: Manner
    settings: Settings
    at: Place
    clock: Path

    def transports(self, heard: Heard) -> list[Transport]:
        """The configured ways out; where all is in one process, the one inside it too, which `heard` then counts."""
        found = list(assembly.transports(self.settings))
        if not self.manner.web:
            memory, counts = MemoryTransport(), Counter[str]()
            memory.subscribe(lambda message: counts.update([message.id]))
            heard[memory.name] = counts
            found.append(memory)
        return found

    def doors(self, house: House, hotel: Hotel) -> AbstractAsyncContextManager[list[str]]:
        """The addresses of the web processes while they are needed."""
        if not self.manner.web:
            return stage.served(house)
        return processes(
            self.settings, self.at, self.clock, hotel.tenant_id, web=self.manner.web, workers=self.manner.workers
        )

    def neighbour(self, house: House, hotel: Hotel, tally: Tally) -> AbstractAsyncContextManager[Teller | None]:
        """The booking system on its broker, while it is needed; None where it speaks HTTP."""
        if self.manner.over is Over.HTTP:
            return nullcontext()
        via = Via(self.manner.over.value)
        return broker(via, self.settings, house, hotel, self.code, tally, here=not self.manner.web)


def replay(
    bookings: Annotated[Path, typer.Argument(help="A file of bookings, with the columns of data/sample_bookings.csv.")],
    property_: Annotated[str, typer.Option("--property", help="The hotel's name.")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day of arrivals.")],
    days: Annotated[int, typer.Option(min=1, max=400, help="How many days are played.")] = 31,
    speed: Annotated[float, typer.Option(min=0, help="Seconds of the hotel a second; 0 is as fast as it goes.")] = 0,
    zone: Annotated[str, typer.Option(help="The hotel's time zone.")] = "Europe/Lisbon",
    web: Annotated[int, typer.Option(min=0, max=8, help="Web processes of their own; 0: all in this one.")] = 0,
    workers: Annotated[int, typer.Option(min=0, max=8, help="Background processes, where there are web ones.")] = 0,
    over: Annotated[Over, typer.Option(help="How the bookings come: http, or a broker of the settings.")] = Over.HTTP,
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
        manner = Manner(speed, web, max(workers, 1) if web else 0, over)
        if over is not Over.HTTP:
            ears_for(Via(over.value), Settings())  # said now, not when half of the hotel stands
        clean = asyncio.run(_replay(Settings(), script, end, tenant, manner))
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


async def _replay(settings: Settings, script: plan.Script, end: datetime, tenant: str | None, manner: Manner) -> bool:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clock"
        start = script.deeds[0].at - OPENING
        clock = SharedClock.at(path, start) if manner.web else ManualClock(start)
        async with place(settings, database="serai_replay", upgrade=True) as at:
            house = make_house(settings, at, clock=clock)
            await house.db.open()
            try:
                code, found = await where(house, script, tenant)
                if found:
                    console.print(f"{code} holds this replay already: nothing is played, only verified.")
                    return _print_bill(await verify(house, found, script))
                return await play(house, clock, script, end, Scene(code, manner, settings, at, path))
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


async def play(house: House, clock: Settable, script: plan.Script, end: datetime, scene: Scene) -> bool:
    """Play it all in a new tenant, print the bill, and say whether it is clean."""
    tally = Tally()
    hotel, password = await stage.build(house, script, scene.code)
    cast_of = f"{len(script.bookings)} bookings, {hotel.rooms} rooms, {len(hotel.people)} people"
    console.print(f"{script.hotel} ({scene.code}): {cast_of}")
    there = bill.Place(hotel.tenant_id, hotel.property.id)
    actor = system(hotel.tenant_id, "replay")
    started = time.perf_counter()
    async with probes(scene.settings, encode("ten", hotel.tenant_id)) as heard:
        background = assembly.background(house, scene.transports(heard), only=hotel.tenant_id)
        quiet = Watch(background) if scene.manner.web else background
        async with scene.doors(house, hotel) as addresses:
            async with (
                scene.neighbour(house, hotel, tally) as pms,
                stage.cast(house, clock, hotel, password, tally, addresses, pms) as cast,
            ):
                where = encode("prp", hotel.property.id)
                play = Play(clock, quiet, cast, where, script.zone, script.bookings, speed=scene.manner.speed)
                play.expect(script.deeds)
                await quiet.settle()
                await _perform(play, clock, end, script)
            await quiet.settle()
        facts = await house.read(actor, lambda tx: bill.facts(tx, there))
        await heard_all(heard, facts)
        await background.close()
    seconds = time.perf_counter() - started
    lines = await verify(house, there, script)
    for name, counts in heard.items():
        lines.append(await house.read(actor, lambda tx, way=(counts, name): bill.reached(tx, there, *way)))
    _print_workload(await house.read(actor, lambda tx: bill.workload(tx, there)))
    clean = _print_bill(lines)
    answers = ", ".join(f"{number:,} {kind}" for kind, number in sorted(tally.answers.items()))
    console.print(
        f"{seconds:.1f} s, {facts:,} events ({facts / seconds:.0f}/s), "
        f"{tally.requests:,} requests ({tally.requests / seconds:.0f}/s: {answers})"
    )
    return clean


async def _perform(play: Play, clock: Settable, end: datetime, script: plan.Script) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        begin = clock.now()
        bar = progress.add_task("", total=(end - begin).days + 1)
        await play.run(
            end,
            lambda now: progress.update(
                bar, completed=(now - begin).days, description=f"{now.astimezone(script.zone):%a %d %b %Y %H:%M}"
            ),
        )
        progress.update(bar, completed=(end - begin).days + 1)


async def verify(house: House, there: bill.Place, script: plan.Script) -> list[bill.Line]:
    """The lines of the bill that the database alone can tell."""
    actor = system(there.tenant_id, "replay")
    lines = await house.read(actor, lambda tx: bill.draw(tx, there, script))
    return lines + await house.read(actor, lambda tx: bill.published(tx, there))


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
