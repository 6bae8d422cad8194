"""What processes use: CPU seconds and proportional memory."""

from __future__ import annotations

from dataclasses import dataclass

import psutil


def _family(root: int | None) -> list[psutil.Process]:
    if root is None:
        return []
    try:
        parent = psutil.Process(root)
        return [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return []


def cpu(root: int | None) -> float:
    """User and system seconds of a process and its children, ended ones that were waited for included."""
    total = 0.0
    for process in _family(root):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
        if process.pid == root:
            total += times.children_user + times.children_system
    return total


def pss(root: int | None) -> float:
    """Megabytes, pages that are shared counted in parts (Linux); 0 where they cannot be read."""
    total = 0
    for process in _family(root):
        try:
            total += getattr(process.memory_full_info(), "pss", 0)
        except psutil.Error:
            continue
    return total / 1_048_576


@dataclass
class Meter:
    """CPU seconds of the server and of PostgreSQL since it was made."""

    server: int
    postgres: int | None

    def __post_init__(self) -> None:
        """Begin."""
        self._began = (cpu(self.server), cpu(self.postgres))

    def used(self) -> tuple[float, float]:
        """Seconds of the server and of PostgreSQL."""
        return cpu(self.server) - self._began[0], cpu(self.postgres) - self._began[1]
