"""`make bench`: measure, print the table, keep it as JSON in bench/results."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import meter, place, rival, seed, table
from bench.measure import FULL, QUICK, Bench
from bench.operations import Builder, Operation, Target
from bench.repairs import Repairs

RESULTS = Path(__file__).parent / "results"
SIZES = (1_000, 100_000)
ONCE = 12_000
"""Tasks that can be completed, and orders that can be resolved, each once."""
GROWING = ("task", "order", "dashboard")
"""Operations over what there is more of in each size."""
console = Console(stderr=True)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure Serai beside pgbench; leave the machine alone.")
    parser.add_argument(
        "--quick", action="store_true", help="one short round: under a minute, and less to be relied on"
    )
    parser.add_argument("--only", default="", help="operations whose names contain this")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, help="tasks and orders in all, over ten companies"
    )
    asyncio.run(run(parser.parse_args()))


async def run(options: argparse.Namespace) -> None:
    """The whole benchmark: place, server, seeds, operations, table."""
    started = time.perf_counter()
    pace = QUICK if options.quick else FULL
    now = seed.today()
    found: list[tuple[dict[str, Any], Target]] = []
    async with place.database() as at:
        console.print(f"PostgreSQL {at.version}; seeding")
        hotels = await seed.hotels(at)
        async with place.server(at) as server, Builder(at, hotels, now) as builder:
            for one in hotels:
                seed.sign_in(server, one)
            bench = Bench(at, server, pace)
            for size in sorted(options.sizes):
                await seed.grow(at, hotels, size, now)
                first = size == min(options.sizes)
                for make in _makers(builder, first=first, once=ONCE // (1 if pace is FULL else 3)):
                    for operation in await make():
                        if options.only in operation.name:
                            shown = size if any(word in operation.name for word in GROWING) else 0
                            result = (await bench.measure(operation, shown)).summary()
                            found.append((result, operation.target))
                            console.print(
                                f"  {operation.name} {shown or ''}: {result['requests_per_second']:,.0f}/s",
                                highlight=False,
                            )
            about = {
                "server_pss_mb": meter.pss(server.pid),
                "postgres_pss_mb": meter.pss(at.postmaster),
                "cold_start_s": server.cold_start,
                "postgres": at.version,
                "pgbench": rival.find(),
                "cores": os.cpu_count(),
                "quick": options.quick,
            }
    about["seconds"] = time.perf_counter() - started
    table.show(found, about)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps({"about": about, "results": [one for one, _ in found]}, indent=1), "utf-8")
    console.print(f"kept in {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


def _makers(builder: Builder, *, first: bool, once: int) -> list[Any]:
    """The operations in order: reads before writes, and what no number of tasks touches only once."""

    async def boards() -> list[Operation]:
        return [*builder.boards(300), *builder.boards(1_000)]

    async def dashboards() -> list[Operation]:
        return builder.dashboards()

    async def reads() -> list[Operation]:
        return [await builder.reads(), builder.lists()]

    async def statuses() -> list[Operation]:
        return [await builder.statuses()]

    async def moves() -> list[Operation]:
        return [await builder.assigns(), await builder.creates(), await builder.completes(once)]

    repairs = Repairs(builder)

    async def order_reads() -> list[Operation]:
        return [await repairs.reads(), *repairs.lists()]

    async def order_moves() -> list[Operation]:
        return [await repairs.assigns(), await repairs.creates(), await repairs.resolves(once)]

    again = [dashboards, reads, moves, order_reads, order_moves]
    return [boards, statuses, *again] if first else again


if __name__ == "__main__":
    main()
