"""Repeats: the same key gives the same committed answer again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from serai.kernel.errors import Fault, Invalid
from serai.runtime.db.tx import Tx

KEPT = timedelta(days=7)
"""How long an answer is given again: a phone that lay in a drawer over the weekend may not have heard it."""
LONGEST = 255
"""Characters of a key."""


class KeyReused(Invalid):
    """This Idempotency-Key was used with another body."""

    code = "idempotency_key_reused"


@dataclass(frozen=True, slots=True)
class Answer:
    """A committed answer."""

    status: int
    body: bytes
    etag: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """A repeat is told by tenant, principal, route and key; the body must be the same."""

    principal: str
    route: str
    key: str
    body_hash: bytes

    @classmethod
    def of(cls, principal: UUID | None, route: str, key: str, body: bytes) -> Key:
        """Made of a request; keys are 1 to 255 printable ASCII characters."""
        if not (1 <= len(key) <= LONGEST and key.isascii() and key.isprintable()):
            raise Invalid(faults=[Fault("/headers/idempotency-key", "1 to 255 printable ASCII characters")])
        return cls(str(principal), route, key, sha256(body).digest())


async def begin(tx: Tx, tenant_id: UUID, key: Key, now: datetime) -> Answer | None:
    """The answer given before, or None when this is the first time.

    A twin that still runs holds its row: we wait for it, two seconds at the most.
    """
    await tx.execute("set local lock_timeout = '2s'")
    first = await tx.fetchval(
        "insert into app.idempotency (tenant_id, principal, route, key, body_hash, at) values ($1, $2, $3, $4, $5, $6) "
        "on conflict do nothing returning true",
        tenant_id, key.principal, key.route, key.key, key.body_hash, now,
    )  # fmt: skip
    await tx.execute("set local lock_timeout = 0")
    if first:
        return None
    row: Any = await tx.fetchrow(
        "select body_hash, status, etag, answer from app.idempotency "
        "where tenant_id = $1 and principal = $2 and route = $3 and key = $4",
        tenant_id, key.principal, key.route, key.key,
    )  # fmt: skip
    if row["body_hash"] != key.body_hash:
        raise KeyReused
    return Answer(row["status"], row["answer"], row["etag"])


async def finish(tx: Tx, tenant_id: UUID, key: Key, answer: Answer, now: datetime) -> None:
    """Keep the answer, in the transaction of the command; two that are too old make room for it."""
    await tx.execute(
        "with old as (select principal, route, key from app.idempotency where tenant_id = $1 and at < $8 "
        "order by at limit 2 for update skip locked), "
        "gone as (delete from app.idempotency i using old where i.tenant_id = $1 and i.principal = old.principal "
        "and i.route = old.route and i.key = old.key) "
        "update app.idempotency set status = $5, etag = $6, answer = $7 "
        "where tenant_id = $1 and principal = $2 and route = $3 and key = $4",
        tenant_id, key.principal, key.route, key.key, answer.status, answer.etag, answer.body, now - KEPT,
    )  # fmt: skip
