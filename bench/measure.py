"""One operation measured: ours with 16 clients and one, and pgbench, in turn."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg

from bench import rival
from bench.meter import Meter
from bench.operations import CLIENTS, Operation
from bench.place import Place, Server

TOUCH = 0.002
"""Seconds between two changes in a hotel where something always happens."""


@dataclass(frozen=True)
class Pace:
    """How many rounds, and how many seconds each part takes."""

    rounds: int
    together: float
    alone: float
    pgbench: int


FULL = Pace(3, 1.0, 0.4, 1)
QUICK = Pace(1, 0.6, 0.3, 1)


@dataclass
class Result:
    """What came of an operation; times in milliseconds."""

    name: str
    size: int
    rate: list[float] = field(default_factory=list)
    rival: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    requests: int = 0
    server_cpu: float = 0.0
    postgres_cpu: float = 0.0
    bytes: float = 0.0

    def summary(self) -> dict[str, Any]:
        """The figures of the table."""
        rate, ratio = statistics.median(self.rate), None
        if self.rival:
            ratio = statistics.median(ours / theirs for ours, theirs in zip(self.rate, self.rival, strict=True))
        return {
            "operation": self.name,
            "size": self.size,
            "requests_per_second": round(rate, 1),
            "pgbench_per_second": round(statistics.median(self.rival), 1) if self.rival else None,
            "share_of_pgbench": None if ratio is None else round(ratio, 4),
            "p50_ms": _percentile(self.together, 50),
            "p95_ms": _percentile(self.together, 95),
            "p99_ms": _percentile(self.together, 99),
            "p50_alone_ms": _percentile(self.alone, 50),
            "cpu_server_ms": round(self.server_cpu / max(self.requests, 1) * 1000, 3),
            "cpu_postgres_ms": round(self.postgres_cpu / max(self.requests, 1) * 1000, 3),
            "bytes": round(self.bytes / max(self.requests, 1)),
        }


def _percentile(values: list[float], part: int) -> float:
    return round(sorted(values)[min(len(values) - 1, len(values) * part // 100)] * 1000, 3) if values else 0.0


class Bench:
    """Measures operations on one server."""

    def __init__(self, place: Place, server: Server, pace: Pace) -> None:
        """`pace` bounds how long it takes."""
        self._place, self._server, self._pace = place, server, pace
        self._pgbench = rival.find()

    async def measure(self, operation: Operation, size: int) -> Result:
        """All rounds of one operation; an answer that is no success ends the benchmark."""
        result = Result(operation.name, size)
        pace = self._pace
        async with self._moving(operation):
            if operation.cycle:
                await self._load(operation.clients, 0.3, cycle=True)
            for turn in range(pace.rounds):
                await self._round(operation, result, turn)
        return result

    async def _round(self, operation: Operation, result: Result, turn: int) -> None:
        pace = self._pace
        many, one = _shares(operation, turn, pace.rounds)
        meter = Meter(self._server.pid, self._place.postmaster)
        done = await self._load(many, pace.together, cycle=operation.cycle)
        server, postgres = meter.used()
        count = len(done["latencies"])
        result.rate.append(count / done["seconds"])
        result.together += done["latencies"]
        result.requests += count
        result.server_cpu += server
        result.postgres_cpu += postgres
        result.bytes += done["bytes"]
        if operation.scripts and self._pgbench:
            found = await asyncio.to_thread(
                rival.run, self._pgbench, self._place, operation.scripts, pace.pgbench, CLIENTS
            )
            result.rival.append(found)
        alone = await self._load([one], pace.alone, cycle=operation.cycle)
        result.alone += alone["latencies"]

    async def _load(self, clients: list[list[str]], seconds: float, *, cycle: bool) -> dict[str, Any]:
        job = {
            "host": self._server.host,
            "port": self._server.port,
            "seconds": seconds,
            "clients": clients,
            "cycle": cycle,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.load", cwd=Path(__file__).parents[1],
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        said, _ = await process.communicate(json.dumps(job).encode())
        done: dict[str, Any] = json.loads(said)
        bad = {status: n for status, n in done["statuses"].items() if int(status) >= 400 or int(status) == 0}
        if bad or not done["latencies"]:
            raise SystemExit(f"The server refused {bad}, of {done['statuses']}:\n{done['sample']}")
        return done

    @asynccontextmanager
    async def _moving(self, operation: Operation) -> AsyncGenerator[None]:
        """While this lasts, the streams of the operation move all the time."""
        if not operation.moving:
            yield
            return
        connection: Any = await asyncpg.connect(self._place.urls["serai_owner"])

        async def touch() -> None:
            while True:
                await connection.execute(
                    "update app.stream set head = head + 1 where stream = any($1)", list(operation.moving)
                )
                await asyncio.sleep(TOUCH)

        touching = asyncio.create_task(touch())
        try:
            yield
        finally:
            touching.cancel()
            with suppress(asyncio.CancelledError):
                await touching
            await connection.close()


def _shares(operation: Operation, turn: int, rounds: int) -> tuple[list[list[str]], list[str]]:
    """The requests of all clients and of the one alone; what can be sent only once is dealt out over the rounds."""
    if operation.cycle:
        return operation.clients, operation.clients[-1]
    many: list[list[str]] = []
    one: list[str] = []
    for own in operation.clients:
        cut = len(own) * 4 // 5
        many.append(own[:cut][turn::rounds])
        one += own[cut:][turn::rounds]
    return many, one
