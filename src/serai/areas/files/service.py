"""The commands and questions about files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Response

from serai.access.tenancy.service import get_property
from serai.areas.files import model, store
from serai.areas.files.model import File, NewFile, Scan
from serai.kernel.actor import Actor, system
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Refusal, Unavailable
from serai.kernel.ids import new_id
from serai.kernel.text import text
from serai.runtime.db.tx import ReadTx
from serai.runtime.files.look import LARGEST, TYPES, NotAPicture, look, name_of
from serai.runtime.files.scan import Infected, scan
from serai.runtime.http import CallContext
from serai.runtime.work import House, Work

SCANNER = "files.scanner"
"""The shelf's place for clamd's host and port."""
BINARY = {"schema": {"type": "string", "format": "binary"}}
UPLOAD = {"requestBody": {"required": True, "content": dict.fromkeys(TYPES, BINARY)}}
"""How a route that takes an upload says so in the OpenAPI document."""
_GATE = "files.gate"
_AT_ONCE = 2
"""Uploads decoded at a time."""


class NotLookedAt(Conflict):
    """The virus scanner has not looked at this file yet; try again in a while."""

    code = "not_scanned_yet"


@dataclass(frozen=True, slots=True)
class Upload:
    """What was looked at and is kept already; `add` makes it a file."""

    new: NewFile
    keys: tuple[str, str]


async def admit(house: House, actor: Actor, property_id: UUID) -> None:
    """Refuse who may add no file here, before anything is read of it."""
    actor.need("file.add", property_id)
    await house.read(actor, lambda tx: get_property(tx, actor.tenant_id, property_id))


async def take(
    call: CallContext, property_id: UUID, name: str, show: Callable[[File, Actor], Any], status: int = 201
) -> Response:
    """The body of a request becomes a file, or nothing is left of it."""
    await admit(call.house, call.actor, property_id)
    if call.request.headers.get("content-type", "") not in TYPES:
        raise NotAPicture
    upload = await receive(call.house, call.actor, property_id, name, await call.upload(LARGEST))
    kept = False

    async def act(work: Work) -> File:
        nonlocal kept
        kept = True
        return await add(work, upload)

    try:
        return await call.command(act, show, status=status)
    except Refusal as refusal:
        kept = refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR  # it may have been committed
        raise
    finally:
        if not kept:
            await forget(call.house, upload)


async def receive(house: House, actor: Actor, property_id: UUID, name: str, body: bytes) -> Upload:
    """Look at an upload of who is admitted and keep its bytes, before the transaction; other things are refused."""
    name = name_of(name)
    if not body:
        raise Invalid("There is nothing in this file.")
    gate: asyncio.Semaphore = house.shelf.setdefault(_GATE, asyncio.Semaphore(_AT_ONCE))
    async with gate:
        scanned = await _scan(house, body)
        seen = await asyncio.to_thread(look, body)
    new = NewFile(
        new_id(), property_id, name, seen.media_type, len(seen.body), sha256(seen.body).digest(), scanned,
        seen.width, seen.height,
    )  # fmt: skip
    whole, small = keys = model.keys(actor.tenant_id, new.id)
    await house.files.put(whole, seen.body)
    if seen.thumbnail:
        await house.files.put(small, seen.thumbnail)
    return Upload(new, keys)


async def _scan(house: House, body: bytes) -> Scan:
    scanner = house.shelf.get(SCANNER)
    if scanner is None:
        return Scan.NOT_SCANNED
    try:
        await scan(body, *scanner)
    except Unavailable:
        return Scan.PENDING
    return Scan.CLEAN


async def rescan(house: House, tenant_id: UUID, file_id: UUID) -> None:
    """Ask the scanner again about a file that waits for it; Unavailable where it still does not answer."""
    actor = system(tenant_id, "file.scan")
    try:
        file = await house.read(actor, lambda tx: store.get(tx, tenant_id, file_id))
    except NotFound:
        return  # removed meanwhile
    if file.scan is not Scan.PENDING:
        return
    try:
        found = await _scan(house, await house.files.get(model.keys(tenant_id, file_id)[0]))
    except Infected:
        found = Scan.INFECTED
    if found is Scan.PENDING:
        raise Unavailable("The virus scanner does not answer.")

    async def act(work: Work) -> None:
        looked_at = await _keep(work, model.scanned(await store.get(work.tx, tenant_id, file_id, lock=True), found))
        if looked_at.scan is Scan.INFECTED:
            await _keep(work, model.remove(looked_at, work.now))

    await house.do(actor, act, source="job file.scan")


async def forget(house: House, upload: Upload) -> None:
    """An upload that became no file."""
    for key in upload.keys:
        await house.files.remove(key)


async def add(work: Work, upload: Upload) -> File:
    """Make an upload a file; it stays for 24 hours unless something takes it."""
    work.actor.need("file.add", upload.new.property_id)
    decision = model.add(upload.new, work.actor, work.now)
    await store.insert(work, decision.record)
    work.record(decision.events)
    return decision.record


async def attach(work: Work, property_id: UUID, file_ids: Sequence[UUID], subject: str) -> list[File]:
    """Files of this property become part of `subject`, all or none; one of elsewhere is absent."""
    if file_ids:
        work.actor.need("file.read", property_id)
    taken: list[File] = []
    for n, file_id in enumerate(file_ids):
        try:
            file = await store.get(work.tx, work.tenant_id, file_id, lock=True)
        except NotFound:
            raise Invalid(faults=[Fault(f"/file_ids/{n}", "is not here")]) from None
        if file.property_id != property_id:
            raise Invalid(faults=[Fault(f"/file_ids/{n}", "is not here")])
        taken.append(await _keep(work, model.attach(file, subject)))
    return taken


async def remove(work: Work, file_id: UUID) -> File:
    """Take a file away: a loose one of one's own, or any with the permission for it."""
    file = await store.get(work.tx, work.tenant_id, file_id, lock=True)
    work.actor.need("file.read", file.property_id)
    if not model.may_remove(file, work.actor):
        raise Forbidden(
            text(
                "You need the permission {permission} for this: the file is part of something.",
                permission="file.manage",
            ),
            permission="file.manage",
        )
    return await _keep(work, model.remove(file, work.now))


