"""Work with retries of its own: jobs, which PgQueuer keeps in the same database."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
import structlog

from serai.kernel.errors import Unavailable
from serai.runtime import telemetry
from serai.runtime.db.rows import into
from serai.runtime.db.tx import Tx
from serai.runtime.events.catalog import Incoming
from serai.runtime.slice import Job
from serai.runtime.work import House

if TYPE_CHECKING:
    from pgqueuer.core.qm import QueueManager
    from pgqueuer.domain.models import Job as Row
    from pgqueuer.domain.settings import DBSettings

log = structlog.get_logger()
RESCUED = timedelta(seconds=30)
"""A job whose worker was not heard of for so long is taken by another one."""
LOOK = timedelta(seconds=5)
"""The longest pause between two looks; a new job is told at once, one that somebody puts back is not."""
AGAIN = 1.0
"""Seconds before the database is asked again when it went away."""
ENDING = 10.0
"""Seconds that jobs in the middle have when the process stops."""


@dataclass(frozen=True, slots=True)
class Held:
    """A job that failed at every attempt, and what was said the last time."""

    id: int
    name: str
    created: datetime
    attempts: int
    tenant_id: UUID
    subject: UUID
    error: str


async def enqueue(tx: Tx, job: Job, fact: Incoming) -> None:
    """Have the job done for the fact's subject; it exists exactly when this transaction is committed."""
    from pgqueuer.adapters.persistence.qb import QueryQueueBuilder  # noqa: PLC0415  # a quarter of a second

    payload = orjson.dumps({"tenant": str(fact.tenant_id), "subject": str(fact.subject)})
    key = f"{job.name}:{fact.stream}:{fact.position}"
    sql = QueryQueueBuilder(settings()).build_enqueue_query()
    await tx.fetch(sql, [0], [job.name], [payload], [timedelta(0)], [key], [None])


class Queue:
    """Does the jobs, beside a process's other work; any number of processes may."""

    def __init__(self, house: House, jobs: Sequence[Job]) -> None:
        """Nothing runs until `run`."""
        self._house, self._jobs = house, tuple(jobs)

    async def run(self) -> None:
        """Do jobs until cancelled; those in the middle are finished."""
        while self._jobs:
            try:
                await self._serve()
            except Unavailable:
                log.warning("jobs.waiting")
            except Exception:
                log.exception("jobs.failed")
            await asyncio.sleep(AGAIN)

    async def _serve(self) -> None:
        """Do jobs on a connection of its own, which also listens, until it is lost."""
        async with self._house.db.listening() as connection:
            await self._work(connection, self._manager(connection))

    async def _work(self, connection: Any, manager: QueueManager) -> None:
        working = asyncio.ensure_future(manager.run(dequeue_timeout=LOOK, heartbeat_timeout=RESCUED))

        def lost(_: Any) -> None:
            working.cancel()

        connection.add_termination_listener(lost)
        try:
            await asyncio.wait([working])
        except asyncio.CancelledError:
            manager.shutdown.set()
            await asyncio.wait([working], timeout=ENDING)
            raise
        finally:
            working.cancel()
        if not working.cancelled():
            working.result()

    def _manager(self, connection: Any) -> QueueManager:
        from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor  # noqa: PLC0415  # as above
        from pgqueuer.core.qm import QueueManager  # noqa: PLC0415

        manager = QueueManager(queries(connection), channel=settings().channel)
        for job in self._jobs:
            patient = partial(
                DatabaseRetryEntrypointExecutor,
                max_attempts=job.attempts - 1,
                initial_delay=job.first_pause,
                max_delay=job.longest_pause,
            )
            manager.entrypoint(job.name, accepts_context=False, on_failure="hold", executor_factory=patient)(
                partial(self._do, job)
            )
        return manager

    async def _do(self, job: Job, row: Row) -> None:
        said = orjson.loads(row.payload or b"{}")
        try:
            with telemetry.tracer.span(f"job {job.name}"):
                await job.act(self._house, UUID(said["tenant"]), UUID(said["subject"]))
        except Exception as error:
            log.warning("job.failed", job=job.name, subject=said.get("subject"), attempt=row.attempts, error=str(error))
            raise


_HELD = (
    "select q.id, q.entrypoint as name, q.created, q.attempts, q.payload, "
    "coalesce((select l.traceback ->> 'exception_message' from jobs.pgqueuer_log l where l.job_id = q.id "
    "and l.traceback is not null order by l.created desc limit 1), '') as error "
    "from jobs.pgqueuer q where q.status = 'failed' order by q.id"
)


async def held(connection: Any) -> list[Held]:
    """The jobs that failed at every attempt, the oldest first."""
    rows = [dict(row) for row in await connection.fetch(_HELD)]
    for row in rows:
        said = orjson.loads(row.pop("payload"))
        row |= {"tenant_id": UUID(said["tenant"]), "subject": UUID(said["subject"])}
    return [into(Held, row) for row in rows]


async def again(connection: Any, ids: list[int]) -> None:
    """Have held jobs done anew, with all their attempts."""
    await queries(connection).requeue_jobs(ids)


def queries(connection: Any) -> Any:
    """PgQueuer's statements on a plain connection."""
    from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver  # noqa: PLC0415  # as above
    from pgqueuer.adapters.persistence import qb  # noqa: PLC0415
    from pgqueuer.adapters.persistence.queries import Queries  # noqa: PLC0415

    named = settings()
    return Queries(
        AsyncpgDriver(connection),
        qb.QueryBuilderEnvironment(named), qb.QueryQueueBuilder(named), qb.QuerySchedulerBuilder(named),
    )  # fmt: skip


@cache
def settings() -> DBSettings:
    """Where PgQueuer's tables are; said in full, or it looks for names like `TRIGGER` in the environment."""
    from pgqueuer.domain.settings import DBSettings, Durability  # noqa: PLC0415  # as above
    from pgqueuer.domain.types import Channel  # noqa: PLC0415

    return DBSettings(
        prefix="", db_schema="jobs", channel=Channel("serai_jobs"), function="fn_pgqueuer_changed",
        statistics_table="pgqueuer_statistics", queue_status_type="pgqueuer_status", queue_table="pgqueuer",
        queue_table_log="pgqueuer_log", trigger="tg_pgqueuer_changed", schedules_table="pgqueuer_schedules",
        durability=Durability.durable,
    )  # fmt: skip
