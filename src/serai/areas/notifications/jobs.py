"""What goes outside: sent by jobs, woken when quiet hours end."""

from __future__ import annotations

from datetime import timedelta

from serai.areas.notifications import events, service
from serai.areas.notifications.model import DeliveryState
from serai.runtime.events.catalog import Incoming
from serai.runtime.jobs.queue import enqueue
from serai.runtime.slice import Job, Loop, Reaction
from serai.runtime.work import Work

SEND = Job("notification.send", service.send, service.ATTEMPTS, timedelta(seconds=5), timedelta(minutes=15))


async def _on_its_way(work: Work, fact: Incoming) -> None:
    if fact.data["state"] == DeliveryState.QUEUED:
        await enqueue(work.tx, SEND, fact)


REACTIONS = (Reaction("notification.send", (events.DELIVERY_CHANGED,), _on_its_way),)
LOOPS = (Loop("quiet-hours", "delivery", "due_at", service.wake),)
