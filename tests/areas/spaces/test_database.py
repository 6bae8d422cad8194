"""The database is the guard: one function writes status, and the history with it."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from serai.areas.spaces import service
from serai.areas.spaces.model import Condition, Draft, Kind, Occupancy, Room, Source, StatusChange, StatusRefused
from serai.kernel.errors import Stale
from serai.kernel.ids import encode, new_id
from serai.runtime.work import Work

CLEANING = StatusChange(Source.HOUSEKEEPING, condition=Condition.CLEANING)
STATUS = (
    "occupancy", "condition", "service", "guest_service", "repair_required", "stay_id", "queue",
    "cleaned_at", "inspected_at", "status_changed_at",
)  # fmt: skip


async def make_rooms(hotel: Any, *numbers: str) -> list[Room]:
    drafts = [Draft(Kind.ROOM, number=number, room_type="DBL") for number in numbers or ("101",)]
    made = await hotel.do(lambda work: service.create_rooms(work, hotel.property_id, drafts))
    return [one.room for one in made]


async def journal(hotel: Any, subject: UUID) -> list[tuple[str, int]]:
    async def act(work: Work) -> list[tuple[str, int]]:
        rows = await work.tx.fetch(
            "select type, version from app.journal where tenant_id = $1 and subject = $2 order by position",
            hotel.tenant_id,
            subject,
        )
        return [(row["type"].split(".", 1)[1], row["version"]) for row in rows]

    return await hotel.do(act)


async def history(hotel: Any, room_id: UUID) -> list[Any]:
    return await hotel.do(
        lambda work: work.tx.fetch(
            "select * from app.room_status_event where tenant_id = $1 and room_id = $2 order by version",
            hotel.tenant_id,
            room_id,
        )
    )


@pytest.mark.parametrize("column", STATUS)
async def test_a_direct_update_of_a_status_is_refused_by_the_database(hotel: Any, column: str) -> None:
    (room,) = await make_rooms(hotel)
    value = {"repair_required": "1", "queue": "true"}.get(column, "null")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await hotel.do(
            lambda work: work.tx.execute(
                f"update app.space set {column} = {value} where tenant_id = $1 and id = $2", hotel.tenant_id, room.id
            )
        )


async def test_a_room_is_not_born_with_a_status_of_its_own(hotel: Any) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await hotel.do(
            lambda work: work.tx.execute(
                "insert into app.space (tenant_id, id, property_id, kind, name, sort_key, number, room_type, "
                "created_at, condition) values ($1, $2, $3, 'room', 'x', 'x', 'x', 'x', $4, 'inspected')",
                hotel.tenant_id,
                new_id(),
                hotel.property_id,
                work.now,
            )
        )


@pytest.mark.parametrize(
    "statement",
    [
        "insert into app.room_status_event (tenant_id) values ($1)",
        "update app.room_status_event set note = 'x' where tenant_id = $1",
        "delete from app.room_status_event where tenant_id = $1",
        "delete from app.space where tenant_id = $1",
    ],
)
async def test_history_is_neither_invented_nor_erased(hotel: Any, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await hotel.do(lambda work: work.tx.execute(statement, hotel.tenant_id))


async def test_the_function_is_bound_by_the_tenants_policies_and_owns_nothing(
    hotel: Any, database: dict[str, str]
) -> None:
    (room,) = await make_rooms(hotel)
    call = (
        "select * from app.set_room_status($1, $2, 1, 2, 'vacant', 'clean', 'in_service', 'none', 0, null, false, "
        "null, null, now(), $3, 'CHECKOUT_DIRTY', 'CLEANED_UNINSPECTED', 'SYSTEM', 'system', null, 'x', null, null)"
    )
    connection: Any = await asyncpg.connect(database["serai_app"])
    try:
        assert await connection.fetch(call, hotel.tenant_id, room.id, new_id()) == [], "no tenant entered, no room"
        async with connection.transaction():
            await connection.execute(f"select app.enter_tenant('{new_id()}')")
            assert await connection.fetch(call, hotel.tenant_id, room.id, new_id()) == [], "another tenant's room"
        owner = await connection.fetchrow(
            "select r.rolname, r.rolbypassrls, r.rolsuper, p.prosecdef from pg_proc p join pg_roles r "
            "on r.oid = p.proowner where p.oid = 'app.set_room_status'::regproc"
        )
        assert tuple(owner) == ("serai_status", False, False, True)
        owned = "select count(*) from pg_class where relowner = 'serai_status'::regrole"
        assert await connection.fetchval(owned) == 0
    finally:
        await connection.close()
    assert await history(hotel, room.id) == []


async def test_each_change_has_its_line_of_history_and_its_facts(hotel: Any) -> None:
    (room,) = await make_rooms(hotel)
    for condition in (Condition.CLEANING, Condition.CLEAN, Condition.INSPECTED):
        change = StatusChange(Source.HOUSEKEEPING, condition=condition, note=f"now {condition}")
        room = await hotel.do(lambda work, one=room.id, asked=change: service.set_room_status(work, one, asked))
    again = await hotel.do(lambda work: service.set_room_status(work, room.id, change))
    assert again == room, "what holds already changes nothing"
    lines = await history(hotel, room.id)
    assert [(line["from_status"], line["to_status"]) for line in lines] == [
        ("CHECKOUT_DIRTY", "CLEANING_IN_PROGRESS"),
        ("CLEANING_IN_PROGRESS", "CLEANED_UNINSPECTED"),
        ("CLEANED_UNINSPECTED", "READY_FOR_GUEST"),
    ]
    first = lines[0]
    assert (first["before"]["condition"], first["after"]["condition"]) == ("dirty", "cleaning")
    assert (first["source"], first["actor_kind"], first["actor_name"]) == ("HOUSEKEEPING", "system", "test")
    assert (first["note"], first["version"]) == ("now cleaning", 2)
    assert await journal(hotel, room.id) == [
        ("space.created.v1", 1),
        ("room.status_changed.v1", 2),
        ("room.status_changed.v1", 3),
        ("room.status_changed.v1", 4),
        ("room.ready.v1", 5),
    ]


async def test_of_two_guests_checked_in_at_the_same_moment_one_gets_the_room(hotel: Any) -> None:
    (room,) = await make_rooms(hotel)

    async def check_in(stay_id: UUID) -> Room:
        change = StatusChange(Source.SYSTEM, occupancy=Occupancy.OCCUPIED, stay_id=stay_id)
        return await hotel.do(lambda work: service.set_room_status(work, room.id, change))

    outcomes = await asyncio.gather(*(check_in(new_id()) for _ in range(8)), return_exceptions=True)
    winners = [one for one in outcomes if isinstance(one, Room)]
    assert len(winners) == 1
    assert sum(isinstance(one, StatusRefused) for one in outcomes) == 7
    assert len(await history(hotel, room.id)) == 1


async def test_of_two_who_read_the_same_version_one_wins(hotel: Any) -> None:
    (room,) = await make_rooms(hotel)

    async def change(condition: Condition) -> Room:
        asked = StatusChange(Source.HOUSEKEEPING, condition=condition, version=1)
        return await hotel.do(lambda work: service.set_room_status(work, room.id, asked))

    outcomes = await asyncio.gather(change(Condition.CLEANING), change(Condition.CLEAN), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["Room", "Stale"]


async def test_a_room_changed_behind_the_lock_is_not_saved_and_publishes_nothing(hotel: Any) -> None:
    (room,) = await make_rooms(hotel)
    await hotel.do(lambda work: service.set_room_status(work, room.id, CLEANING))

    async def stale(work: Work) -> None:
        from serai.areas.spaces import model, store  # noqa: PLC0415  # the test goes behind the service

        policies = (await service.view_room(work.tx, work.actor, room.id)).policies
        decision = model.change_status(room, StatusChange(Source.SYSTEM, queue=True), policies, work.actor, work.now)
        names = model.room_status(room, policies), model.room_status(decision.record, policies)
        await store.save_status(work, room, decision.record, names, StatusChange(Source.SYSTEM))
        work.record(decision.events)

    with pytest.raises(Stale):
        await hotel.do(stale)
    assert len(await journal(hotel, room.id)) == 2


async def test_a_refusal_in_bulk_does_not_lose_the_others(hotel: Any) -> None:
    rooms = await make_rooms(hotel, "101", "102", "103")
    await hotel.do(lambda work: service.set_room_status(work, rooms[1].id, CLEANING))
    inspect = StatusChange(Source.SYSTEM, condition=Condition.INSPECTED)
    clean = StatusChange(Source.SYSTEM, condition=Condition.CLEAN)
    asked = [(rooms[2].id, clean), (new_id(), clean), (rooms[1].id, inspect), (rooms[0].id, clean)]
    results = await hotel.do(lambda work: service.set_many(work, asked))
    assert [one.room_id for one in results] == [room_id for room_id, _ in asked]
    assert [type(one.refusal).__name__ for one in results] == ["NoneType", "NotFound", "StatusRefused", "NoneType"]
    for number, expected in ((0, "clean"), (1, "cleaning"), (2, "clean")):
        room_id = rooms[number].id
        found = await hotel.do(lambda work, one=room_id: service.get_room(work.tx, hotel.tenant_id, one))
        assert found.condition == expected


async def test_floors_are_changed_at_once_from_both_ends_without_a_deadlock(hotel: Any) -> None:
    rooms = await make_rooms(hotel, *(str(number) for number in range(100, 120)))
    asked = [(room.id, CLEANING) for room in rooms]
    both = await asyncio.gather(
        hotel.do(lambda work: service.set_many(work, asked)),
        hotel.do(lambda work: service.set_many(work, asked[::-1])),
    )
    assert all(one.view for results in both for one in results)
    for room in rooms:
        assert len(await history(hotel, room.id)) == 1


async def test_a_room_is_found_by_its_id_its_code_and_its_number(hotel: Any) -> None:
    drafts = [
        Draft(Kind.ROOM, number="101", room_type="DBL", external_code="102"),
        Draft(Kind.ROOM, number="102", room_type="DBL"),
    ]
    made = await hotel.do(lambda work: service.create_rooms(work, hotel.property_id, drafts))
    first, second = (one.room.id for one in made)

    async def find(text: str, property_id: UUID) -> UUID | None:
        return await hotel.do(lambda work: service.find_room(work.tx, hotel.tenant_id, property_id, text))

    assert await find(encode("spc", second), hotel.property_id) == second
    assert await find(str(second), hotel.property_id) == second
    assert await find("101", hotel.property_id) == first
    assert await find("102", hotel.property_id) == first, "the code of the PMS goes before the number"
    assert await find("999", hotel.property_id) is None
    assert await find(encode("spc", second), new_id()) is None
