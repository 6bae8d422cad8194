"""The directory: the application calls its functions and touches nothing else."""

from __future__ import annotations

import asyncpg
import pytest

from serai.access import directory
from serai.access.tenancy import service as tenancy
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.runtime.work import House, Work
from tests.access.making import Company

TABLES = ("tenant", "login", "api_key", "attempt", "connection")


async def test_the_application_does_not_touch_the_directorys_tables(house: House) -> None:
    for table in TABLES:
        for verb in ("select * from", "delete from", "truncate", "drop table"):
            async with house.db.directory() as tx:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await tx.fetch(f"{verb} directory.{table}")


async def test_a_company_writes_its_own_entries_alone(house: House, sun: Company, moon: Company) -> None:
    staff = await sun.person("viewer", sun.here, login="rosa")

    async def act(work: Work) -> None:
        await directory.set_logins(work.tx, staff.id, [])
        await directory.drop_key(work.tx, b"key of the sun")

    async def key(work: Work) -> None:
        await directory.add_key(work.tx, b"key of the sun")

    await house.do(system(sun.tenant_id, "test"), key)
    await house.do(system(moon.tenant_id, "test"), act)
    async with house.db.directory() as tx:
        assert [one.staff_id for one in await directory.logins(tx, "rosa")] == [staff.id]
        assert await directory.tenant_of_key(tx, b"key of the sun") == sun.tenant_id


async def test_outside_a_company_nothing_is_written(house: House, sun: Company) -> None:
    async with house.db.directory() as tx:
        with pytest.raises(asyncpg.NotNullViolationError):
            await tx.fetchval("select directory.add_tenant('mars', 'Mars', true)")
        assert await tx.fetch("select * from app.staff") == []
    assert await tenancy.find_tenant(house, "mars") is None


async def test_the_directorys_keeper_owns_the_directory_and_nothing_else(house: House) -> None:
    async with house.db.directory() as tx:
        owned = await tx.fetch(
            "select n.nspname || '.' || c.relname as name from pg_class c "
            "join pg_namespace n on n.oid = c.relnamespace "
            "join pg_roles r on r.oid = c.relowner where r.rolname = 'serai_directory' and c.relkind = 'r'"
        )
        keeper = await tx.fetchrow("select * from pg_roles where rolname = 'serai_directory'")
    assert {one["name"] for one in owned} == {f"directory.{one}" for one in TABLES}
    assert keeper is not None
    assert not any((keeper["rolcanlogin"], keeper["rolsuper"], keeper["rolbypassrls"]))


async def tried(house: House, login: str, address: str, *, times: int = 1) -> bool:
    """Whether the last of these tries has to wait."""
    wait = None
    async with house.db.directory() as tx:
        for _ in range(times):
            wait = await directory.attempt(tx, login, address, house.clock.now())
    return wait is not None


async def test_a_stranger_elsewhere_locks_nobody_out_with_a_few_tries(house: House) -> None:
    assert not await tried(house, "rosa", "far", times=directory.LIMIT)
    assert await tried(house, "rosa", "far")
    assert not await tried(house, "rosa", "near")
    assert not await tried(house, "omid", "far")


async def test_an_address_waits_after_many_tries_for_any_account(house: House) -> None:
    for n in range(directory.WIDE):
        assert not await tried(house, f"person {n}", "far")
    assert await tried(house, "rosa", "far")
    assert not await tried(house, "rosa", "near")


async def test_an_account_waits_after_many_tries_from_anywhere_and_opens_again(
    house: House, clock: ManualClock
) -> None:
    for n in range(directory.WIDE):
        assert not await tried(house, "rosa", f"address {n}")
    assert await tried(house, "rosa", "near")
    clock.set(clock.now() + directory.WINDOW)
    assert not await tried(house, "rosa", "near")


async def test_who_waits_already_counts_for_nobody_else(house: House) -> None:
    await tried(house, "rosa", "far", times=3 * directory.WIDE)
    assert not await tried(house, "rosa", "near")
    assert not await tried(house, "omid", "far")


async def test_a_hotel_behind_one_address_signs_in_all_day(house: House) -> None:
    for n in range(3 * directory.WIDE):
        assert not await tried(house, f"person {n}", "the hotel")
        async with house.db.directory() as tx:
            await directory.succeed(tx, f"person {n}", "the hotel")
