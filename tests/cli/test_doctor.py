"""`serai doctor` finds what is missing and says how to mend it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from serai.cli import doctor
from tests.cli.test_main import serai


@contextmanager
def answering(words: bytes) -> Iterator[str]:
    """A server that answers its first caller with these words; yields host:port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            way, _ = server.accept()
            with way:
                way.recv(100)
                way.sendall(words)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def test_an_old_python_is_told() -> None:
    assert doctor.python((3, 10, 4)).state == "ill"
    assert doctor.python((3, 11, 0)).state == "well"


def test_a_misspelt_setting_is_a_warning() -> None:
    found = list(doctor.spelling({"SERAI_PROT": "1", "PATH": "x"}))
    assert [(one.state, one.mend) for one in found] == [("warning", "did you mean SERAI_PORT?")]


def test_room_on_the_disk_is_measured_where_the_folder_will_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ROOM", 0)
    assert doctor.disk(tmp_path / "not" / "yet").state == "well"
    monkeypatch.setattr(doctor, "ROOM", 10**18)
    assert doctor.disk(tmp_path).state == "ill"


def test_a_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert doctor.port("127.0.0.1", taken).state == "warning"
    assert doctor.port("127.0.0.1", taken).state == "well"


def test_a_broker_is_known_by_its_answer() -> None:
    with answering(b"-NOAUTH Authentication required.\r\n") as place:
        assert doctor.broker("Redis", f"redis://{place}", 6379, b"PING\r\n", b"+PONG", b"-NOAUTH").state == "well"
    with answering(b"HTTP/1.1 400 Bad Request\r\n") as place:
        found = doctor.broker("Redis", f"redis://:hunter2@{place}", 6379, b"PING\r\n", b"+PONG", b"-NOAUTH")
    assert (found.state, found.mend) == ("ill", "correct REDIS_URL")
    assert "hunter2" not in found.said


def test_a_broker_that_is_gone_is_told() -> None:
    assert doctor.broker("RabbitMQ", "amqp://127.0.0.1:1", 5672, b"AMQP", b"\x01").state == "ill"


def test_a_wrong_setting_ends_the_examination() -> None:
    done = serai("doctor", JWT_SECRET="short")
    assert done.returncode == 1
    assert "openssl rand" in done.stdout


@pytest.mark.integration
def test_the_embedded_server_is_tried_by_another_user(database: dict[str, str], tmp_path: Path) -> None:
    folder = "/var/lib/serai" if os.geteuid() == 0 else str(tmp_path)
    found = {one.name: one for one in doctor.own(Path(folder) / "tests")}
    assert {name: one.state for name, one in found.items()} == {"PostgreSQL": "well", "locked": "well"}


@pytest.mark.integration
def test_an_external_server_is_judged_by_the_guard(database: dict[str, str]) -> None:
    done = serai("doctor", SERAI_DATABASE_URL=database["serai_app"], SERAI_RELAY_URL=database["serai_relay"])
    assert "✓ PostgreSQL" in done.stdout
    assert "✓ relay" in done.stdout
    refused = serai("doctor", SERAI_DATABASE_URL=database["serai_backup"])
    assert refused.returncode == 1
    assert "BYPASSRLS" in refused.stdout
    assert "SERAI_RELAY_URL is not set" in refused.stdout
