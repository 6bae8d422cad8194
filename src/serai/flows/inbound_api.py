"""The door for the neighbours' events."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from serai.flows import inbound
from serai.kernel.errors import Invalid, Refusal, Unavailable
from serai.kernel.text import text
from serai.runtime.events import inbox
from serai.runtime.events.inbox import Entry, Message, Status
from serai.runtime.http import Call, Out, Router, cloudevents, needs
from serai.runtime.http.language import said
from serai.runtime.wire import to_json
from serai.runtime.work import Work

router = Router(prefix="/events", tags=["Events"])
_EXAMPLE = {
    "specversion": "1.0",
    "id": "42",
    "source": "/pms",
    "type": "booking.created",
    "time": "2026-03-02T08:00:00Z",
    "propertyid": "prp_00000000000000000000000000",
    "data": {
        "booking_reference": "R1",
        "room_number": "101",
        "arrival": "2026-03-02",
        "departure": "2026-03-04",
        "adults": 2,
    },
}
_DOOR: dict[str, Any] = needs("event.send")
_DOOR["openapi_extra"] = {
    **_DOOR["openapi_extra"],
    "requestBody": {
        "required": True,
        "content": {
            "application/cloudevents+json": {"schema": {"type": "object"}, "example": _EXAMPLE},
            "application/cloudevents-batch+json": {
                "schema": {"type": "array", "items": {"type": "object"}, "maxItems": cloudevents.MOST},
                "example": [_EXAMPLE],
            },
            "application/json": {"schema": {"type": "object"}, "example": _EXAMPLE},
        },
    },
}


class ResultOut(Out):
    """What became of one event: applied, ignored (nothing new), waiting, parked, refused, or dropped (our own)."""

    id: str
    source: str
    status: str
    reason: str | None = None
    repeat: bool = False


class ResultsOut(Out):
    """One result an event, in their order."""

    results: list[ResultOut]


@router.post("", summary="Send events", status_code=202, response_model=ResultsOut, **_DOOR)
async def send_events(call: Call) -> Response:
    """Takes CloudEvents 1.0: structured, binary (`ce-` headers), or a batch. Each counts once by source and id.

    A single event that cannot be understood is answered 422; in a batch it is a result beside the others. The
    property is the extension `propertyid`, or the only one of the key.
    """
    messages, batch = cloudevents.read(call.request.headers, await call.request.body())
    foreign = [one for one in messages if inbox.is_foreign(one, call.actor.tenant_id)]
    for message in foreign:
        await call.house.do(call.actor, lambda work, one=message: inbound.park_foreign(work, one), source="events")
    if foreign:
        raise inbox.AnotherTenant
    results = [await _take(call, message, batch) for message in messages]
    return Response(to_json({"results": [one.model_dump() for one in results]}), 202, media_type="application/json")


async def _take(call: Call, message: Message, batch: bool) -> ResultOut:  # noqa: FBT001  # the shape of the request
    if inbox.is_ours(message, call.actor.tenant_id):
        return ResultOut(id=message.id, source=message.source, status="dropped", reason=said(text("It is our own.")))

    async def act(work: Work) -> Entry:
        return await inbound.receive(work, message)

    try:
        entry = await call.house.do(
            call.actor, act, source=f"event {message.source} {message.id}"[:300], correlation=message.correlation
        )
        if entry.status is Status.REFUSED and not batch:
            raise Invalid(entry.error)
    except Unavailable:
        raise
    except Refusal as refusal:
        if not batch:
            raise
        places = "; ".join(f"{fault.pointer} {said(fault.message)}" for fault in refusal.faults)
        reason = f"{said(refusal.detail)} {places}".strip()
        return ResultOut(id=message.id, source=message.source, status=Status.REFUSED, reason=reason)
    return ResultOut(id=message.id, source=message.source, status=entry.status, reason=entry.error, repeat=entry.repeat)
