"""A file that the virus scanner could not look at is shown to it again, for a day."""

from __future__ import annotations

from datetime import timedelta

from serai.areas.files import events, service
from serai.areas.files.model import Scan
from serai.runtime.events.catalog import Incoming
from serai.runtime.jobs.queue import enqueue
from serai.runtime.slice import Job, Reaction
from serai.runtime.work import Work

SCAN = Job("file.scan", service.rescan, 32, timedelta(seconds=5), timedelta(hours=1))


async def _scan_later(work: Work, fact: Incoming) -> None:
    if fact.data["scan"] == Scan.PENDING:
        await enqueue(work.tx, SCAN, fact)


REACTIONS = (Reaction("file.scan", (events.ADDED,), _scan_later),)
