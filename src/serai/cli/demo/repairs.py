"""What is broken in the demo's hotel, what stands in it, who mends it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.areas.assets import service as assets
from serai.areas.assets.model import AddAsset, AddMeter, AssetKind, Health, MeterKind, Read
from serai.areas.parts import service as parts
from serai.areas.parts.model import AddPart, Moved, MoveKind
from serai.areas.staffing import service as staffing
from serai.areas.staffing.service import SetRate
from serai.areas.vendors import service as vendors
from serai.areas.vendors.model import Acknowledgement, AddVendor, Channel, RecordInvoice
from serai.areas.work_orders import service as orders
from serai.areas.work_orders.model import CreateOrder, Resolution, Severity, Wait, Worked
from serai.areas.work_orders.service import FinalLines
from serai.cli.demo.acts import Acts
from serai.cli.hotel import Hotel
from serai.kernel.actor import Actor, system
from serai.kernel.errors import Conflict
from serai.runtime.work import House, Work

Step = Callable[[Work, UUID], Awaitable[Any]]
HOUR = Decimal(180)
"""What an hour of a technician costs, in afghani."""
STORE = (
    ("W-12", "Tap washer", 40, 10, "25"), ("V-34", "Shower valve", 3, 4, "650"), ("L-09", "LED lamp", 60, 20, "90"),
    ("F-20", "Filter of an air conditioner", 8, 4, "480"), ("B-AA", "Battery of a lock, AA", 32, 16, "35"),
)  # fmt: skip
"""Number, name, how many there are, how many there should be at the least, what one costs. Of the valves too few."""


ASSETS = (
    ("GEN-1", AssetKind.GENERATOR, "Generator, 60 kVA", None, 71, "Smokes when it is cold."),
    ("BLR-1", AssetKind.BOILER, "Boiler of the east wing", None, 88, None),
    ("LFT-1", AssetKind.LIFT, "Lift", None, 93, None),
    ("AC-101", AssetKind.HVAC_UNIT, "Air conditioner of 101", "101", 34, "The compressor is loud."),
    ("AC-105", AssetKind.HVAC_UNIT, "Air conditioner of 105", "105", 82, None),
    ("TNK-1", AssetKind.WATER_TANK, "Water tank on the roof", None, 79, None),
)
"""Code, kind, name, its room, how it is (0 to 100) and why."""
VENDORS = (
    AddVendor("Omar Cooling", Channel.CALL_ONLY, phone="+93700123456", language="fa-AF", categories=("hvac",)),
    AddVendor("Kabul Lifts", Channel.WHATSAPP, phone="+93799555000", language="ps", categories=("electrical",)),
)

NAMED = (
    ("space", "number"), ("asset", "code"), ("part", "part_number"), ("vendor", "name"), ("work_order", "symptom"),
)  # fmt: skip
"""What is looked for by its name: tables and columns."""


class Repairs:
    """Puts them there, each thing once: what an interrupted start has done stays done."""

    def __init__(self, here: House, hotel: Hotel, people: Mapping[str, Actor], today: date) -> None:
        """`people` are actors by login."""
        self._here, self._hotel, self._people, self._today = here, hotel, people, today
        self._house = system(hotel.tenant_id, "demo")
        self._place = hotel.property.id
        self._known: dict[str, UUID] = {}

    async def acts(self) -> Acts:
        """What stands there, who is called, what is in the store; then what was broken how many minutes ago."""
        await self._look()
        await self._here.do(self._house, self._stand)
        await self._look()
        stories = {f"demo:{number}": story for number, story in enumerate(self._stories())}
        if stories.keys() <= self._known.keys():
            return []
        return [(ago, partial(self._tell, symptom, *story)) for symptom, (ago, *story) in stories.items()]

    async def _look(self) -> None:
        for table, name in NAMED:
            sql = f"select id, {name} as name from app.{table} where tenant_id = $1 and {name} is not null"  # noqa: S608  # own names
            rows = await self._here.read(self._house, lambda tx, sql=sql: tx.fetch(sql, self._hotel.tenant_id))
            self._known |= {row["name"]: row["id"] for row in rows}

    async def _stand(self, work: Work) -> None:
        for code, kind, name, room, health, why in ASSETS:
            if code not in self._known:
                made = AddAsset(self._place, kind, name, code, space_id=self._known[room] if room else None)
                asset = await assets.add(work, made)
                await assets.feel(work, asset.id, Health(health, why))
                if kind is AssetKind.GENERATOR:
                    meter = await assets.add_meter(work, asset.id, AddMeter(MeterKind.RUN_HOURS))
                    await assets.read(work, meter.id, Read(Decimal("4812.5")))
        for number, name, many, least, cost in STORE:
            if number not in self._known:
                part = await parts.add(work, AddPart(self._place, number, name, reorder_at=Decimal(least)))
                await parts.move(work, part.id, MoveKind.RECEIVE, Moved(Decimal(many), Decimal(cost)))
        for vendor in VENDORS:
            if vendor.name not in self._known:
                await vendors.add(work, vendor)
        for login in ("technician", "chief"):
            await staffing.set_rate(work, self._hotel.people[login], SetRate(HOUR, "AFN"))

    def _stories(self) -> list[tuple[float, str, CreateOrder, list[tuple[str, Step]]]]:
        """How many minutes ago who reported what, and what became of it."""
        yusuf = self._hotel.people["technician"]
        later = datetime.combine(self._today + timedelta(days=1), time(14), ZoneInfo(self._hotel.property.zone))
        waits = Wait("A valve is ordered.", later)
        mended = FinalLines((Worked(35),), ((self._known["W-12"], Moved(Decimal(2))),))
        give: tuple[str, Step] = ("chief", lambda work, one: orders.assign(work, one, yusuf))
        begin: tuple[str, Step] = ("technician", orders.start)
        return [
            (12, "laila", self._fault("The tap of the basin drips", "plumbing", "103"), []),
            (130, "desk", self._fault("The Wi-Fi of the third floor is slow", "it", None), []),
            (95, "maryam", self._fault("The bedside lamp is dead", "electrical", "107"), [give]),
            (70, "desk", self._fault("The key card opens only at the third try", "lock", "110"), [give, begin]),
            (150, "hamid", self._fault("The shower does not get warm", "plumbing", "112"), [
                give, begin, ("technician", lambda work, one: orders.block(work, one, waits)),
            ]),
            (110, "chief", self._fault("The air conditioner is loud", "hvac", "101", asset="AC-101"), [
                ("chief", lambda work, one: orders.assign_vendor(work, one, self._known["Omar Cooling"])),
                ("chief", lambda work, one: orders.vendor_said(
                    work, one, Acknowledgement(later, Channel.CALL_ONLY, "He comes after lunch."), comes=True
                )),
            ]),
            (25, "laila", self._fault("Water runs down the wall", "water", "120", Severity.HIGH), [give, begin]),
            (170, "maryam", self._fault("The toilet does not stop", "plumbing", "115"), [
                give, begin,
                ("technician", lambda work, one: orders.resolve(work, one, Resolution("Two washers."), mended)),
            ]),
            (200, "desk", self._fault("The lift stopped between two floors", "electrical", None, asset="LFT-1"), [
                ("chief", lambda work, one: orders.assign_vendor(work, one, self._known["Kabul Lifts"])),
                ("chief", orders.start),
                ("chief", lambda work, one: orders.record_invoice(work, one, RecordInvoice(
                    Decimal(4200), number="KL-118", due_on=self._today + timedelta(days=30)
                ))),
                ("chief", lambda work, one: orders.resolve(work, one, Resolution("A door contact."), FinalLines())),
                ("manager", orders.verify),
            ]),
        ]  # fmt: skip

    def _fault(
        self,
        title: str,
        category: str,
        room: str | None,
        severity: Severity = Severity.MEDIUM,
        asset: str | None = None,
    ) -> CreateOrder:
        return CreateOrder(
            self._place, title, category, severity, space_id=(room and self._known[room]) or None,
            asset_id=(asset and self._known[asset]) or None,
        )  # fmt: skip

    async def _tell(self, symptom: str, who: str, fault: CreateOrder, moves: list[tuple[str, Step]]) -> None:
        """What of it was done before an interruption is refused a second time."""
        order = self._known.get(symptom)
        if order is None:
            fault = replace(fault, symptom=symptom)
            order = (await self._here.do(self._people[who], lambda work: orders.create(work, fault))).id
        for login, move in moves:
            with suppress(Conflict):
                await self._here.do(self._people[login], lambda work, move=move: move(work, order))
