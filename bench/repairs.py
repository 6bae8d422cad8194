"""What is measured of work orders: as of tasks, and lists by trade, severity."""

from __future__ import annotations

from uuid import UUID

from bench import rival
from bench.operations import CREATE, LIST, MOVE, READ, Builder, Operation, Target, request
from bench.seed import Hotel, multiply, settle
from serai.kernel.ids import encode

PATH, TABLE = "/maintenance/work-orders", "work_order"
FACT = "maintenance.work_order.{}.v1"
LIVE = ("open", "assigned", "in_progress", "blocked")
LISTS = (
    ("list 50 open orders", {"state": LIVE}, LIST),
    ("list 50 open orders of a trade", {"state": LIVE, "category": ("plumbing",)}, LIST),
    ("list 50 orders ever of a trade", {"category": ("hvac",)}, LIST),
    ("list the orders that are critical", {"severity": ("critical",)}, Target()),
)
"""Name, filters, what is asked; of the last there is none, and that has to be found out."""


class Repairs:
    """Makes the operations from what is in the database."""

    def __init__(self, builder: Builder) -> None:
        """Over the hotels of the builder."""
        self._builder, self._hotels = builder, builder.hotels

    async def reads(self) -> Operation:
        """One order by its id, drawn from all."""
        some = self._builder.some
        ids = {one.number: await some(one, TABLE, one.main, None, 400) for one in self._hotels}
        clients = [
            [request(one, "GET", f"{PATH}/{encode('mnt', id_)}") for id_ in self._builder.shuffled(ids[one.number])]
            for one in self._builder.each()
        ]
        scripts: list[str] = []
        for one in self._hotels:
            line, own = rival.drawn(ids[one.number][:100])
            read = f"select * from app.{TABLE} where tenant_id = '{one.tenant}' and id = {own}"
            scripts.append(line + rival.transaction(one.tenant, read, read_only=True))
        return Operation("read an order", clients, scripts, READ)

    def lists(self) -> list[Operation]:
        """The newest orders of a hotel that are so."""
        return [self._list(*one) for one in LISTS]

    def _list(self, name: str, wanted: dict[str, tuple[str, ...]], target: Target) -> Operation:
        query = "&".join(f"{field}={value}" for field, values in wanted.items() for value in values)
        clients = [
            [request(one, "GET", f"{PATH}?property_id={encode('prp', one.main)}&{query}")]
            for one in self._builder.each()
        ]
        such = " and ".join(f"{field} in ({', '.join(map(rival.literal, values))})" for field, values in wanted.items())
        scripts = [
            rival.transaction(
                one.tenant,
                f"select * from app.{TABLE} where tenant_id = '{one.tenant}' and property_id = '{one.main}' and {such} "
                "order by reported_at desc, id desc limit 51",
                read_only=True,
            )
            for one in self._hotels
        ]
        return Operation(name, clients, scripts, target)

    async def creates(self) -> Operation:
        """A new order in a room."""
        clients = [
            [
                request(one, "POST", PATH, {
                    "title": "The tap drips", "category": "plumbing", "property_id": encode("prp", one.busy),
                    "space_id": encode("spc", room), "description": "In the bathroom, since this morning.",
                })
                for room in self._builder.shuffled(one.rooms)
            ]
            for one in self._builder.each()
        ]  # fmt: skip
        scripts: list[str] = []
        for one in self._hotels:
            row = await self._builder.row(one, TABLE, one.templates[TABLE, "open"])
            row |= {"id": rival.Raw("gen_random_uuid()"), "number": rival.Raw("c.last")}
            count = (
                "insert into app.work_order_count as c (tenant_id, property_id, last) "
                f"values ('{one.tenant}', '{one.busy}', 1) on conflict (tenant_id, property_id) "
                "do update set last = c.last + 1"
            )
            save = (
                f"insert into app.{TABLE} ({', '.join(row)}) select {', '.join(map(rival.literal, row.values()))} "
                f"from app.work_order_count c where tenant_id = '{one.tenant}' and property_id = '{one.busy}' "
                "returning id"
            )
            fact = await self._builder.fact(one, FACT.format("created"))
            scripts.append(rival.transaction(one.tenant, count, rival.fused(save, one, one.busy, fact)))
        return Operation("create an order", clients, scripts, CREATE)

    async def assigns(self) -> Operation:
        """An order given to one person and then to another."""
        ids = await self._many("assigned", 80)
        clients: list[list[str]] = []
        for client, one in enumerate(self._builder.each()):
            own = ids[one.number][client // len(self._hotels) :: 2]
            people = [encode("stf", who) for who in one.staff[6:8]]
            clients.append([
                request(one, "POST", f"{PATH}/{encode('mnt', id_)}/assign", {"assignee_id": who})
                for who in people
                for id_ in own
            ])  # fmt: skip
        scripts = [
            await self._builder.move(one, TABLE, ids[one.number], FACT.format("assigned")) for one in self._hotels
        ]
        return Operation("assign an order", clients, scripts, MOVE)

    async def resolves(self, count: int) -> Operation:
        """Orders under way, each resolved once."""
        ids = await self._many("in_progress", count // len(self._hotels))
        await settle(self._builder.place)
        clients: list[list[str]] = []
        for client, one in enumerate(self._builder.each()):
            shared = sum(1 for other in self._builder.each() if other is one)
            own = ids[one.number][client // len(self._hotels) :: shared]
            body = {"remedy": "Mended."}
            clients.append([request(one, "POST", f"{PATH}/{encode('mnt', id_)}/resolve", body) for id_ in own])
        spare = await self._many("resolved", 80)
        scripts = [
            await self._builder.move(one, TABLE, spare[one.number], FACT.format("resolved")) for one in self._hotels
        ]
        return Operation("resolve an order", clients, scripts, MOVE, cycle=False)

    async def _many(self, state: str, each: int) -> dict[int, list[UUID]]:
        """So many orders in this state more, and the ids of all of them, by hotel."""

        async def of(hotel: Hotel) -> list[UUID]:
            await multiply(self._builder.owner, hotel, TABLE, state, each, place=hotel.busy)
            return await self._builder.some(hotel, TABLE, hotel.busy, state, 10 * each)

        return {one.number: await of(one) for one in self._hotels}
