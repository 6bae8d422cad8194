"""The second factor and invitations: what opens, once, and what does not."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pyotp.totp import TOTP

from serai.access.identity.factor import STEP, Seal, SecondFactorWrong
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from tests.access.making import PASSWORD, Company, signed, tokens

NEXT = "another horse, another battery"


async def set_up(client: httpx.AsyncClient, clock: ManualClock, login: str) -> tuple[TOTP, list[str], dict[str, str]]:
    """A second factor in use: the app, the codes on paper, and the header of its owner."""
    headers = await signed(client, login)
    offer = (await client.post("/me/second-factor", json={"current_password": PASSWORD}, headers=headers)).json()
    app = TOTP(offer["secret"])
    assert f"secret={offer['secret']}" in offer["uri"]
    confirmed = await client.post("/me/second-factor/confirm", json={"code": app.at(clock.now())}, headers=headers)
    assert confirmed.status_code == 200, confirmed.text
    return app, confirmed.json()["paper_codes"], headers


async def sign_in(client: httpx.AsyncClient, login: str, **more: Any) -> httpx.Response:
    return await client.post("/auth/token", json={"login": login, "password": PASSWORD, **more})


async def test_a_sign_in_asks_for_the_code_and_takes_each_once(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("venue_admin", sun.here, login="rosa")
    app, paper, headers = await set_up(client, clock, "rosa")
    assert (await client.get("/me/second-factor", headers=headers)).json()["paper_codes_left"] == 10
    asked = await sign_in(client, "rosa")
    assert (asked.status_code, asked.json()["code"]) == (401, "second_factor_needed")
    used = await sign_in(client, "rosa", code=app.at(clock.now()))
    assert (used.status_code, used.json()["code"]) == (401, "second_factor_wrong")
    clock.set(clock.now() + timedelta(seconds=STEP))
    code = app.at(clock.now())
    answers = await asyncio.gather(*(sign_in(client, "rosa", code=code) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [200, 401, 401, 401]
    wrong = await client.post("/auth/token", json={"login": "rosa", "password": "wrong horse battery", "code": code})
    assert wrong.json()["code"] == "unauthenticated"
    assert (await sign_in(client, "rosa", code=paper[0].upper())).status_code == 200
    assert (await sign_in(client, "rosa", code=paper[0])).status_code == 401
    assert (await client.get("/me/second-factor", headers=headers)).json()["paper_codes_left"] == 9


async def test_codes_are_guessed_ten_times_and_no_more(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("venue_admin", sun.here, login="rosa")
    app, _, _ = await set_up(client, clock, "rosa")
    clock.set(clock.now() + timedelta(minutes=20))
    for number in range(10):
        assert (await sign_in(client, "rosa", code=f"{number:06}")).status_code == 401
    assert (await sign_in(client, "rosa", code=app.at(clock.now()))).status_code == 429


@pytest.mark.parametrize("late", [-STEP, 0, STEP])
async def test_a_phone_may_be_half_a_minute_wrong_and_not_more(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock, late: int
) -> None:
    await sun.person("venue_admin", sun.here, login="rosa")
    app, _, _ = await set_up(client, clock, "rosa")
    clock.set(clock.now() + timedelta(minutes=5))
    assert (await sign_in(client, "rosa", code=app.at(clock.now() + timedelta(seconds=3 * STEP)))).status_code == 401
    assert (await sign_in(client, "rosa", code=app.at(clock.now() + timedelta(seconds=late)))).status_code == 200


async def test_it_counts_from_its_confirmation_and_goes_with_the_password(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("venue_admin", sun.here, login="rosa")
    headers = await signed(client, "rosa")
    path, own = "/me/second-factor", {"current_password": PASSWORD}
    assert (await client.post(f"{path}/confirm", json={"code": "123456"}, headers=headers)).status_code == 409
    assert (await client.post(path, json={"current_password": "x"}, headers=headers)).status_code == 422
    await client.post(path, json=own, headers=headers)
    assert (await client.post(f"{path}/confirm", json={"code": "000000"}, headers=headers)).status_code == 422
    await tokens(client, "rosa")
    _, _, headers = await set_up(client, clock, "rosa")
    assert (await client.post(path, json=own, headers=headers)).status_code == 409
    assert (await client.post(f"{path}/remove", json=own, headers=headers)).status_code == 200
    await tokens(client, "rosa")


async def test_an_administrator_resets_it_for_who_lost_the_phone_and_nobody_above_himself(
    client: httpx.AsyncClient, sun: Company, moon: Company, clock: ManualClock
) -> None:
    rosa = await sun.person("venue_admin", sun.here, login="rosa")
    boss = await sun.person("executive_admin", None, login="boss")
    await moon.person("executive_admin", None, login="other")
    _, _, headers = await set_up(client, clock, "rosa")
    path = f"/staff/{encode('stf', rosa.id)}/reset-second-factor"
    assert (await client.post(path, headers=await signed(client, "other"))).status_code == 404
    above = await client.post(f"/staff/{encode('stf', boss.id)}/reset-second-factor", headers=headers)
    assert above.status_code in {403, 404}
    done = await client.post(path, headers=await signed(client, "boss"))
    assert done.status_code == 200, done.text
    assert (await client.get("/me", headers=headers)).status_code == 401
    await tokens(client, "rosa")


async def test_an_invitation_sets_a_password_once_and_signs_nobody_in(
    client: httpx.AsyncClient, sun: Company, moon: Company, clock: ManualClock
) -> None:
    await sun.person("venue_admin", sun.here, login="boss")
    rosa = await sun.person("housekeeper", sun.here, login="rosa")
    await moon.person("executive_admin", None, login="other")
    boss, before = await signed(client, "boss"), await signed(client, "rosa")
    path = f"/staff/{encode('stf', rosa.id)}/invitation"
    assert (await client.post(path, headers=await signed(client, "other"))).status_code == 404
    assert (await client.post(path, headers=before)).status_code == 403
    first = (await client.post(path, headers=boss)).json()["token"]
    second = (await client.post(path, headers=boss)).json()["token"]

    async def accept(token: str, password: str = NEXT) -> httpx.Response:
        return await client.post("/auth/invitation", json={"token": token, "password": password})

    assert (await accept(first)).status_code == 401
    assert (await accept("nonsense")).status_code == 401
    assert (await accept(second, "short")).status_code == 422
    answers = await asyncio.gather(*(accept(second) for _ in range(3)))
    assert sorted(one.status_code for one in answers) == [200, 401, 401]
    assert [one.json() for one in answers if one.is_success] == [{"done": True}]
    assert (await client.get("/me", headers=before)).status_code == 401
    assert (await sign_in(client, "rosa")).status_code == 401
    await tokens(client, "rosa", NEXT)
    clock.set(clock.now() + timedelta(minutes=16))
    late = (await client.post(path, headers=await signed(client, "boss"))).json()["token"]
    clock.set(clock.now() + timedelta(hours=24))
    assert (await accept(late)).status_code == 401


def test_a_sealed_secret_is_opened_after_a_rotation_and_by_nobody_else() -> None:
    old, new = "o" * 40, "n" * 40
    sealed = Seal(old).close("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert Seal(new, old).open(sealed) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(SecondFactorWrong):
        Seal(new).open(sealed)


async def test_a_company_that_asks_for_it_leaves_managers_nothing_before_they_have_a_second_factor(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    for role, place, login in (
        ("executive_admin", None, "boss"), ("venue_admin", sun.here, "rosa"), ("housekeeper", sun.here, "ana"),
    ):  # fmt: skip
        await sun.person(role, place, login=login)
    boss, rosa, ana = [await signed(client, login) for login in ("boss", "rosa", "ana")]
    assert (await client.get("/tenant", headers=ana)).json()["second_factor_required"] is False
    body = {"second_factor_required": True, "version": 1}
    for headers, status in ((ana, 403), (rosa, 403), (boss, 200)):
        assert (await client.patch("/tenant", json=body, headers=headers)).status_code == status
    assert (await client.patch("/tenant", json=body, headers=boss)).status_code == 412
    later = [await signed(client, login) for login in ("boss", "rosa", "ana")]
    for headers in later[:2]:
        me = (await client.get("/me", headers=headers)).json()
        assert (me["second_factor_needed"], me["permissions"]) == (True, ["property.read"])
        assert (await client.get("/staff", headers=headers)).status_code == 403
    assert (await client.get("/me", headers=later[2])).json()["second_factor_needed"] is False
    assert (await client.get("/rooms", headers=later[2])).status_code == 200
    _, _, headers = await set_up(client, clock, "rosa")
    me = (await client.get("/me", headers=headers)).json()
    assert (me["second_factor_needed"], "staff.manage" in me["permissions"]) == (False, True)
    assert (await client.get("/staff", headers=headers)).status_code == 200
