"""The embedded server: closed to others, shared by us, back after a crash."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from serai.runtime.db import embedded, intruder, programs, roles

pytestmark = pytest.mark.integration
NOBODY = 65534
ROOT = os.geteuid() == 0
SHARE = """
import sys, time
from pathlib import Path
from serai.runtime.db import embedded
server = embedded.start(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
print(server.stop(), flush=True)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that the server's user can reach, unlike pytest's own."""
    base = Path(tempfile.mkdtemp(prefix="serai-", dir="/tmp"))
    base.chmod(0o711)
    yield base / "pg"
    shutil.rmtree(base)


@pytest.fixture
def server(fresh_server: embedded.Embedded) -> Iterator[embedded.Embedded]:
    """A share in a server that the tests only look at."""
    with embedded.start(fresh_server.folder) as one:
        yield one


@pytest.fixture
async def admin(server: embedded.Embedded) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(server.url())
    yield connection
    await connection.close()


def share(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SHARE, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def let_go(process: subprocess.Popen[str]) -> bool:
    said, _ = process.communicate("\n", timeout=30)
    return said == "True\n"


def postmaster(server: embedded.Embedded) -> int:
    return int((server.folder / "data" / "postmaster.pid").read_text().split()[0])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_a_server_of_version_18_answers_on_its_socket_alone(admin: asyncpg.Connection) -> None:
    assert (await admin.fetchval("show server_version")).startswith("18.")
    assert await admin.fetchval("show listen_addresses") == ""
    assert await admin.fetchval("show unix_socket_permissions") == "0700"
    assert await admin.fetchval("show fsync") == "on"


async def test_nobody_is_trusted_without_a_password(admin: asyncpg.Connection) -> None:
    rules = await admin.fetch("select type, auth_method from pg_hba_file_rules")
    assert {tuple(rule) for rule in rules} == {("local", "scram-sha-256")}


async def test_a_wrong_password_is_refused_even_to_the_owner_of_the_folder(server: embedded.Embedded) -> None:
    wrong = server.url().replace(server.passwords["postgres"], "wrong")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(wrong)


def test_the_cluster_itself_holds_no_trust(server: embedded.Embedded) -> None:
    own = (server.folder / "data" / "pg_hba.conf").read_text()
    assert not [line for line in own.splitlines() if not line.startswith("#") and "trust" in line]


def test_folders_and_passwords_are_closed(server: embedded.Embedded) -> None:
    assert mode(server.folder / "data") == 0o700
    assert mode(server.socket) == 0o700
    assert mode(server.folder / "passwords.json") == 0o600
    assert mode(server.folder / "log") == 0o600
    assert mode(server.folder) & 0o007 == 0
    assert len(set(server.passwords.values())) == len(server.passwords)


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
def test_another_user_of_the_machine_cannot_get_in(server: embedded.Embedded) -> None:
    assert intruder.ways_in(server, NOBODY) == []


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
def test_the_trial_finds_a_way_that_is_left_open_and_the_next_start_closes_it(folder: Path) -> None:
    with embedded.start(folder) as server:
        folder.chmod(0o755)
        server.socket.chmod(0o777)
        way = server.socket / f".s.PGSQL.{embedded.PORT}"
        way.chmod(0o777)
        assert intruder.ways_in(server, NOBODY) == [str(way)]
        with embedded.start(folder):
            assert intruder.ways_in(server, NOBODY) == []


@pytest.mark.skipif(not ROOT, reason="root starts it as somebody else")
def test_started_by_root_it_does_not_run_as_root(server: embedded.Embedded) -> None:
    assert Path(f"/proc/{postmaster(server)}").stat().st_uid == programs.find().user != 0


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
def test_an_ordinary_user_starts_a_server_of_his_own() -> None:
    base = Path(tempfile.mkdtemp(prefix="serai-", dir="/tmp"))
    os.chown(base, NOBODY, NOBODY)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            with embedded.start(base / "pg") as server:
                owner = Path(f"/proc/{postmaster(server)}").stat().st_uid
                code = 0 if owner == NOBODY and mode(server.folder) == 0o700 else 2
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    shutil.rmtree(base)
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.skipif(not ROOT, reason="as root alone")
def test_a_folder_that_the_servers_user_cannot_reach_is_refused_in_words() -> None:
    base = Path(tempfile.mkdtemp(prefix="serai-", dir="/tmp"))
    with pytest.raises(programs.EmbeddedError, match="SERAI_DATA_DIR"):
        embedded.start(base / "pg")
    assert mode(base) == 0o700
    shutil.rmtree(base)


async def test_a_path_too_long_for_a_socket_gets_a_private_short_one(folder: Path) -> None:
    with embedded.start(folder / ("deep" * 30)) as server:
        assert mode(server.socket) == 0o700
        assert len(str(server.socket)) < 60
        connection = await asyncpg.connect(server.url())
        assert await connection.fetchval("select 1") == 1
        await connection.close()
        if ROOT:
            assert intruder.ways_in(server, NOBODY) == []
    shutil.rmtree(server.socket)


def test_a_socket_folder_of_somebody_else_is_refused(folder: Path) -> None:
    if not ROOT:
        pytest.skip("only root can make somebody else's folder")
    folder.mkdir()
    (folder / "socket").mkdir()
    os.chown(folder / "socket", NOBODY, NOBODY)
    with pytest.raises(programs.EmbeddedError, match="belongs to somebody else"):
        embedded.start(folder)


async def test_processes_share_a_server_and_the_last_one_stops_it(folder: Path) -> None:
    one, two = share(folder), share(folder)
    with embedded.start(folder) as third:
        first = postmaster(third)
        assert not let_go(one)
        connection = await asyncpg.connect(third.url())
        assert await connection.fetchval("select 1") == 1
        await connection.close()
        assert not third.stop()
    assert postmaster(third) == first
    assert let_go(two)
    assert not (folder / "data" / "postmaster.pid").exists()


def test_two_processes_starting_at_once_make_one_server(folder: Path) -> None:
    many = [
        subprocess.Popen(
            [sys.executable, "-c", SHARE, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    assert [process.stdout.readline() for process in many if process.stdout] == ["ready\n"] * 4
    assert sorted(let_go(process) for process in many) == [False, False, False, True]


def test_a_killed_process_does_not_keep_the_server_running(folder: Path) -> None:
    dead = share(folder)
    with embedded.start(folder) as server:
        dead.kill()
        dead.wait()
        assert server.stop()


def test_a_second_stop_does_nothing(folder: Path) -> None:
    with embedded.start(folder) as server:
        assert server.stop()
        assert not server.stop()


async def test_after_a_kill_of_the_postmaster_everything_committed_is_there(folder: Path) -> None:
    with embedded.start(folder) as server:
        connection = await asyncpg.connect(server.url())
        await connection.execute("create table kept (n int); insert into kept select generate_series(1, 1000)")
        os.kill(postmaster(server), signal.SIGKILL)
        with embedded.start(folder) as again:
            fresh = await asyncpg.connect(again.url())
            assert await fresh.fetchval("select count(*) from kept") == 1000
            await fresh.close()
        connection.terminate()


def test_a_start_waits_for_a_server_that_is_still_recovering(folder: Path) -> None:
    with embedded.start(folder) as server:
        pid = postmaster(server)
        os.kill(pid, signal.SIGKILL)
        others = [share(folder) for _ in range(2)]
        assert postmaster(server) != pid
        for other in others:
            assert not let_go(other)


def test_a_pid_file_whose_number_another_process_has_now_does_not_stop_the_start(folder: Path) -> None:
    with embedded.start(folder) as server:
        server.stop()
    with subprocess.Popen(["sleep", "60"]) as bystander:
        path = folder / "data" / "postmaster.pid"
        path.write_text(f"{bystander.pid}\n{folder / 'data'}\n1\n5432\n/nowhere\n\n\nready\n")
        with embedded.start(folder) as again:
            assert postmaster(again) != bystander.pid
        assert bystander.poll() is None
        bystander.kill()


def test_a_first_start_interrupted_half_way_is_made_again(folder: Path) -> None:
    with embedded.start(folder) as server:
        server.stop()
    (folder / "data").rename(folder / "new")
    (folder / "new" / "PG_VERSION").unlink()
    with embedded.start(folder) as again:
        assert postmaster(again) > 0


def test_data_of_another_major_version_is_refused_in_words(folder: Path) -> None:
    with embedded.start(folder) as server:
        server.stop()
    (folder / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(programs.EmbeddedError, match="made by PostgreSQL 17"):
        embedded.start(folder)


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    with embedded.start(folder) as server:
        server.stop()
    (folder / "data" / "global" / "pg_control").unlink()
    with pytest.raises(programs.EmbeddedError, match="pg_control"):
        embedded.start(folder)


async def test_passwords_survive_a_restart(folder: Path) -> None:
    with embedded.start(folder) as server:
        urls = await roles.init(server.url(), "x", {role: server.passwords[role] for role in roles.LOGINS})
    with embedded.start(folder) as again:
        assert again.url("serai_app", "x") == urls["serai_app"]
        connection = await asyncpg.connect(again.url("serai_app", "x"))
        assert await connection.fetchval("select current_user") == "serai_app"
        await connection.close()


def test_the_keys_that_stop_a_program_do_not_stop_the_server(server: embedded.Embedded) -> None:
    assert os.getpgid(postmaster(server)) != os.getpgid(0)
    assert os.getsid(postmaster(server)) != os.getsid(0)


def test_a_server_in_use_starts_at_once_for_the_next_process(server: embedded.Embedded) -> None:
    before = time.perf_counter()
    with embedded.start(server.folder) as second:
        assert postmaster(second) == postmaster(server)
    assert time.perf_counter() - before < 5


async def test_a_server_that_does_not_stop_is_stopped_and_started_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_STUCK", 0.5)
    one = embedded.start(folder)
    held = await asyncpg.connect(one.url())
    await held.execute("create table kept (n int); insert into kept values (7)")
    postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGTERM)  # waits for us to leave, and lets nobody else in
    began = time.monotonic()
    with embedded.start(folder) as again:
        assert 0.5 < time.monotonic() - began < 20
        assert int((folder / "data" / "postmaster.pid").read_text().split()[0]) != postmaster
        connection = await asyncpg.connect(again.url())
        assert await connection.fetchval("select n from kept") == 7
        await connection.close()
    held.terminate()
    one.stop()
