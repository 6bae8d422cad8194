"""From a complaint to a room back on sale, with a real broker before and behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from serai import assembly
from serai.access.connections import service as connections
from serai.access.connections.service import AddConnection, Via
from serai.areas.spaces.model import Occupancy, Service
from serai.areas.stays.model import State
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.files.store import Files
from serai.runtime.transports.port import Listener
from serai.runtime.transports.rabbitmq_in import RabbitMQListener
from serai.runtime.transports.redis_in import RedisListener
from serai.runtime.work import House
from tests.areas.housekeeping.people import Caller, look, put, ready, rooms, told
from tests.brokers.conftest import Way
from tests.brokers.listeners import Heard
from tests.brokers.test_inbound import heard, say
from tests.conftest import SECRET, START, Hotel, SignIn

__all__ = ["heard"]
pytestmark = pytest.mark.integration
ORDER, ORDERS = "maintenance.work_order.{}.v1", "/maintenance/work-orders"


@pytest.fixture
async def house(database: dict[str, str], clock: ManualClock, tmp_path: Path, way: Way) -> AsyncGenerator[House]:
    """A house whose events have names of this test."""
    urls = (database["serai_app"], database["serai_relay"])
    made = assembly.build(*urls, SECRET, clock=clock, demo=True, keep=Files(f"{tmp_path}/files"), prefix=way.prefix)
    await made.db.open()
    yield made
    await made.db.close()


@dataclass(frozen=True)
class Wire:
    """A broker with the house on it: what neighbours say goes in, what is published is heard."""

    way: Way
    ear: Heard

    async def tell(self, name: str, **data: Any) -> None:
        """A neighbour says so."""
        if self.way.kind == "rabbitmq":
            await say(self.way, name, orjson.dumps(data))
            return
        event = {"specversion": "1.0", "id": name, "source": "/guests", "type": name, "time": START.isoformat()}
        await say(self.way, f"in.{name}", orjson.dumps({**event, "data": data}))

    async def out(self, name: str, time: int = 1) -> dict[str, Any]:
        """The data of what was published under a name for the first (second …) time, once it is."""

        def found() -> list[dict[str, Any]]:
            return [one["data"] for _, one in self.ear.messages if one["type"] == self.way.prefix + name]

        await self.ear.wait(lambda: len(found()) >= time)
        return found()[time - 1]


@asynccontextmanager
async def wired(hotel: Hotel, way: Way) -> AsyncGenerator[Wire]:
    """The house at work on that broker."""
    if way.kind == "rabbitmq":
        bound = AddConnection("PMS", Via.RABBITMQ, f"{way.mark}.in", ("guest.*", "booking.*"), hotel.property_id)
        ears: dict[Via, Listener] = {Via.RABBITMQ: RabbitMQListener(way.url, way.mark)}
    else:
        bound = AddConnection("PMS", Via.REDIS, f"{way.mark}.in.*", (), hotel.property_id)
        ears = {Via.REDIS: RedisListener(way.url)}
    await hotel.do(lambda work: connections.add_connection(work, bound))
    work = assembly.background(hotel.house, (way.transport(),), ears)
    async with way.listen() as ear:
        going = asyncio.create_task(work.run())
        await asyncio.sleep(0.7)
        try:
            yield Wire(way, ear)
        finally:
            work.stop()
            await asyncio.wait_for(going, 30)


async def test_a_complaint_closes_the_room_and_the_room_comes_back_ready(
    hotel: Hotel, heard: Way, client: httpx.AsyncClient, sign: SignIn
) -> None:
    [room] = await rooms(hotel, "101")
    await ready(hotel, room)
    stay = await told(hotel, "B-1", State.CHECKED_IN, room, arrival="2026-03-01", departure="2026-03-05")
    await put(hotel, room, occupancy=Occupancy.OCCUPIED, stay_id=stay.id)
    names = ("maintenance_supervisor", "technician", "housekeeping_supervisor", "housekeeper")
    chief, tom, boss, ana = [Caller(client, await sign(one)) for one in names]
    async with wired(hotel, heard) as wire:
        said = {"room_number": "101", "complaint": "Water comes through the ceiling", "priority": "high"}
        await wire.tell("guest.complaint_filed", booking_reference="B-1", **said)
        order = await wire.out(ORDER.format("created"))
        assert order["reports"][0]["booking_reference"] == "B-1"
        moved = await wire.out(ORDER.format("relocation_required"))
        assert [one["stay_id"] for one in moved["relocations"]] == [encode("sty", stay.id)]
        assert (await wire.out("maintenance.window.pending.v1"))["state"] == "pending"
        await wire.tell("booking.completed", booking_reference="B-1")
        assert (await wire.out("maintenance.window.started.v1"))["kind"] == "out_of_order"
        url = f"{ORDERS}/{order['id']}"
        await tom.post(f"{url}/start")
        assert (await look(hotel, room)).service is Service.OUT_OF_ORDER
        await tom.post(f"{url}/resolve", {"remedy": "New pipe", "labour": [{"minutes": 40}]})
        resolved = await wire.out(ORDER.format("resolved"))
        assert resolved["costs"] == [{"kind": "labour", "amount": "0.00", "currency": "AFN"}]
        await chief.post(f"{url}/verify")
        await wire.out("maintenance.window.completed.v1")
        task = f"/tasks/{(await wire.out('housekeeping.task.created.v1'))['id']}"
        await boss.post(f"{task}/assign", {"staff_id": ana.id})
        await ana.post(f"{task}/start", {})
        await ana.post(f"{task}/complete", {})
        await boss.post(f"{task}/verify", {})
        back = await wire.out("property.room.ready.v1", 2)
        assert (back["number"], back["service"]) == ("101", "in_service")
        assert len(wire.ear.ids) == len(set(wire.ear.ids))
