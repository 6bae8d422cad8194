"""Signing in by PIN: on an enrolled phone alone, five tries, for a shift."""

from __future__ import annotations

import asyncio
import base64
from datetime import timedelta
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from tests.access.making import PASSWORD, Company, bearer, signed, tokens

PIN = "280619"


class Phone:
    """A device with a key of its own."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client, self.key = client, ec.generate_private_key(ec.SECP256R1())
        self.handle = self.id = ""

    async def enrol(self, headers: dict[str, str], place: Any) -> httpx.Response:
        public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        body = {"property_id": encode("prp", place), "name": "Floor 1", "public_key": base64.b64encode(public).decode()}
        answer = await self.client.post("/phones", json=body, headers=headers)
        if answer.is_success:
            self.handle, self.id = answer.json()["handle"], answer.json()["id"]
        return answer

    def sign(self, challenge: str) -> str:
        r, s = decode_dss_signature(self.key.sign(base64.b64decode(challenge), ec.ECDSA(SHA256())))
        return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()

    async def challenge(self) -> str:
        answer = await self.client.post("/auth/challenge", json={"phone": self.handle})
        assert answer.status_code == 200, answer.text
        return answer.json()["challenge"]

    async def sign_in(self, login: str, pin: str = PIN, **more: str) -> httpx.Response:
        signature = self.sign(await self.challenge())
        body = {"phone": self.handle, "login": login, "pin": pin, "signature": signature, **more}
        return await self.client.post("/auth/pin", json=body)


async def with_pin(
    client: httpx.AsyncClient, company: Company, login: str, role: str = "housekeeper"
) -> dict[str, str]:
    """Somebody with a PIN, signed in by password."""
    await company.person(role, company.here, login=login)
    headers = await signed(client, login)
    body = {"current_password": PASSWORD, "pin": PIN}
    assert (await client.post("/me/pin", json=body, headers=headers)).status_code == 200
    return headers


@pytest.fixture
async def phone(client: httpx.AsyncClient, sun: Company) -> Phone:
    """Enrolled by a supervisor."""
    await sun.person("housekeeping_supervisor", sun.here, login="boss")
    one = Phone(client)
    assert (await one.enrol(await signed(client, "boss"), sun.here)).status_code == 201
    return one


async def test_on_an_enrolled_phone_the_pin_opens_a_shift(
    client: httpx.AsyncClient, sun: Company, phone: Phone, clock: ManualClock
) -> None:
    await with_pin(client, sun, "0799123456")
    answer = await phone.sign_in("0799123456")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["refresh_expires_in"] == 12 * 3600
    headers = bearer(found["access_token"])
    assert (await client.get("/me", headers=headers)).json()["login"] == "0799123456"
    [session] = [one for one in (await client.get("/me/sessions", headers=headers)).json()["items"] if one["current"]]
    assert session["device"] == "Floor 1"
    clock.set(clock.now() + timedelta(hours=12))
    late = await client.post("/auth/token", json={"refresh_token": found["refresh_token"]})
    assert late.status_code == 401


async def test_without_the_phones_own_fresh_signature_a_pin_opens_nothing(
    client: httpx.AsyncClient, sun: Company, moon: Company, phone: Phone, clock: ManualClock
) -> None:
    await with_pin(client, sun, "rosa")
    other = Phone(client)
    other.handle = phone.handle
    assert (await other.sign_in("rosa")).status_code == 401
    used = await phone.challenge()
    body = {"phone": phone.handle, "login": "rosa", "pin": PIN, "signature": phone.sign(used)}
    both = await asyncio.gather(*(client.post("/auth/pin", json=body) for _ in range(3)))
    assert sorted(one.status_code for one in both) == [200, 401, 401]
    old = await phone.challenge()
    clock.set(clock.now() + timedelta(minutes=2))
    assert (await client.post("/auth/pin", json={**body, "signature": phone.sign(old)})).status_code == 401
    for wrong in ("", "x" * 43, base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")):
        answer = await client.post("/auth/pin", json={**body, "phone": wrong})
        assert answer.status_code in {401, 422}
    for wrong in ("x", base64.b64encode(bytes(64)).decode(), base64.b64encode(bytes(63)).decode()):
        await phone.challenge()
        assert (await client.post("/auth/pin", json={**body, "signature": wrong})).status_code == 401
    await with_pin(client, moon, "ines")
    assert (await phone.sign_in("ines")).status_code == 401


async def test_five_wrong_pins_ask_for_the_password_on_that_phone_alone(
    client: httpx.AsyncClient, sun: Company, phone: Phone
) -> None:
    await with_pin(client, sun, "rosa")
    await with_pin(client, sun, "ines")
    second = Phone(client)
    await second.enrol(await signed(client, "boss"), sun.here)
    for _ in range(5):
        assert (await phone.sign_in("rosa", "999991")).status_code == 401
    asked = await phone.sign_in("rosa")
    assert (asked.status_code, asked.json()["code"]) == (403, "password_needed")
    assert (await phone.sign_in("ines")).status_code == 200
    assert (await phone.sign_in("nobody")).status_code == 401
    await tokens(client, "rosa")
    assert (await phone.sign_in("rosa")).status_code == 200
    for _ in range(4):
        await phone.sign_in("rosa", "999991")
    assert (await second.sign_in("rosa")).status_code == 200
    assert (await phone.sign_in("rosa", "999991")).status_code == 401


async def test_a_phone_that_is_lost_signs_out_who_is_on_it(
    client: httpx.AsyncClient, sun: Company, moon: Company, phone: Phone
) -> None:
    by_password = await with_pin(client, sun, "rosa")
    by_pin = bearer((await phone.sign_in("rosa")).json()["access_token"])
    await moon.person("executive_admin", None, login="other")
    assert (await client.post(f"/phones/{phone.id}/revoke", headers=await signed(client, "other"))).status_code == 404
    assert (await client.post(f"/phones/{phone.id}/revoke", headers=by_pin)).status_code == 403
    boss = await signed(client, "boss")
    done = await client.post(f"/phones/{phone.id}/revoke", headers=boss)
    assert (done.status_code, done.json()["allowed_actions"]) == (200, [])
    again = await client.post(f"/phones/{phone.id}/revoke", headers=boss)
    assert (again.status_code, again.json()["version"]) == (200, done.json()["version"])
    assert (await client.get("/me", headers=by_pin)).status_code == 401
    assert (await client.get("/me", headers=by_password)).status_code == 200
    assert (await phone.sign_in("rosa")).status_code == 401
    assert (await client.get("/phones?count=true", headers=boss)).json()["total"] == 0


async def test_managers_and_easy_pins_are_refused(client: httpx.AsyncClient, sun: Company, phone: Phone) -> None:
    rosa = await sun.person("housekeeper", sun.here, login="rosa")
    headers = await signed(client, "rosa")
    for easy in ("12345", "000000", "123456", "987654", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666", "1" * 13):
        answer = await client.post("/me/pin", json={"current_password": PASSWORD, "pin": easy}, headers=headers)
        assert answer.status_code == 422, easy
    wrong = await client.post("/me/pin", json={"current_password": "x", "pin": PIN}, headers=headers)
    assert wrong.status_code == 422
    assert (await phone.sign_in("rosa")).status_code == 401
    await sun.person("venue_admin", sun.here, login="manager")
    manager = await signed(client, "manager")
    refused = await client.post("/me/pin", json={"current_password": PASSWORD, "pin": PIN}, headers=manager)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_by_pin")
    await client.post("/me/pin", json={"current_password": PASSWORD, "pin": PIN}, headers=headers)
    path = f"/staff/{encode('stf', rosa.id)}"
    roles = [{"role": "venue_admin", "property_id": encode("prp", sun.here)}]
    change = {"roles": roles, "version": (await client.get(path, headers=manager)).json()["version"]}
    promoted = await client.patch(path, json=change, headers=manager)
    assert promoted.status_code == 200, promoted.text
    assert (await phone.sign_in("rosa")).json()["code"] == "not_by_pin"


@pytest.mark.parametrize("key", ["x", "", base64.b64encode(b"no key").decode()])
async def test_a_key_of_another_kind_is_refused(client: httpx.AsyncClient, sun: Company, key: str) -> None:
    await sun.person("housekeeping_supervisor", sun.here, login="boss")
    body = {"property_id": encode("prp", sun.here), "name": "x", "public_key": key}
    answer = await client.post("/phones", json=body, headers=await signed(client, "boss"))
    assert answer.status_code == 422
