"""The door for Google Pub/Sub: pushes with a token that Google has signed."""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import datetime
from typing import Annotated, Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from serai.access.connections import service as connections
from serai.access.connections.service import Connection, Via
from serai.access.identity.service import bearer
from serai.access.issuers import Issuer
from serai.flows import inbound_wires
from serai.kernel.errors import Fault, Invalid, Unauthenticated
from serai.runtime.http import Out, Router, public
from serai.runtime.transports.port import Raw
from serai.runtime.work import House

router = Router(prefix="/events", tags=["Events"])
ISSUER = "flows.pubsub_issuer"
"""Where a house keeps whose tokens a push carries."""
_TYPE = ("ce-type", "type", "eventType", "event_type")


class PushedMessage(BaseModel):
    """A message as Pub/Sub pushes it; what it adds is passed over."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    message_id: Annotated[str, Field(alias="messageId", min_length=1, max_length=100)]
    publish_time: Annotated[datetime | None, Field(alias="publishTime")] = None
    data: Annotated[str, Field(max_length=400_000, description="The event in base64.")] = ""
    attributes: Annotated[dict[str, str], Field(max_length=100)] = {}


class Push(BaseModel):
    """A push: one message of one subscription."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    message: PushedMessage
    subscription: Annotated[str, Field(min_length=1, max_length=400)]


class TakenOut(Out):
    """It is kept."""

    understood: bool


@router.post(
    "/pubsub",
    summary="Take a Pub/Sub push",
    response_model=TakenOut,
    **public("a token of Google's, checked here"),
)
async def take_push(body: Push, request: Request) -> TakenOut:
    """The token must be Google's, for the connection's audience, of the one service account that it names.

    200 says that the message is kept, also where it had to be parked or refused: sent again it would be the same.
    """
    house: House = request.app.state.house
    connection = await _connection(house, request, body.subscription)
    return TakenOut(understood=await inbound_wires.take(house, connection, _raw(body.message)))


async def _connection(house: House, request: Request, subscription: str) -> Connection:
    """The connection of the subscription, once the token is found to be good for it; all else is refused alike."""
    token = bearer(request.headers)
    found = await connections.open_connections(house, Via.PUBSUB, subscription)
    if not found or not found[0].audience or not found[0].service_account:
        raise Unauthenticated
    issuer: Issuer = house.shelf[ISSUER]
    claims: dict[str, Any] = await issuer.verify(token, found[0].audience)
    mail = str(claims.get("email", "")).encode()
    if claims.get("email_verified") is not True or not hmac.compare_digest(mail, found[0].service_account.encode()):
        raise Unauthenticated
    return found[0]


def _raw(message: PushedMessage) -> Raw:
    try:
        body = base64.b64decode(message.data, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(faults=[Fault("/message/data", "is not base64")]) from None
    headers = {name.lower(): value for name, value in message.attributes.items()}
    name = next((value for key in _TYPE if (value := message.attributes.get(key))), "")
    return Raw(name, body, message.message_id, message.publish_time, headers)
