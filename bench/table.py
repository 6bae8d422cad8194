"""The table: what was measured next to what speed.md asks for."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from bench.operations import Target

GROWTH = (1.3, 1.1)
"""How p50 may grow with the rows: must and aim."""
_COLUMNS = (
    "operation", "tasks", "req/s", "p50", "p95", "p99", "1 client p50", "CPU ms server", "+ PG", "pgbench/s", "share",
    "bytes", "asked: req/s", "share", "1 client", "CPU", "",
)  # fmt: skip


def verdict(found: dict[str, Any], target: Target) -> list[str]:
    """What of the target is missed, and what is reached of the aim: words for the last column."""
    words: list[str] = []
    checks = (
        ("req/s", target.rate, found["requests_per_second"], True),
        ("1 client", target.alone, found["p50_alone_ms"], False),
        ("CPU", target.cpu, found["cpu_server_ms"] + found["cpu_postgres_ms"], False),
    )
    for name, asked, value, upward in checks:
        if asked is None:
            continue
        must, aim = asked
        if (value < must) if upward else (value > must):
            words.append(f"[red]{name} missed[/]")
        elif (value >= aim) if upward else (value <= aim):
            words.append(f"[green]{name} at aim[/]")
    if target.ratio is not None and found["share_of_pgbench"] is not None and found["share_of_pgbench"] < target.ratio:
        words.append("[red]share missed[/]")
    return words


def show(found: list[tuple[dict[str, Any], Target]], about: dict[str, Any]) -> None:
    """Print the table and what else there is to say."""
    console = Console(width=200)
    table = Table(*_COLUMNS, box=None, pad_edge=False, header_style="bold")
    for column in table.columns[1:-1]:
        column.justify = "right"
    for one, target in found:
        table.add_row(*_row(one, target))
    console.print(table)
    for line in growth([one for one, _ in found]):
        console.print(line)
    console.print(
        f"memory (PSS): server {about['server_pss_mb']:.0f} MB, PostgreSQL {about['postgres_pss_mb']:.0f} MB · "
        f"cold start {about['cold_start_s']:.2f} s (must 1.5, aim 0.8) · PostgreSQL {about['postgres']} · "
        f"{about['cores']} cores · {about['seconds']:.0f} s in all"
    )
    if about["pgbench"] is None:
        console.print("pgbench was not found, so there is no share of it.")


def _row(one: dict[str, Any], target: Target) -> list[str]:
    share = one["share_of_pgbench"]
    return [
        one["operation"],
        f"{one['size']:,}" if one["size"] else "",
        f"{one['requests_per_second']:,.0f}",
        *(f"{one[name]:.2f}" for name in ("p50_ms", "p95_ms", "p99_ms", "p50_alone_ms")),
        f"{one['cpu_server_ms']:.2f}",
        f"{one['cpu_postgres_ms']:.2f}",
        "" if one["pgbench_per_second"] is None else f"{one['pgbench_per_second']:,.0f}",
        "" if share is None else f"{share:.0%}",
        f"{one['bytes']:,}",
        "" if target.rate is None else "{:,}/{:,}".format(*target.rate),
        "" if target.ratio is None else f"{target.ratio:.0%}",
        "" if target.alone is None else "{}/{}".format(*target.alone),
        "" if target.cpu is None else "{}/{}".format(*target.cpu),
        ", ".join(verdict(one, target)),
    ]


def growth(found: list[dict[str, Any]]) -> list[str]:
    """How the time of each operation grows from the smallest size to the largest."""
    lines: list[str] = []
    for name in dict.fromkeys(one["operation"] for one in found):
        sizes = sorted((one for one in found if one["operation"] == name and one["size"]), key=lambda one: one["size"])
        if len(sizes) > 1:
            factor = sizes[-1]["p50_alone_ms"] / max(sizes[0]["p50_alone_ms"], 0.001)
            mark = "[red]missed[/]" if factor > GROWTH[0] else ""
            lines.append(f"{name}: {factor:.2f} times from {sizes[0]['size']:,} to {sizes[-1]['size']:,} tasks {mark}")
    return lines