async def _keep(work: Work, decision: Decision[File]) -> File:
    if decision.changed:
        await store.save(work, decision.record)
        work.record(decision.events)
    return decision.record


async def purge(work: Work, ids: list[UUID]) -> None:
    """Let go of what was removed, and of what nothing took in time: bytes and record."""
    for file in await store.due(work.tx, work.tenant_id, ids):
        for key in model.keys(file.tenant_id, file.id):
            await work.files.remove(key)
        await store.drop(work, file)
        work.record(model.remove(file, work.now).events)


async def get(tx: ReadTx, actor: Actor, file_id: UUID) -> File:
    """One, as this caller may read it."""
    file = await store.get(tx, actor.tenant_id, file_id)
    actor.need("file.read", file.property_id)
    return file


async def of(tx: ReadTx, actor: Actor, subject: str) -> list[File]:
    """What is part of something, as far as this caller may read it."""
    return [one for one in await store.of(tx, actor.tenant_id, subject) if actor.may("file.read", one.property_id)]


async def content(house: House, actor: Actor, file_id: UUID, *, small: bool = False) -> tuple[File, bytes]:
    """A file with its bytes, or with those of its thumbnail; a PDF has none."""
    file = await house.read(actor, lambda tx: get(tx, actor, file_id))
    if file.scan is Scan.PENDING:
        raise NotLookedAt
    if small and file.width is None:
        raise NotFound("A document has no thumbnail.")
    return file, await house.files.get(model.keys(file.tenant_id, file.id)[small])
