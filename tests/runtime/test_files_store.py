"""Where files lie, the same on a disk and in a bucket; and the scanner."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from serai.kernel.errors import NotFound, SetupError, Unavailable
from serai.runtime.files import scan as scanner
from serai.runtime.files.scan import Infected, scan
from serai.runtime.files.store import Files


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 server on loopback, with a bucket."""
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=endpoint, **keys).create_bucket(Bucket="serai")
    yield endpoint
    server.stop()


def bucket(endpoint: str) -> Files:
    """Files there."""
    return Files(
        "s3://serai/hotel",
        {"endpoint": endpoint, "region": "us-east-1", "access_key_id": "test", "secret_access_key": "test"},
    )


@pytest.fixture(params=["disk", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path, s3: str) -> Files:
    """Both kinds."""
    return bucket(s3) if request.param == "bucket" else Files(f"{tmp_path}/deep/files")


async def test_what_is_put_is_there_until_it_is_removed(files: Files) -> None:
    body = bytes(range(256)) * 5000
    await files.put("tenant/one", body)
    await files.put("tenant/two", b"2")
    await files.put("tenant/two", b"two")
    assert (await files.get("tenant/one"), await files.get("tenant/two")) == (body, b"two")
    await files.remove("tenant/one")
    await files.remove("tenant/one")
    with pytest.raises(NotFound):
        await files.get("tenant/one")
    assert await files.get("tenant/two") == b"two"


def beside(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {one.name for one in folder.iterdir()}


async def test_the_folder_is_its_owners_alone_and_no_key_leaves_it(tmp_path: Path) -> None:
    files = Files(f"{tmp_path}/files")
    await files.put("a/b", b"x")
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700
    for key in ("../outside", "a/../../outside", "/etc/passwd"):
        with pytest.raises((Unavailable, NotFound, ValueError)):
            await files.get(key)
    assert beside(tmp_path) == {"files"}


async def test_a_bucket_that_does_not_answer_says_so() -> None:
    with pytest.raises(Unavailable):
        await asyncio.wait_for(bucket("http://127.0.0.1:1").put("a", b"x"), 60)


@pytest.mark.parametrize("url", ["", "files", "./files", "ftp://x/y", "s3://"])
def test_another_place_is_refused(url: str) -> None:
    with pytest.raises(SetupError):
        Files(url)


@asynccontextmanager
async def clamd(answer: bytes) -> AsyncGenerator[tuple[int, bytearray]]:
    """What speaks as clamd does; what it was sent is kept."""
    got = bytearray()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        while length := int.from_bytes(await reader.readexactly(4)):
            got.extend(await reader.readexactly(length))
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], got


async def test_a_clean_file_passes_and_was_sent_whole() -> None:
    body = bytes(200_000)
    async with clamd(b"stream: OK\0") as (port, got):
        await scan(body, "127.0.0.1", port)
    assert bytes(got) == body


async def test_a_find_is_refused_and_a_silent_scanner_lets_nothing_by(monkeypatch: pytest.MonkeyPatch) -> None:
    async with clamd(b"stream: Eicar-Test-Signature FOUND\0") as (port, _):
        with pytest.raises(Infected):
            await scan(b"x", "127.0.0.1", port)
    async with clamd(b"INSTREAM size limit exceeded. ERROR\0") as (port, _):
        with pytest.raises(Unavailable):
            await scan(b"x", "127.0.0.1", port)
    with pytest.raises(Unavailable):
        await scan(b"x", "127.0.0.1", 1)
    monkeypatch.setattr(scanner, "TIMEOUT", 0.2)
    silent = await asyncio.start_server(lambda *_: asyncio.sleep(2), "127.0.0.1", 0)
    async with silent:
        with pytest.raises(Unavailable):
            await scan(b"x", "127.0.0.1", silent.sockets[0].getsockname()[1])
