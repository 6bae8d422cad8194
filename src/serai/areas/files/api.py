"""The routes of files."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Query, Response

from serai.areas.files import model, service
from serai.areas.files.model import File, Scan
from serai.kernel.actor import Actor
from serai.runtime.files.look import TYPES
from serai.runtime.http import Call, Id, Out, Router, needs, shown
from serai.runtime.wire import to_json

router = Router(tags=["Files"])


class FileOut(Out):
    """A picture or a document. `size` is in bytes, width and height in pixels."""

    id: str
    property_id: str
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    scan: Scan
    attached_to: str | None
    added_at: datetime
    added_by: str
    version: int
    allowed_actions: list[str]


class FileList(Out):
    """Some files."""

    items: list[FileOut]


def show(one: File, actor: Actor) -> dict[str, Any]:
    """A file for this caller (the shape of `FileOut`)."""
    actions = ["remove"] if one.removed_at is None and model.may_remove(one, actor) else []
    return shown(model.data(one), one.version, actions)


_needs_upload = needs("file.add")
_needs_upload["openapi_extra"] |= service.UPLOAD


def _answers(*types: str) -> dict[str, Any]:
    keywords = needs("file.read")
    content = dict.fromkeys(types, service.BINARY)
    keywords["responses"] |= {200: {"description": "The bytes, as an attachment", "content": content}}
    return {**keywords, "response_class": Response}


@router.post("/files", status_code=201, summary="Upload a file", response_model=FileOut, **_needs_upload)
async def upload_file(
    call: Call,
    property_id: Annotated[Annotated[UUID, Id("prp")], Query()],
    name: Annotated[str, Query(min_length=1, max_length=255)],
) -> Response:
    """Takes the body as it is: JPEG, PNG, WebP or PDF, 10 MiB at the most; what it is, its content decides.

    Pictures are written anew without their metadata (no place, no camera) and at most 4096 pixels wide or high. A file
    that nothing takes within 24 hours is removed.
    """
    return await service.take(call, property_id, name, show)


@router.get("/files", summary="The files of something", response_model=FileList, **needs("file.read"))
async def list_files(
    call: Call,
    attached_to: Annotated[str, Query(min_length=1, max_length=40, description="The id of a discrepancy, …")],
) -> Response:
    """What was attached to it, the oldest first; nothing where there is nothing that you may see."""
    found = await call.house.read(call.actor, lambda tx: service.of(tx, call.actor, attached_to))
    body = to_json({"items": [show(one, call.actor) for one in found]})
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})


@router.get("/files/{file_id:fil}", summary="A file", response_model=FileOut, **needs("file.read"))
async def get_file(file_id: UUID, call: Call) -> Response:
    """What is known of a file; its bytes are at `/content`."""
    return await call.query(lambda tx: service.get(tx, call.actor, file_id), show)


@router.get("/files/{file_id:fil}/content", summary="A file's bytes", **_answers(*TYPES))
async def get_content(file_id: UUID, call: Call) -> Response:
    """The file itself, always as an attachment."""
    file, body = await service.content(call.house, call.actor, file_id)
    return _bytes(body, file.media_type, file.name)


@router.get("/files/{file_id:fil}/thumbnail", summary="A picture made small", **_answers("image/webp"))
async def get_thumbnail(file_id: UUID, call: Call) -> Response:
    """At most 320 pixels wide or high, as WebP; a document has none."""
    file, body = await service.content(call.house, call.actor, file_id, small=True)
    return _bytes(body, "image/webp", f"{file.name}.webp")


@router.delete("/files/{file_id:fil}", summary="Remove a file", response_model=FileOut, **needs("file.read"))
async def remove_file(file_id: UUID, call: Call) -> Response:
    """Your own one that is part of nothing, or any with `file.manage`."""
    return await call.command(lambda work: service.remove(work, file_id), show)


def _bytes(body: bytes, media_type: str, name: str) -> Response:
    plain = "".join(one if one.isascii() and (one.isalnum() or one in " .-_") else "_" for one in name)
    headers = {
        "cache-control": "no-store",
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "sandbox",
    }
    return Response(body, media_type=media_type, headers=headers)
