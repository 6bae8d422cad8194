"""The routes of phones and of signing in on them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Request, Response
from pydantic import Field

from serai.access.identity import service as identity
from serai.access.identity.api import TokenOut, caller_of, show_tokens
from serai.access.identity.gate import gate
from serai.access.phones import service
from serai.access.phones.model import EnrolPhone, Phone
from serai.access.phones.service import Proof
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs, public
from serai.runtime.work import House

router = Router()
Handle = Annotated[str, Field(min_length=40, max_length=60, description="What the enrolment answered.")]


class EnrolBody(Body):
    """The device that you hold. Its key is made on it (ECDSA P-256, not extractable)."""

    property_id: Annotated[UUID, Id("prp")]
    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")
    public_key: str = Field(min_length=1, max_length=400, description="SPKI, DER, base64.")


class PinBody(Body):
    """Your password, and the PIN that you want: 6 to 12 digits."""

    current_password: str = Field(min_length=1, max_length=1000)
    pin: str = Field(min_length=1, max_length=20)


class ChallengeBody(Body):
    """Which phone."""

    phone: Handle


class PinSignInBody(Body):
    """Who you are, your PIN, and the phone's signature of the challenge's bytes (r and s, base64)."""

    phone: Handle
    login: str = Field(min_length=1, max_length=254)
    pin: str = Field(min_length=1, max_length=20)
    signature: str = Field(min_length=1, max_length=200)


class PhoneOut(Out):
    """An enrolled phone. `handle` is what it says of itself; it is no secret."""

    id: str
    property_id: str
    name: str
    handle: str
    enrolled_at: datetime
    revoked_at: datetime | None
    version: int
    allowed_actions: list[str]


class PhonePage(Out):
    """Some phones."""

    items: list[PhoneOut]
    next_cursor: str | None
    total: int | None = None


class ChallengeOut(Out):
    """What the phone signs."""

    challenge: str = Field(description="32 bytes, base64.")
    until: datetime


class PinOut(Out):
    """It is set."""

    done: bool = True


def show(phone: Phone, actor: Actor) -> PhoneOut:
    """The phone for this caller."""
    may = actor.may("phone.manage", phone.property_id) and phone.revoked_at is None
    return PhoneOut(
        id=encode("phn", phone.id),
        property_id=encode("prp", phone.property_id),
        name=phone.name,
        handle=phone.handle,
        enrolled_at=phone.enrolled_at,
        revoked_at=phone.revoked_at,
        version=phone.version,
        allowed_actions=["revoke"] if may else [],
    )


@router.get("/phones", tags=["Phones"], summary="List the phones", response_model=PhonePage, **needs("phone.read"))
async def list_phones(call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """The phones in use of your properties, by name."""
    return await call.page(lambda tx: service.find(tx, call.actor, query), show)


@router.post(
    "/phones", tags=["Phones"], summary="Enrol a phone", status_code=201, response_model=PhoneOut,
    **needs("phone.manage"),
)  # fmt: skip
async def enrol_phone(body: EnrolBody, call: Call) -> Response:
    """The device that you hold: from now on the property's people sign in on it by PIN."""
    cmd = EnrolPhone(body.property_id, body.name, body.public_key)
    return await call.command(lambda work: service.enrol(work, cmd), show, status=201)


@router.get(
    "/phones/{phone_id:phn}", tags=["Phones"], summary="A phone", response_model=PhoneOut, **needs("phone.read")
)
async def get_phone(phone_id: UUID, call: Call) -> Response:
    """One phone."""
    return await call.query(lambda tx: service.get_phone(tx, call.actor, phone_id), show)


@router.post(
    "/phones/{phone_id:phn}/revoke", tags=["Phones"], summary="Revoke a phone", response_model=PhoneOut,
    **needs("phone.manage"),
)  # fmt: skip
async def revoke_phone(phone_id: UUID, call: Call) -> Response:
    """Lost, or given away: who is signed in on it is signed out within five seconds."""
    answer = await call.command(lambda work: service.revoke(work, phone_id), show)
    gate(call.house).forget()
    return answer


@router.post("/me/pin", tags=["Sign-in"], summary="Set your PIN", response_model=PinOut, **needs("property.read"))
async def set_pin(body: PinBody, call: Call) -> PinOut:
    """For enrolled phones. Who manages has no PIN."""
    await identity.check_password(call.house, call.actor, body.current_password, call.address)
    await service.set_pin(call.house, call.actor, body.pin, caller_of(call.request).source)
    return PinOut()


@router.post(
    "/auth/challenge", tags=["Sign-in"], summary="Ask for a challenge", response_model=ChallengeOut,
    **public("the answer is chance alone"),
)  # fmt: skip
async def challenge(body: ChallengeBody, request: Request) -> ChallengeOut:
    """What an enrolled phone signs, within two minutes and once."""
    made = await service.challenge(_house(request), body.phone)
    return ChallengeOut(challenge=made.challenge, until=made.until)


@router.post(
    "/auth/pin", tags=["Sign-in"], summary="Sign in by PIN", response_model=TokenOut, **public("this is a way in"),
)  # fmt: skip
async def sign_in_by_pin(body: PinSignInBody, request: Request) -> Response:
    """On an enrolled phone, for a shift of twelve hours. Five wrong PINs ask for the password (403
    `password_needed`).
    """
    proof = Proof(body.phone, body.login, body.pin, body.signature)
    return show_tokens(await service.sign_in(_house(request), proof, caller_of(request)))


def _house(request: Request) -> House:
    return request.app.state.house
