"""The load generator, a process of its own with keep-alive clients."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

import uvloop


@dataclass
class Run:
    """What came of one run, by all its clients."""

    until: float
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    received: int = 0
    sample: str = ""


class Client(asyncio.Protocol):
    """One connection: sends a request, waits for the whole answer, sends the next."""

    def __init__(self, requests: list[bytes], run: Run, *, cycle: bool) -> None:
        """With `cycle` the requests begin again at the end; without it the client is done then."""
        self._requests = iter(chain.from_iterable(repeat(requests)) if cycle else requests)
        self._run = run
        self._buffer = b""
        self._sent = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport: Any = transport
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature  # noqa: ARG002  # asyncio's signature
        """The server hung up: an error unless we are done."""
        if not self.done.done():
            self._run.statuses[0] += 1
            self.done.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Count an answer when all of it is here."""
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        start = self._buffer.find(b"content-length: ", 0, head)
        length = 0 if start < 0 else int(self._buffer[start + 16 : self._buffer.find(b"\r\n", start)])
        if len(self._buffer) < head + 4 + length:
            return
        self._run.latencies.append(time.perf_counter() - self._sent)
        status = int(self._buffer[9:12])
        self._run.statuses[status] += 1
        self._run.received += len(self._buffer)
        if status >= 400 and not self._run.sample:
            self._run.sample = self._buffer.decode("utf-8", "replace")[:2000]
        self._buffer = b""
        self._next()

    def _next(self) -> None:
        now = time.perf_counter()
        request = next(self._requests, None) if now < self._run.until else None
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._sent = now
        self._transport.write(request)


async def drive(job: dict[str, Any]) -> dict[str, Any]:
    """Run all clients of a job to its end, or until its seconds are over."""
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    run = Run(started + job["seconds"])
    clients: list[Client] = []
    for requests in job["clients"]:
        client = Client([one.encode() for one in requests], run, cycle=job["cycle"])
        clients.append(client)
        await loop.create_connection(lambda client=client: client, job["host"], job["port"])
    await asyncio.gather(*(one.done for one in clients))
    return {
        "seconds": time.perf_counter() - started,
        "latencies": run.latencies,
        "statuses": dict(run.statuses),
        "bytes": run.received,
        "sample": run.sample,
    }


if __name__ == "__main__":
    print(json.dumps(uvloop.run(drive(json.load(sys.stdin)))))
