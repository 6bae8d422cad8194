"""A phone, its proof, and which PINs are refused."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from serai.access.phones import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Forbidden, Invalid, Unauthenticated
from serai.kernel.event import Event, changes
from serai.kernel.ids import encode
from serai.kernel.text import text

WRONG_PINS: Final = 5
"""Wrong PINs of a person on a phone before it asks for the password."""
CHALLENGE: Final = timedelta(minutes=2)
"""How long a challenge may be signed."""
SHIFT: Final = timedelta(hours=12)
"""How long a sign-in by PIN lasts."""
SHORTEST_PIN: Final = 6
LONGEST_PIN: Final = 12
HALF: Final = 32
"""Bytes of each half of a signature as browsers make it (IEEE P1363)."""
_RUN: Final = "01234567890123456789"


class PasswordNeeded(Forbidden):
    """Too many wrong PINs: sign in with the password once."""

    code = "password_needed"


class NotByPin(Forbidden):
    """Who manages signs in with password and second factor."""

    code = "not_by_pin"


class WrongPin(Unauthenticated):
    """The PIN, the person or this phone's proof is wrong."""

    code = "wrong_pin"


@dataclass(frozen=True, slots=True)
class Phone:
    """An enrolled device. `public_key` is SPKI in DER; its private half never leaves the device."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    name: str
    public_key: bytes
    enrolled_at: datetime
    revoked_at: datetime | None = None

    @property
    def handle(self) -> str:
        """What the device says of itself: its company and itself; no secret."""
        return base64.urlsafe_b64encode(self.tenant_id.bytes + self.id.bytes).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class EnrolPhone:
    """Enrol the device that one holds."""

    property_id: UUID
    name: str
    public_key: str


def read_handle(handle: str) -> tuple[UUID, UUID]:
    """The company and the phone that a handle names; another form is refused."""
    try:
        raw = base64.b64decode(handle + "=" * (-len(handle) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise WrongPin from None
    if len(raw) != HALF:
        raise WrongPin
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:])


def enrol(phone_id: UUID, tenant_id: UUID, cmd: EnrolPhone, now: datetime) -> Decision[Phone]:
    """The new phone; a key of another kind than P-256 is refused."""
    try:
        raw = base64.b64decode(cmd.public_key, validate=True)
        key = load_der_public_key(raw)
    except ValueError:
        key, raw = None, b""
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise Invalid(faults=[Fault("/public_key", "a P-256 key: SPKI, DER, base64")])
    made = Phone(phone_id, tenant_id, cmd.property_id, 1, cmd.name, raw, now)
    differences = {name: pair for name, pair in changes(None, made).items() if name != "public_key"}
    return Decision(made, (Event(events.ENROLLED, made.property_id, made.id, 1, data(made), differences),))


def revoke(phone: Phone, now: datetime) -> Decision[Phone]:
    """It signs nobody in any more; one that is revoked stays as it is."""
    if phone.revoked_at is not None:
        return Decision(phone)
    after = replace(phone, version=phone.version + 1, revoked_at=now)
    told = Event(events.REVOKED, after.property_id, after.id, after.version, data(after), changes(phone, after))
    return Decision(after, (told,))


def prove(phone: Phone, challenge: bytes, signature: str) -> None:
    """Refuse unless the phone's own key signed this challenge (ECDSA with SHA-256, r and s side by side)."""
    try:
        raw = base64.b64decode(signature, validate=True)
        halves = int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
        key = load_der_public_key(phone.public_key)
        if len(raw) != 2 * HALF or not isinstance(key, EllipticCurvePublicKey):
            raise WrongPin
        key.verify(encode_dss_signature(*halves), challenge, ECDSA(SHA256()))
    except (ValueError, InvalidSignature):
        raise WrongPin from None


def refuse_pin(pin: str) -> None:
    """Refuse what is no PIN, one digit repeated, and a run up or down."""
    if not (SHORTEST_PIN <= len(pin) <= LONGEST_PIN and pin.isascii() and pin.isdigit()):
        raise Invalid(faults=[Fault("/pin", text("{least} to {most} digits", least=SHORTEST_PIN, most=LONGEST_PIN))])
    if len(set(pin)) == 1 or pin in _RUN or pin[::-1] in _RUN:
        raise Invalid(faults=[Fault("/pin", "is guessed first: no repeated digit, no run")])


def data(phone: Phone) -> events.PhoneData:
    """The public record."""
    return events.PhoneData(
        encode("phn", phone.id), encode("prp", phone.property_id), phone.name, phone.enrolled_at, phone.revoked_at
    )
