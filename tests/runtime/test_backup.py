"""A backup brings everything back, or changes nothing."""

from __future__ import annotations

import os
import tarfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from serai import assembly
from serai.runtime.db import backup, programs, roles
from serai.runtime.db.backup import BackupError
from serai.runtime.work import House
from tests.areas.housekeeping.people import rooms
from tests.conftest import SECRET, START, Hotel, Server, make_hotel

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def quiet(_: str) -> None:
    """Say nothing."""


async def facts(url: str) -> list[tuple[Any, ...]]:
    """Every fact of the journal, in order."""
    connection: Any = await asyncpg.connect(url)
    rows = await connection.fetch("select stream, position, id, type, payload from app.journal order by 1, 2")
    await connection.close()
    return [tuple(row) for row in rows]


async def databases(admin: str, like: str) -> list[str]:
    """The databases whose names begin so."""
    connection: Any = await asyncpg.connect(admin)
    rows = await connection.fetch("select datname from pg_database where datname like $1 || '%' order by 1", like)
    await connection.close()
    return [row["datname"] for row in rows]


async def epochs(house: House) -> int:
    """The one that all streams have."""
    async with house.db.relay() as tx:
        [found] = {row["epoch"] for row in await tx.fetch("select epoch from app.stream")}
    return found


async def test_what_was_saved_comes_back_and_what_came_later_is_kept_aside(
    house: House, hotel: Hotel, database: dict[str, str], server: Server, tmp_path: Path
) -> None:
    await rooms(hotel, "101", "102")
    other = await make_hotel(house, "other")
    await rooms(other, "9")
    path, tools = tmp_path / "one.backup", programs.find()
    saved = await backup.backup(database["serai_backup"], path, tools, quiet, START)
    before = await facts(database["serai_backup"])
    assert saved.rows["app.space"] == 3
    assert saved.rows["directory.tenant"] == 2
    assert path.stat().st_mode & 0o077 == 0
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208  # a glance
    await rooms(hotel, "103")
    name = roles.database_of(database["serai_app"])
    with pytest.raises(BackupError, match="connected"):
        await backup.restore(server.admin, name, path, tools, quiet, START, switch=True)
    await house.db.close()
    await backup.restore(server.admin, name, path, tools, quiet, START, switch=True)
    aside = [one for one in await databases(server.admin, name) if "_before_" in one]
    assert len(aside) == 1
    assert await facts(database["serai_backup"]) == before
    kept = await facts(roles.with_database(database["serai_backup"], aside[0]))
    assert len(kept) == len(before) + 1
    again = assembly.build(database["serai_app"], database["serai_relay"], SECRET, clock=house.clock, demo=True)
    await again.db.open()
    await rooms(Hotel(again, hotel.tenant_id, hotel.property_id, hotel.code), "104")
    first = await epochs(again)
    await again.db.close()
    admin: Any = await asyncpg.connect(server.admin)
    await admin.execute(f'drop database "{aside[0]}" with (force)')
    await backup.restore(server.admin, name, path, tools, quiet, START + timedelta(milliseconds=1), switch=True)
    await again.db.open()
    assert 1 < first < await epochs(again)
    await again.db.close()
    await admin.execute(f'drop database "{aside[0]}" with (force)')
    await admin.close()


async def test_a_damaged_file_changes_nothing(
    hotel: Hotel, database: dict[str, str], server: Server, tmp_path: Path
) -> None:
    await rooms(hotel, "101")
    path, tools = tmp_path / "one.backup", programs.find()
    await backup.backup(database["serai_backup"], path, tools, quiet, START)
    whole, before = path.read_bytes(), await facts(database["serai_backup"])
    name = roles.database_of(database["serai_app"])
    with tarfile.open(path) as archive:
        dump = archive.getmember(backup.DUMP)
    for number in range(50):
        at = dump.offset_data + number * dump.size // 50
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 0x5A,)) + whole[at + 1 :])
        with pytest.raises(BackupError, match="damaged"):
            backup.check(path)
    path.write_bytes(whole.replace(b'"app.space": 1', b'"app.space": 2', 1))
    with pytest.raises(BackupError, match=r"app\.space"):
        await backup.restore(server.admin, name, path, tools, quiet, START, switch=True, force=True)
    for cut in (0, 100, 5_000, len(whole) // 2):
        path.write_bytes(whole[:cut])
        with pytest.raises(BackupError):
            await backup.restore(server.admin, name, path, tools, quiet, START, switch=True, force=True)
    assert await facts(database["serai_backup"]) == before
    assert await databases(server.admin, name) == [name]


async def test_a_drill_leaves_nothing_behind(
    hotel: Hotel, database: dict[str, str], server: Server, tmp_path: Path
) -> None:
    await rooms(hotel, "101")
    path, tools = tmp_path / "one.backup", programs.find()
    await backup.backup(database["serai_backup"], path, tools, quiet, START)
    name = roles.database_of(database["serai_app"])
    before = await facts(database["serai_backup"])
    await backup.restore(server.admin, name, path, tools, quiet, START, switch=False)
    assert await databases(server.admin, name) == [name]
    assert await facts(database["serai_backup"]) == before
