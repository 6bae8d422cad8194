"""`python -m campaigns m3 --requests 20000 --seed 1`: run one, print what held."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from campaigns import (
    m1_kills,
    m1b_postgres,
    m2_absence,
    m3_requests,
    m6_repeats,
    m7_restore,
    m10_rolling,
    p11_phone,
    p13_neighbours,
    p14_moments,
    p15_full_disk,
)
from campaigns.ground import revision

RESULTS = Path(__file__).parent / "results"
CAMPAIGNS: dict[str, Any] = {
    "m1": m1_kills,
    "m1b": m1b_postgres,
    "m2": m2_absence,
    "m3": m3_requests,
    "m6": m6_repeats,
    "m7": m7_restore,
    "m10": m10_rolling,
    "p11": p11_phone,
    "p13": p13_neighbours,
    "p14": p14_moments,
    "p15": p15_full_disk,
}


def main() -> int:
    """Run the campaign that is named; status 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="campaigns", description="Faults at random, and what must hold all the same.")
    chosen = parser.add_subparsers(dest="name", required=True)
    for name, module in CAMPAIGNS.items():
        one = chosen.add_parser(name, help=(module.__doc__ or "").splitlines()[0])
        one.add_argument("--seed", type=int, default=1)
        module.options(one)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    started = time.perf_counter()
    found = asyncio.run(CAMPAIGNS[options.name].run(options))
    about = {
        "campaign": options.name, "seed": options.seed, "revision": revision(),
        "day": f"{datetime.now(UTC):%Y-%m-%d}", "seconds": round(time.perf_counter() - started, 1), **found,
    }  # fmt: skip
    print(json.dumps(about, indent=1, default=str))
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{options.name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(about, indent=1, default=str), "utf-8")
    return 1 if found["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
