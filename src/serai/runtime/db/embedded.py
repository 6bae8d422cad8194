"""An own PostgreSQL in a folder, shared by our processes, closed to others."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shlex
import shutil
import socket
import struct
import tempfile
import time
from pathlib import Path
from typing import IO, Self
from urllib.parse import quote

import psutil

from serai.runtime.db.programs import HOME, EmbeddedError, Programs, find, locked

ADMIN = "postgres"
ROLES = ("serai_owner", "serai_app", "serai_relay", "serai_backup")
PORT = 5432
_LONGEST_SOCKET = 100
"""Bytes of a socket's path that every system takes (Linux 107, macOS 103)."""
_PATIENCE = 120.0
"""Seconds that crash recovery may take."""
_STARTING = b"57P03"
_STOPPING = b"is shutting down"
_STUCK = 30.0
"""Seconds after which a server that shuts down will not: 18.6 hangs when it is asked to in the midst of recovery."""
_LONGEST_LOG = 10_000_000

_HBA = """\
# Serai writes this file: a password for everybody, nobody from outside.
local all all scram-sha-256
local replication serai_backup scram-sha-256
"""
_CONFIGURATION = """\
# Serai writes this file at every start.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
port = {port}
hba_file = '{hba}'
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = '128MB'
effective_cache_size = '1GB'
max_wal_size = '1GB'
max_slot_wal_keep_size = '4GB'
random_page_cost = 1.1
fsync = on
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
lc_messages = 'C'
log_checkpoints = off
"""


class Embedded:
    """A running server and this process's share in it; the last process that lets go stops it."""

    def __init__(self, folder: Path, socket_folder: Path, passwords: dict[str, str], programs: Programs) -> None:
        """Made by `start`."""
        self.folder = folder
        self.socket = socket_folder
        self.passwords = passwords
        self.programs = programs
        self._share: IO[str] | None = None

    def url(self, role: str = ADMIN, database: str = "postgres") -> str:
        """The DSN of a role, with its password: for asyncpg, never for a log."""
        host = quote(str(self.socket), safe="")
        return f"postgresql://{role}:{quote(self.passwords[role], safe='')}@/{quote(database)}?host={host}&port={PORT}"

    def stop(self) -> bool:
        """Let go; True when this was the last process and the server has stopped. A second call does nothing."""
        atexit.unregister(self.stop)
        if self._share is None:
            return False
        with locked(self.folder):
            self._share.close()
            self._share = None
            with (self.folder / "in-use").open("a") as share:
                try:
                    fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
                _stop(self.folder, self.programs)
                return True

    def hold(self) -> None:
        """Count this process among those that use the server, for as long as it lives or until `stop`."""
        self._share = (self.folder / "in-use").open("a")
        fcntl.flock(self._share, fcntl.LOCK_SH)
        atexit.register(self.stop)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(folder: Path, *, home: Path = HOME, patience: float = _PATIENCE) -> Embedded:
    """Start the folder's server, or join it if it runs; the first start makes it.

    Processes share a server by folder: each holds a lock that the system lets go when it dies, whatever it dies of.
    After a crash this waits for recovery, `patience` seconds at the most. Started as root, the server runs as the user
    serai, from programs copied to `home`. Raises EmbeddedError with what to do.
    """
    try:
        return _start(folder.absolute(), find(home), patience)
    except OSError as error:
        raise EmbeddedError(
            f"The embedded PostgreSQL cannot work in {folder}: {error}. Set SERAI_DATA_DIR to another folder, "
            "or SERAI_DATABASE_URL to a server of your own."
        ) from error


def _start(folder: Path, programs: Programs, patience: float) -> Embedded:
    folder = _own_folder(folder, programs)
    with locked(folder):
        passwords = _passwords(folder)
        _check_version(folder, programs)
        if not (folder / "data").exists():
            _create(folder, programs, passwords[ADMIN])
        socket_folder = _socket_folder(folder, programs)
        _configure(folder, socket_folder, programs)
        _run(folder, socket_folder, programs, patience)
        server = Embedded(folder, socket_folder, passwords, programs)
        server.hold()
    return server


def is_running(folder: Path) -> bool:
    """Whether a server answers in this folder, or a process of it lives."""
    return any(_works_in(process, folder / "data") for process in psutil.process_iter())


def _own_folder(folder: Path, programs: Programs) -> Path:
    """Root keeps the folder and lets the server's user pass through; else it is the user's own alone."""
    missing = next((one for one in reversed((folder, *folder.parents)) if not one.exists()), None)
    folder.mkdir(parents=True, exist_ok=True)
    if programs.group is None:
        folder.chmod(0o700)
        return folder
    for parent in folder.parents:
        if missing is not None and parent.is_relative_to(missing):
            parent.chmod(0o755)  # made by us just now
        if not parent.stat().st_mode & 0o001:
            raise EmbeddedError(
                f"As root the database runs as the user serai, who cannot reach {folder} because {parent} is closed: "
                f"set SERAI_DATA_DIR to another folder (without it, {HOME})."
            )
    os.chown(folder, 0, programs.group)
    folder.chmod(0o710)
    return folder


def _passwords(folder: Path) -> dict[str, str]:
    path = folder / "passwords.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [role for role in (ADMIN, *ROLES) if role not in known]
    if missing:
        known |= {role: secrets.token_urlsafe(24) for role in missing}
        _write(path, json.dumps(known, indent=1))
    return known


