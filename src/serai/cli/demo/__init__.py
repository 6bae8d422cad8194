"""`serai demo`: a small hotel in the middle of its day, to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from serai import assembly
from serai.access.tenancy.model import CreateProperty, CreateTenant
from serai.areas.stays import service as stays
from serai.cli import hotel as hotels
from serai.cli.demo.acts import Acts
from serai.cli.demo.repairs import Repairs
from serai.cli.demo.rules import agree
from serai.cli.demo.shift import Shift
from serai.cli.hotel import Hotel
from serai.cli.place import house, place
from serai.cli.replay import plan
from serai.cli.replay.plan import Booking, Fate
from serai.cli.run import check_port, loop, say, serve
from serai.flows import inbound
from serai.kernel.actor import Actor, ActorKind, system
from serai.kernel.clock import ManualClock, at_local, business_date
from serai.runtime import telemetry
from serai.runtime.db.tx import ReadTx
from serai.runtime.events.inbox import Message
from serai.runtime.http import ListQuery
from serai.runtime.settings import Settings
from serai.runtime.work import House

console = Console()
PASSWORD = "caravanserai"  # noqa: S105  # the demo listens on this machine alone, and prints it
ZONE = ZoneInfo("Asia/Kabul")
PEOPLE = {
    "manager": ("Zahra Ahmadi", "venue_admin"),
    "supervisor": ("Omid Rahimi", "housekeeping_supervisor"),
    "desk": ("Farid Noori", "front_desk"),
    "laila": ("Laila Karimi", "housekeeper"),
    "maryam": ("Maryam Safi", "housekeeper"),
    "hamid": ("Hamid Wardak", "housekeeper"),
    "chief": ("Nasir Haidari", "maintenance_supervisor"),
    "technician": ("Yusuf Amin", "technician"),
}
TODAY_OF_SAMPLE = date(2015, 7, 8)
"""The day of the sample that is shown as today: its hotel is well filled by then."""


@dataclass(frozen=True, slots=True)
class Day:
    """The sample moved to today, what of it has happened by now, and the hotel's clock on its way there."""

    bookings: Sequence[Booking]
    today: date
    dawn: datetime
    now: datetime
    clock: ManualClock

    def reach(self, moment: datetime) -> None:
        """The clock goes on to `moment`, never back and never past now."""
        self.clock.set(max(self.clock.now(), min(moment, self.now)))

    def of(self, day: date) -> date:
        """A day of the sample as a day around today."""
        return self.today + (day - TODAY_OF_SAMPLE)

    def name(self, one: Booking) -> str:
        """The booking's reference; each day has its own."""
        return f"{self.today:%y%m%d}-{one.reference}"

    def live(self) -> list[Booking]:
        """Bookings whose guests are or will be here: in house, leaving today, arriving from today on."""
        return [one for one in self.bookings if self.of(one.departure) >= self.today]

    def in_house(self) -> list[Booking]:
        """Guests who came before today."""
        return [one for one in self.live() if one.fate is Fate.CHECKED_OUT and self.of(one.arrival) < self.today]

    def coming(self) -> list[Booking]:
        """Guests who come today."""
        return [one for one in self.live() if one.fate is Fate.CHECKED_OUT and self.of(one.arrival) == self.today]

    def left(self) -> list[Booking]:
        """Two thirds of the guests who leave today have gone."""
        leaving = [one for one in self.in_house() if self.of(one.departure) == self.today]
        return leaving[: -(-2 * len(leaving) // 3)]


def demo(
    *,
    fill_only: Annotated[bool, typer.Option("--fill-only", help="Fill the hotel and stop.")] = False,
) -> None:
    """Fill a demo hotel with a day's life and serve it on this machine alone."""
    settings = Settings().model_copy(update={"host": "127.0.0.1"})
    if not fill_only:
        check_port(settings)
    loop(_demo(settings, fill_only=fill_only))


async def _demo(settings: Settings, *, fill_only: bool) -> None:
    telemetry.configure(debug=settings.debug)
    async with place(settings, database="serai_demo", upgrade=True, say=say) as at:
        here = house(settings, at, demo=True)
        await here.db.open()
        try:
            hotel = await fill(here, _sample())
        finally:
            await here.db.close()
        _welcome(settings, hotel)
        if not fill_only:
            await serve(settings, house(settings, at, demo=True))


def _sample() -> Path:
    package = Path(__file__).parents[2]
    inside = package / "_data" / "sample_bookings.csv"
    return inside if inside.exists() else package.parents[1] / "data" / "sample_bookings.csv"


async def fill(here: House, sample: Path) -> Hotel:
    """The hotel as it stands this hour; whatever an interrupted start has done stays done.

    It is lived through from yesterday on a clock of its own: the guests came, the night made rooms dirty, people work.
    """
    now = here.clock.now()
    clock = ManualClock(now - timedelta(days=1))
    here = replace(here, clock=clock)
    property_ = CreateProperty("main", "Caravanserai of Kabul", ZONE.key, "AFN", "fa-AF")
    hotel = await hotels.make(here, CreateTenant("demo", "Caravanserai Hotels"), property_)
    today = business_date(now, ZONE, hotel.property.rollover)
    day = Day(plan.load(sample), today, at_local(today, hotel.property.rollover, ZONE), now, clock)
    begun, last = await here.read(system(hotel.tenant_id, "demo"), lambda tx: _stands(tx, hotel, now))
    if begun:
        return hotel
    day.reach(last or clock.now())
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("Filling the demo hotel", total=None)
        for step in (_furnish, _say_goodbye, _book, _move_in, _sleep):
            await step(here, hotel, day)
        acts = await _acts(here, hotel, day)
        progress.update(bar, total=len(acts))
        for ago, act in acts:
            day.reach(now - timedelta(minutes=ago))
            await act()
            progress.advance(bar)
        day.reach(now)
        await _settle(here, hotel)
    return hotel


async def _stands(tx: ReadTx, hotel: Hotel, now: datetime) -> tuple[bool, datetime | None]:
    """Whether somebody has begun to clean after a guest within the last twelve hours, and when something happened last.

    The first is the last step of filling.
    """
    [row] = await tx.fetch(
        "select exists (select from app.task where tenant_id = $1 and property_id = $2 and started_at > $3"
        " and type = 'checkout_cleaning'), (select max(at) from app.journal where tenant_id = $1)",
        hotel.tenant_id, hotel.property.id, now - timedelta(hours=12),
    )  # fmt: skip
    return row[0], row[1]


async def _settle(here: House, hotel: Hotel) -> None:
    await assembly.background(here, only=hotel.tenant_id).settle()


async def _furnish(here: House, hotel: Hotel, day: Day) -> None:
    await hotels.fill(here, hotel, plan.rooms_needed(day.bookings))
    await hotels.employ(here, hotel, PEOPLE, PASSWORD)
    await agree(here, hotel)


async def _say_goodbye(here: House, hotel: Hotel, day: Day) -> None:
    """Guests of an earlier day's demo have left."""
    today = f"{day.today:%y%m%d}-"
    actor = system(hotel.tenant_id, "demo")
    wanted = stays.Wanted(hotel.property.id, None, "checked_in", None, None)
    old = await here.read(actor, lambda tx: stays.list_stays(tx, actor, wanted, ListQuery(limit=200)))
    for one in old.items:
        if not one.booking_reference.startswith(today):
            await _tell(here, hotel, "booking.completed", one.booking_reference, day)


async def _book(here: House, hotel: Hotel, day: Day) -> None:
    for one in day.live():
        await _tell(
            here,
            hotel,
            "booking.created",
            day.name(one),
            day,
            room_type=one.room_type,
            arrival=day.of(one.arrival).isoformat(),
            departure=day.of(one.departure).isoformat(),
            adults=one.adults,
            children=one.children,
            vip=one.reference.endswith("7"),
        )
        if one.fate is Fate.CANCELLED:
            await _tell(here, hotel, "booking.cancelled", day.name(one), day)


async def _move_in(here: House, hotel: Hotel, day: Day) -> None:
    """Each guest in house has the next room of the type."""
    rooms, _ = await _rooms(here, hotel, day)
    for one in day.in_house():
        await _tell(here, hotel, "reservation.checked_in.v1", day.name(one), day, room_number=rooms[one.reference])


async def _sleep(here: House, hotel: Hotel, day: Day) -> None:
    """The night: rooms in which somebody slept are to be cleaned."""
    await _settle(here, hotel)
    day.reach(day.dawn)
    await _settle(here, hotel)


async def _acts(here: House, hotel: Hotel, day: Day) -> Acts:
    """What was done today, and how many minutes ago, in its order."""
    everything: dict[UUID | None, frozenset[str]] = {None: frozenset(one.name for one in assembly.permissions())}
    people = {
        login: Actor(hotel.tenant_id, ActorKind.STAFF, hotel.people[login], name, frozenset({role}), everything)
        for login, (name, role) in PEOPLE.items()
    }
    desk: Acts = [
        (45, lambda: _move_out(here, hotel, day)), (40, lambda: _expect(here, hotel, day)),
    ]  # fmt: skip
    shift, repairs = Shift(here, hotel, people, day.dawn), Repairs(here, hotel, people, day.today)
    return sorted([*desk, *shift.acts(), *await repairs.acts()], key=lambda one: -one[0])


async def _move_out(here: House, hotel: Hotel, day: Day) -> None:
    for one in day.left():
        await _tell(here, hotel, "booking.completed", day.name(one), day)
    await _settle(here, hotel)


async def _expect(here: House, hotel: Hotel, day: Day) -> None:
    """Guests of today have rooms, some of them left this morning; the last one waits for the desk to choose."""
    rooms, free = await _rooms(here, hotel, day)
    for one in day.left():
        free[one.room_type].insert(0, rooms[one.reference])
    for number, one in enumerate(day.coming()[:-1]):
        if not free[one.room_type]:
            continue
        given = {"room_number": free[one.room_type].pop(0), "eta": f"{15 + number // 2}:{number % 2 * 30:02}"}
        await _tell(here, hotel, "booking.modified", day.name(one), day, **given)


async def _rooms(here: House, hotel: Hotel, day: Day) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The rooms of the guests in house, by reference, and those that nobody has, by type."""
    free = await hotels.rooms_by_type(here, hotel)
    return {one.reference: free[one.room_type].pop() for one in day.in_house()}, free


async def _tell(here: House, hotel: Hotel, kind: str, reference: str, day: Day, **data: Any) -> None:
    """What the property management system says; said twice, it counts once."""
    message = Message(
        id=f"{reference}-{kind}",
        source="/demo/pms",
        type=kind,
        at=day.clock.now(),
        data={"booking_reference": reference, **data},
        property=str(hotel.property.id),
    )
    await here.do(system(hotel.tenant_id, "demo"), lambda work: inbound.receive(work, message))


def _welcome(settings: Settings, hotel: Hotel) -> None:
    table = Table("sign-in", "name", "role", title=f"{hotel.property.name}, password {PASSWORD}")
    for login, (name, role) in PEOPLE.items():
        table.add_row(login, name, role.replace("_", " "))
    console.print(table)
    console.print(f"\n  http://localhost:{settings.port}/docs   the API, to try\n")
