"""Signing in, renewing, signing out: what opens, what ends, what is refused."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from serai.access.identity import passwords
from serai.access.identity import tokens as forms
from serai.access.identity.gate import gate
from serai.access.identity.tokens import Claims
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.work import House
from tests.access.making import PASSWORD, Company, bearer, signed, tokens


async def refused(client: httpx.AsyncClient, headers: dict[str, str]) -> bool:
    """Whether the caller is sent away."""
    return (await client.get("/me", headers=headers)).status_code == 401


async def test_a_person_signs_in_and_is_told_who_he_is(client: httpx.AsyncClient, sun: Company) -> None:
    await sun.person("housekeeper", sun.here, login="rosa", email="rosa@example.com")
    answer = await tokens(client, " Rosa@Example.com ")
    assert (answer["token_type"], answer["expires_in"], answer["refresh_expires_in"]) == ("Bearer", 900, 604_800)
    shown = (await client.get("/me", headers=bearer(answer["access_token"]))).json()
    assert (shown["login"], shown["tenant"]["code"], shown["kind"]) == ("rosa", "sun", "staff")
    assert shown["roles"] == [{"role": "housekeeper", "property_id": encode("prp", sun.here)}]
    assert [one["code"] for one in shown["properties"]] == ["here"]
    assert "staff.manage" not in shown["permissions"]


async def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(
    client: httpx.AsyncClient, sun: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    checked: list[str] = []
    verify = passwords._verify
    monkeypatch.setattr(passwords, "_verify", lambda stored, given: checked.append(given) or verify(stored, given))
    answers = [
        await client.post("/auth/token", json={"login": login, "password": "wrong horse battery", **more})
        for login, more in (("rosa", {}), ("nobody", {}), ("rosa", {"tenant": "moon"}), ("\uff52osa", {}))
    ]
    assert {one.status_code for one in answers} == {401}
    assert len({one.text.replace(one.json()["trace_id"], "") for one in answers}) == 1
    assert len(checked) == len(answers)


async def test_a_password_counts_as_typed(client: httpx.AsyncClient, sun: Company) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    for wrong in (PASSWORD + " ", PASSWORD.upper(), PASSWORD[:-1]):
        answer = await client.post("/auth/token", json={"login": "rosa", "password": wrong})
        assert answer.status_code == 401


async def test_half_a_sign_in_is_refused(client: httpx.AsyncClient) -> None:
    bodies: list[dict[str, object]] = [
        {},
        {"login": "rosa"},
        {"password": PASSWORD},
        {"login": "rosa", "password": PASSWORD, "refresh_token": "x"},
        {"refresh_token": "x", "tenant": "sun"},
        {"login": "rosa", "password": PASSWORD, "grant_type": "password"},
        {"login": "rosa", "password": "x" * 1001},
        {"login": ["rosa"], "password": PASSWORD},
    ]
    for body in bodies:
        assert (await client.post("/auth/token", json=body)).status_code == 422, body


async def test_who_works_for_two_companies_is_asked_which_after_the_password_matched(
    client: httpx.AsyncClient, sun: Company, moon: Company
) -> None:
    for one in (sun, moon):
        await one.person("housekeeper", one.here, login="rosa")
    wrong = await client.post("/auth/token", json={"login": "rosa", "password": "wrong horse battery"})
    assert wrong.status_code == 401
    assert "sun" not in wrong.text
    asked = await client.post("/auth/token", json={"login": "rosa", "password": PASSWORD})
    assert (asked.status_code, asked.json()["code"]) == (409, "which_hotel")
    assert [one["code"] for one in asked.json()["tenants"]] == ["moon", "sun"]
    answer = await tokens(client, "rosa", tenant="SUN")
    assert answer["tenant_id"] == encode("ten", sun.tenant_id)


async def test_ten_wrong_passwords_make_the_account_wait_and_no_other(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    for login in ("rosa", "ines"):
        await sun.person("housekeeper", sun.here, login=login)
    for login in ("rosa", "nobody"):
        for _ in range(10):
            wrong = await client.post("/auth/token", json={"login": login, "password": "wrong horse battery"})
            assert wrong.status_code == 401
        waits = await client.post("/auth/token", json={"login": login, "password": PASSWORD})
        assert (waits.status_code, waits.headers["retry-after"]) == (429, "900")
    await tokens(client, "ines")
    clock.set(clock.now() + timedelta(minutes=14, seconds=59))
    waits = await client.post("/auth/token", json={"login": "rosa", "password": PASSWORD})
    assert (waits.status_code, waits.headers["retry-after"]) == (429, "1")
    clock.set(clock.now() + timedelta(seconds=1))
    await tokens(client, "rosa")


async def test_a_right_password_forgets_the_wrong_ones(client: httpx.AsyncClient, sun: Company) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    for _ in range(2):
        for _ in range(9):
            await client.post("/auth/token", json={"login": "rosa", "password": "wrong horse battery"})
        await tokens(client, "rosa")


async def test_wrong_passwords_at_the_same_moment_are_all_counted(client: httpx.AsyncClient, sun: Company) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    body = {"login": "rosa", "password": "wrong horse battery"}
    answers = await asyncio.gather(*(client.post("/auth/token", json=body) for _ in range(25)))
    assert sorted(one.status_code for one in answers) == [401] * 10 + [429] * 15


async def test_an_access_token_ends_after_a_quarter_of_an_hour_by_the_houses_clock(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    headers = await signed(client, "rosa")
    clock.set(clock.now() + timedelta(minutes=14, seconds=59))
    assert not await refused(client, headers)
    clock.set(clock.now() + timedelta(seconds=1))
    assert await refused(client, headers)


async def renew(client: httpx.AsyncClient, token: str) -> httpx.Response:
    """The answer to a renewal."""
    return await client.post("/auth/token", json={"refresh_token": token})


async def test_a_refresh_token_is_used_up_and_its_reuse_ends_the_whole_session(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("executive_admin", None, login="rosa")
    first = await tokens(client, "rosa")
    other = await tokens(client, "rosa")
    second = (await renew(client, first["refresh_token"])).json()
    assert not await refused(client, bearer(second["access_token"]))
    second = (await renew(client, second["refresh_token"])).json()
    stolen = await renew(client, first["refresh_token"])
    assert stolen.status_code == 401
    assert (await renew(client, second["refresh_token"])).status_code == 401
    assert await refused(client, bearer(second["access_token"]))
    assert not await refused(client, bearer(other["access_token"]))
    told = await client.get("/audit", headers=bearer(other["access_token"]))
    assert told.json()["items"][0]["type"] == "access.session.ended.v1"
    assert told.json()["items"][0]["changes"]["reason"] == {"before": None, "after": "refresh_token_reused"}


async def test_an_answer_that_was_lost_may_be_asked_for_again(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    token = (await tokens(client, "rosa"))["refresh_token"]
    for _ in range(3):
        clock.set(clock.now() + timedelta(seconds=20))
        given = (await renew(client, token)).json()
    clock.set(clock.now() + timedelta(seconds=20))
    assert (await renew(client, given["refresh_token"])).status_code == 200
    assert (await renew(client, token)).status_code == 401


async def test_the_first_answer_to_be_used_makes_the_others_void_and_a_second_holder_ends_the_session(
    client: httpx.AsyncClient, sun: Company
) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    token = (await tokens(client, "rosa"))["refresh_token"]
    answers = await asyncio.gather(*(renew(client, token) for _ in range(5)))
    assert {one.status_code for one in answers} == {200}
    first, second, *_ = [one.json()["refresh_token"] for one in answers]
    later = await renew(client, first)
    assert later.status_code == 200
    assert (await renew(client, second)).status_code == 401
    assert (await renew(client, later.json()["refresh_token"])).status_code == 401


async def test_a_used_refresh_token_comes_again_for_a_day_at_the_most(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    token = (await tokens(client, "rosa"))["refresh_token"]
    assert (await renew(client, token)).status_code == 200
    clock.set(clock.now() + timedelta(hours=23))
    late = await renew(client, token)
    assert late.status_code == 200
    clock.set(clock.now() + timedelta(hours=1))
    assert (await renew(client, token)).status_code == 401
    assert (await renew(client, late.json()["refresh_token"])).status_code == 401


async def test_of_two_used_at_one_instant_the_second_is_the_newest(client: httpx.AsyncClient, sun: Company) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    first = (await tokens(client, "rosa"))["refresh_token"]
    second = (await renew(client, first)).json()["refresh_token"]
    assert (await renew(client, second)).status_code == 200
    assert (await renew(client, second)).status_code == 200
    assert (await renew(client, first)).status_code == 401


async def test_a_session_that_lies_idle_for_a_week_ends(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    token = (await tokens(client, "rosa"))["refresh_token"]
    clock.set(clock.now() + timedelta(days=7))
    assert (await renew(client, token)).status_code == 401


async def test_a_session_ends_after_thirty_days_however_busy(
    client: httpx.AsyncClient, sun: Company, clock: ManualClock
) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    answer = await tokens(client, "rosa")
    start = clock.now()
    for day in (6, 12, 18, 24, 29):
        clock.set(start + timedelta(days=day))
        answer = (await renew(client, answer["refresh_token"])).json()
    clock.set(start + timedelta(days=30) - timedelta(minutes=5))
    answer = (await renew(client, answer["refresh_token"])).json()
    assert (answer["expires_in"], answer["refresh_expires_in"]) == (300, 300)
    clock.set(start + timedelta(days=30))
    assert (await renew(client, answer["refresh_token"])).status_code == 401
    assert await refused(client, bearer(answer["access_token"]))


async def test_signing_out_ends_the_session_on_every_channel(client: httpx.AsyncClient, sun: Company) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    answer, other = await tokens(client, "rosa"), await tokens(client, "rosa")
    out = await client.post("/auth/logout", headers=bearer(answer["access_token"]))
    assert out.status_code == 200, out.text
    assert await refused(client, bearer(answer["access_token"]))
    assert (await renew(client, answer["refresh_token"])).status_code == 401
    assert not await refused(client, bearer(other["access_token"]))
    assert (await client.post("/auth/logout", headers=bearer(answer["access_token"]))).status_code == 401


async def test_no_kind_of_token_does_for_another(client: httpx.AsyncClient, sun: Company, house: House) -> None:
    staff = await sun.person("executive_admin", None, login="rosa")
    answer = await tokens(client, "rosa")
    headers = bearer(answer["access_token"])
    key = (await client.post("/keys", headers=headers, json={"name": "PMS"})).json()["secret"]
    for wrong in (answer["refresh_token"], key + "x", key[:-1], "serai_", "x" * 5000, forms.new_refresh(sun.tenant_id)):
        assert await refused(client, bearer(wrong)), wrong
    for wrong in (answer["access_token"], key, "", forms.new_refresh(sun.tenant_id), forms.new_refresh(uuid4())):
        assert (await renew(client, wrong)).status_code in {401, 422}, wrong
    for scheme in ("Basic", "bearer:", ""):
        assert await refused(client, {"authorization": f"{scheme} {answer['access_token']}"})
    assert await refused(client, {})
    assert (await client.post("/auth/logout", headers=bearer(key))).status_code == 401
    now = house.clock.now()
    forged = Claims("access", sun.tenant_id, sun.tenant_id, staff.id, uuid4(), now + timedelta(minutes=5))
    assert await refused(client, bearer(gate(house)._signer.sign(forged, now)))


async def test_a_token_of_another_house_is_refused(client: httpx.AsyncClient, sun: Company, house: House) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    headers = await signed(client, "rosa")
    elsewhere = forms.Signer("another secret of thirty-two bytes!")
    claims = gate(house).claims(headers)
    assert await refused(client, bearer(elsewhere.sign(claims, house.clock.now())))


async def test_one_sees_ones_devices_and_signs_them_out(client: httpx.AsyncClient, sun: Company) -> None:
    for login in ("rosa", "ines"):
        await sun.person("housekeeper", sun.here, login=login)
    phone = await signed(client, "rosa")
    desk, stranger = await signed(client, "rosa"), await signed(client, "ines")
    shown = (await client.get("/me/sessions", headers=desk)).json()["items"]
    assert sorted(one["current"] for one in shown) == [False, True]
    other = next(one["id"] for one in shown if not one["current"])
    for one in (other, uuid4()):
        assert (await client.delete(f"/me/sessions/{one}", headers=stranger)).status_code == 404
    assert (await client.delete(f"/me/sessions/{other}", headers=desk)).status_code == 200
    assert await refused(client, phone)
    assert not await refused(client, desk)


async def test_a_new_password_takes_the_present_one_and_ends_the_other_sessions(
    client: httpx.AsyncClient, sun: Company
) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    phone, desk = await signed(client, "rosa"), await signed(client, "rosa")
    new = "another horse battery"
    wrong = {"current_password": "wrong horse battery", "password": new}
    assert (await client.post("/me/password", headers=desk, json=wrong)).status_code == 422
    short = {"current_password": PASSWORD, "password": "short"}
    assert (await client.post("/me/password", headers=desk, json=short)).status_code == 422
    right = {"current_password": PASSWORD, "password": new}
    assert (await client.post("/me/password", headers=desk, json=right)).status_code == 200
    assert await refused(client, phone)
    assert not await refused(client, desk)
    assert (await client.post("/auth/token", json={"login": "rosa", "password": PASSWORD})).status_code == 401
    await tokens(client, "rosa", new)


async def test_guessing_the_present_password_makes_the_account_wait(client: httpx.AsyncClient, sun: Company) -> None:
    await sun.person("housekeeper", sun.here, login="rosa")
    desk = await signed(client, "rosa")
    wrong = {"current_password": "wrong horse battery", "password": "another horse battery"}
    answers = [(await client.post("/me/password", headers=desk, json=wrong)).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


async def test_a_password_hashed_at_older_costs_is_hashed_anew(
    client: httpx.AsyncClient, sun: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = await sun.person("housekeeper", sun.here, login="rosa")
    monkeypatch.setattr(passwords, "_hasher", passwords.PasswordHasher(time_cost=3, memory_cost=1024, parallelism=1))
    await tokens(client, "rosa")
    async with sun.house.db.read(sun.tenant_id) as tx:
        stored = await tx.fetchval("select password_hash from app.credential where staff_id = $1", staff.id)
    assert "m=1024,t=3" in stored


async def test_more_sign_ins_than_can_wait_are_told_to_come_back(
    client: httpx.AsyncClient, sun: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "WAITING", 0)
    answer = await client.post("/auth/token", json={"login": "rosa", "password": PASSWORD})
    assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