def _write(path: Path, text: str, mode: int = 0o600, group: int | None = None) -> None:
    """A whole file or none, never readable by others in between."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        if group is not None:
            os.fchown(descriptor, -1, group)
        os.fchmod(descriptor, mode)
    Path(name).replace(path)


def _check_version(folder: Path, programs: Programs) -> None:
    path = folder / "data" / "PG_VERSION"
    major = programs.version.partition(".")[0]
    if path.exists() and (found := path.read_text().strip()) != major:
        raise EmbeddedError(
            f"{folder} was made by PostgreSQL {found}, this is {major}: dump it with the Serai that made it "
            "(pg_dump), and restore it here into a new SERAI_DATA_DIR."
        )


def _create(folder: Path, programs: Programs, password: str) -> None:
    """A new cluster, made aside and renamed: one interrupted half-way is simply made again."""
    aside = folder / "new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    programs.owns(aside, 0o700)
    secret = aside / "password"
    _write(secret, password)
    programs.owns(secret, 0o400)
    programs.run(
        "initdb", "--auth=scram-sha-256", f"--pwfile={secret}", f"--username={ADMIN}", "--encoding=UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
        f"--pgdata={aside / 'data'}",
    )  # fmt: skip
    (aside / "data").rename(folder / "data")
    shutil.rmtree(aside)


def _socket_folder(folder: Path, programs: Programs) -> Path:
    """A folder of 0700 for the socket, elsewhere when the path would be too long for one."""
    path = folder / "socket"
    if len(os.fsencode(path / f".s.PGSQL.{PORT}")) > _LONGEST_SOCKET:
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        base = "/run" if programs.user is not None else os.environ.get("XDG_RUNTIME_DIR") or "/tmp"  # noqa: S108
        path = Path(base) / f"serai-{name}"
    path.mkdir(mode=0o700, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid not in {os.geteuid(), programs.user}:
        raise EmbeddedError(f"{path} belongs to somebody else: take it away, or choose another SERAI_DATA_DIR.")
    programs.owns(path, 0o700)
    return path


def _configure(folder: Path, socket_folder: Path, programs: Programs) -> None:
    def quoted(path: Path) -> str:
        return str(path).replace("'", "''")

    text = _CONFIGURATION.format(socket=quoted(socket_folder), port=PORT, hba=quoted(folder / "pg_hba.conf"))
    for name, content in (("pg_hba.conf", _HBA), ("postgresql.conf", text)):
        _write(folder / name, content, 0o640, programs.group)


def _run(folder: Path, socket_folder: Path, programs: Programs, patience: float) -> None:
    """Wait until the server answers; start it where none listens."""
    log = folder / "log"
    deadline = time.monotonic() + patience
    started, stopping = False, time.monotonic()
    while (state := _probe(socket_folder)) != "ready":
        if time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL did not get ready in {patience:.0f} s; its own words are in {log}.")
        if state != "stopping":
            stopping = time.monotonic()
        elif time.monotonic() - stopping > _STUCK:
            _end(folder, programs, "immediate")  # as a crash: what was committed is there after it
        if state == "absent" and not started:
            _clear_away(folder, socket_folder)
            if log.exists() and log.stat().st_size > _LONGEST_LOG:
                log.replace(folder / "log.old")
            log.touch()
            programs.owns(log, 0o600)
            options = shlex.join(("-c", f"config_file={folder / 'postgresql.conf'}"))
            programs.run("pg_ctl", "start", "-W", "-s", "-D", str(folder / "data"), "-l", str(log), "-o", options)
            started = True
        elif state == "absent" and not (folder / "data" / "postmaster.pid").exists():
            time.sleep(0.2)  # the file comes within milliseconds of the start
            if not (folder / "data" / "postmaster.pid").exists():
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
                raise EmbeddedError(f"PostgreSQL did not start:\n{tail}")
        time.sleep(0.01)


def _probe(socket_folder: Path) -> str:
    """What answers on the socket: `ready`, `starting`, `stopping` or `absent`."""
    packet = struct.pack("!I", 196608) + f"user\0{ADMIN}\0database\0{ADMIN}\0\0".encode()
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(socket_folder / f".s.PGSQL.{PORT}"))
            probe.sendall(struct.pack("!I", len(packet) + 4) + packet)
            answer = probe.recv(1024)
        except (FileNotFoundError, ConnectionRefusedError):
            return "absent"
        except OSError:
            return "starting"
    if answer.startswith(b"E"):
        waits = "stopping" if _STOPPING in answer else "starting"
        return waits if _STARTING in answer else "ready"
    return "ready" if answer else "starting"


def _clear_away(folder: Path, socket_folder: Path) -> None:
    """After a crash: wait for the dead server's children, then drop its pid files, whose number may be reused."""
    files = (folder / "data" / "postmaster.pid", socket_folder / f".s.PGSQL.{PORT}.lock")
    if not any(file.exists() for file in files):
        return
    deadline = time.monotonic() + 20
    while any(_works_in(process, folder / "data") for process in psutil.process_iter()):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Processes of a dead PostgreSQL still work in {folder / 'data'}: end them.")
        time.sleep(0.02)
    for file in files:
        file.unlink(missing_ok=True)


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(data)
    except (psutil.Error, OSError):
        return False


def _stop(folder: Path, programs: Programs) -> None:
    """Stopped, by force where it does not by itself; one that died meanwhile recovers at the next start."""
    for how in ("fast", "immediate"):
        if (folder / "data" / "postmaster.pid").exists():
            _end(folder, programs, how)


def _end(folder: Path, programs: Programs, how: str) -> None:
    with contextlib.suppress(EmbeddedError):
        programs.run("pg_ctl", "stop", "-s", "-m", how, "-w", "-t", "30", "-D", str(folder / "data"))
