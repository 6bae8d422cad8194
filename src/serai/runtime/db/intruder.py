"""Tries to get into the embedded server as another user: nobody may."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from serai.runtime.db.embedded import PORT, Embedded

NOBODY = 65534


def ways_in(server: Embedded, user: int = NOBODY) -> list[str]:
    """What that user (an id) can open of the server's: empty is right. Only root can try it."""
    paths = (
        server.socket / f".s.PGSQL.{PORT}",
        server.folder / "passwords.json",
        server.folder / "data" / "PG_VERSION",
        server.folder / "log",
        server.folder / "postgresql.conf",
    )
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # in the child: no exception may leave it
        try:
            os.close(reader)
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            os.write(writer, "\n".join(str(path) for path in paths if _opens(path)).encode())
        except BaseException:  # noqa: BLE001
            os.write(writer, b"the trial itself failed")
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        found = answer.read().decode()
    os.waitpid(child, 0)
    return found.splitlines()


def _opens(path: Path) -> bool:
    try:
        if path.name.startswith(".s."):
            with socket.socket(socket.AF_UNIX) as way:
                way.connect(str(path))
        else:
            with path.open("rb"):
                pass
    except OSError:
        return False
    return True
