"""The second factor: a code of an authenticator app (RFC 6238), or of paper."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyotp import random_base32
from pyotp.totp import TOTP

from serai.kernel.errors import Unauthenticated

STEP: Final = 30
"""Seconds for which a code stands."""
DRIFT: Final = 1
"""Steps by which the phone's clock may be wrong."""
CODES: Final = 10
"""Codes on paper, each good once."""
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


class SecondFactorNeeded(Unauthenticated):
    """The password is right; send the code of the authenticator app, or one from paper, as `code`."""

    code = "second_factor_needed"


class SecondFactorWrong(Unauthenticated):
    """This code is wrong, was used before, or is too old."""

    code = "second_factor_wrong"


@dataclass(frozen=True, slots=True)
class Factor:
    """Somebody's second factor. `secret` is sealed; `step` is the last one whose code was taken."""

    tenant_id: UUID
    staff_id: UUID
    secret: str
    confirmed_at: datetime | None
    step: int
    paper: tuple[str, ...]


class Seal:
    """Seals secrets with a key derived from the house's, so that the database alone gives none away."""

    def __init__(self, secret: str, previous: str | None = None) -> None:
        """What was sealed before a rotation is still opened."""
        self._fernet = MultiFernet([_derived(one) for one in (secret, previous) if one])

    def close(self, text: str) -> str:
        """The sealed text."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text; with another secret it is lost, and the factor is set up anew."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SecondFactorWrong("The second factor cannot be read any more; have it reset.") from None


def new_secret() -> str:
    """160 bits, as apps read them."""
    return random_base32()


def uri(secret: str, login: str, issuer: str) -> str:
    """What an app reads from a QR code."""
    return TOTP(secret, interval=STEP).provisioning_uri(name=login, issuer_name=issuer)


def new_paper() -> tuple[list[str], tuple[str, ...]]:
    """Codes to keep on paper (50 bits each), and what is kept of them."""
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(CODES)]
    return codes, tuple(map(_hashed, codes))


def accept(factor: Factor, secret: str, code: str, now: datetime) -> Factor:
    """The factor after this code was taken; a wrong code, and one that was taken before, is refused."""
    code = code.strip().replace(" ", "").replace("-", "").lower()
    totp, present = TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    for step in range(present - DRIFT, present + DRIFT + 1):
        if step > factor.step and secrets.compare_digest(totp.generate_otp(step), code):
            return replace(factor, step=step)
    hashed = _hashed(code)
    if factor.confirmed_at is not None and hashed in factor.paper:
        return replace(factor, paper=tuple(one for one in factor.paper if one != hashed))
    raise SecondFactorWrong


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _derived(secret: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"serai second factor v1").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
