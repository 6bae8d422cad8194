"""Ask ClamAV whether a file is clean (clamd's INSTREAM)."""

from __future__ import annotations

import asyncio

from serai.kernel.errors import Invalid, Unavailable

TIMEOUT = 20.0
"""Seconds for the whole answer."""
PART = 65_536


class Infected(Invalid):
    """The virus scanner found something in this file."""

    code = "infected"


async def scan(body: bytes, host: str, port: int) -> None:
    """Nothing where it is clean, else Infected; Unavailable where the scanner does not answer."""
    try:
        async with asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(b"zINSTREAM\0")
                for at in range(0, len(body), PART):
                    part = body[at : at + PART]
                    writer.write(len(part).to_bytes(4) + part)
                    await writer.drain()
                writer.write(bytes(4))
                answer = (await reader.read(1000)).strip(b"\0\n ")
            finally:
                writer.close()
    except (OSError, TimeoutError) as error:
        raise Unavailable("The virus scanner does not answer; try again.") from error
    if answer.endswith(b" FOUND"):
        raise Infected
    if not answer.endswith(b"OK"):
        raise Unavailable("The virus scanner does not answer as it should; try again.")
