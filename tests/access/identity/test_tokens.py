"""What is no token of ours is refused, all of it alike."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from serai.access.identity import tokens
from serai.access.identity.tokens import Claims, Signer
from serai.kernel.errors import Unauthenticated

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SECRET, OLD = "s" * 32, "o" * 32
SIGNER = Signer(SECRET)
HOME = uuid4()
CLAIMS = Claims(tokens.ACCESS, HOME, HOME, uuid4(), uuid4(), NOW + timedelta(minutes=15))


def payload(**changed: Any) -> dict[str, Any]:
    """The payload of a good token, some of it as given; None leaves a claim out."""
    good = jwt.decode(SIGNER.sign(CLAIMS, NOW), options={"verify_signature": False})
    return {name: one for name, one in {**good, **changed}.items() if one is not None}


def signed(claims: dict[str, Any], **headers: Any) -> str:
    """A token with our own key over these claims."""
    return jwt.encode(claims, SIGNER._key, "EdDSA", headers={"kid": SIGNER._kid, **headers})


def test_a_token_says_what_was_signed_in_every_process() -> None:
    assert Signer(SECRET).read(SIGNER.sign(CLAIMS, NOW), NOW) == CLAIMS


@pytest.mark.parametrize(
    ("moment", "good"),
    [
        (NOW - timedelta(seconds=6), False),
        (NOW - timedelta(seconds=4), True),
        (NOW + timedelta(minutes=14, seconds=59), True),
        (NOW + timedelta(minutes=15), False),
    ],
)
def test_the_houses_clock_decides_not_the_machines(moment: datetime, *, good: bool) -> None:
    token = SIGNER.sign(CLAIMS, NOW)
    if good:
        assert SIGNER.read(token, moment) == CLAIMS
    else:
        with pytest.raises(Unauthenticated):
            SIGNER.read(token, moment)


@pytest.mark.parametrize("name", ["typ", "iss", "aud", "sub", "exp", "nbf", "iat", "jti", "sid", "ten", "home"])
def test_a_token_without_one_of_its_claims_is_refused(name: str) -> None:
    with pytest.raises(Unauthenticated):
        SIGNER.read(signed(payload(**{name: None})), NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"typ": "refresh"},
        {"typ": "device"},
        {"typ": ["access"]},
        {"aud": "serai.files"},
        {"iss": "elsewhere"},
        {"exp": "never"},
        {"exp": 10**20},
        {"exp": float("inf")},
        {"sub": "root"},
        {"ten": 7},
        {"iat": int(NOW.timestamp()) + 60},
        {"nbf": int(NOW.timestamp()) + 60},
    ],
)
def test_a_token_of_another_kind_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        SIGNER.read(signed(payload(**changed)), NOW)


def test_an_unsigned_token_is_refused() -> None:
    for algorithm in ("none", "None", "NONE"):
        head = {"alg": algorithm, "typ": "JWT", "kid": SIGNER._kid}
        parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in (head, payload())]
        with pytest.raises(Unauthenticated):
            SIGNER.read(".".join([*parts, ""]), NOW)


def test_our_public_key_is_no_shared_secret() -> None:
    public = SIGNER._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    for secret in (public, SECRET):
        token = jwt.encode(payload(), secret, "HS256", headers={"kid": SIGNER._kid})
        with pytest.raises(Unauthenticated):
            SIGNER.read(token, NOW)


def test_another_key_under_our_name_or_an_unknown_one_is_refused() -> None:
    stranger = Ed25519PrivateKey.generate()
    for kid in (SIGNER._kid, "unknown", None):
        headers = {"kid": kid} if kid else {}
        with pytest.raises(Unauthenticated):
            SIGNER.read(jwt.encode(payload(), stranger, "EdDSA", headers=headers), NOW)


def test_a_critical_header_that_we_do_not_know_is_refused() -> None:
    with pytest.raises(Unauthenticated):
        SIGNER.read(signed(payload(), crit=["speed"], speed="high"), NOW)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "....", "é.é.é", "e30.e30.e30"])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated):
        SIGNER.read(text, NOW)


def test_the_secret_before_a_rotation_is_still_read_and_then_no_more() -> None:
    old = Signer(OLD).sign(CLAIMS, NOW)
    assert Signer(SECRET, OLD).read(old, NOW) == CLAIMS
    with pytest.raises(Unauthenticated):
        SIGNER.read(old, NOW)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Signer("short")


def test_a_refresh_token_names_its_tenant_and_nothing_else_is_one() -> None:
    assert tokens.tenant_of(tokens.new_refresh(HOME)) == HOME
    for text in ("", "x", SIGNER.sign(CLAIMS, NOW), tokens.new_key()[1], base64.urlsafe_b64encode(b"x" * 47).decode()):
        with pytest.raises(Unauthenticated):
            tokens.tenant_of(text)
