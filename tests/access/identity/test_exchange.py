"""The platform's way into a company: short, named, told in both audit logs."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from serai.access.identity import service as identity
from serai.access.identity import signin
from serai.access.identity.gate import gate
from serai.access.identity.model import ChangeStaff, StaffState
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.kernel.errors import Forbidden, Invalid
from serai.kernel.ids import encode
from serai.runtime.work import House
from tests.access.conftest import Timer
from tests.access.making import Company, bearer, company, signed


@pytest.fixture
async def platform(house: House) -> Company:
    """The platform's own tenant."""
    return await company(house, "platform", platform=True)


async def enter(client: httpx.AsyncClient, headers: dict[str, str], code: str) -> httpx.Response:
    """The answer to an exchange."""
    return await client.post("/auth/exchange", headers=headers, json={"tenant": code})


async def test_an_exchange_is_told_in_both_companies_before_it_opens(
    client: httpx.AsyncClient, platform: Company, sun: Company, clock: ManualClock
) -> None:
    staff = await platform.person("super_admin", None, login="root")
    root = await signed(client, "root")
    assert (await client.get("/properties", headers=root)).json()["items"][0]["code"] == "here"
    answer = (await enter(client, root, "SUN")).json()
    assert (answer["expires_in"], answer["refresh_token"]) == (900, None)
    inside = bearer(answer["access_token"])
    me = (await client.get("/me", headers=inside)).json()
    assert (me["tenant"]["code"], me["name"], me["login"]) == ("sun", "Root (platform)", None)
    for headers in (root, inside):
        (told,) = [
            one
            for one in (await client.get("/audit", headers=headers)).json()["items"]
            if one["type"] == "access.session.exchanged.v1"
        ]
        assert told["actor_id"] == encode("stf", staff.id)
        assert told["source"].startswith("POST /api/v1/auth/exchange")
    renamed = await client.patch(
        f"/properties/{sun.here}", headers=inside, json={"version": 1, "name": "Renamed by the platform"}
    )
    assert renamed.status_code == 200
    (line,) = (await client.get("/audit", headers=inside, params={"subject": str(sun.here), "limit": 1})).json()[
        "items"
    ]
    assert line["actor"] == "Root (platform)"
    clock.set(clock.now() + timedelta(minutes=15))
    assert (await client.get("/me", headers=inside)).status_code == 401


async def test_only_the_platforms_own_token_enters_another_company(
    client: httpx.AsyncClient, platform: Company, sun: Company, moon: Company
) -> None:
    await platform.person("super_admin", None, login="root")
    await sun.person("executive_admin", None, login="boss")
    root = await signed(client, "root")
    assert (await enter(client, await signed(client, "boss"), "moon")).status_code == 403
    inside = bearer((await enter(client, root, "sun")).json()["access_token"])
    assert (await enter(client, inside, "moon")).status_code == 403
    for code in ("nowhere", "platform"):
        assert (await enter(client, root, code)).status_code == 404
    assert (await client.post("/auth/logout", headers=inside)).status_code == 401
    assert (await client.get("/me/sessions", headers=inside)).json()["items"] == []


async def test_a_visit_ends_with_the_visitors_session_or_role(
    client: httpx.AsyncClient, platform: Company, sun: Company, timer: Timer
) -> None:
    roots = [await platform.person("super_admin", None, login=login) for login in ("rosa", "root")]
    visits = [await signed(client, one.login) for one in roots]
    inside = [bearer((await enter(client, one, "sun")).json()["access_token"]) for one in visits]
    house = system(platform.tenant_id, "test")
    await platform.house.do(house, lambda work: identity.set_state(work, roots[0].id, StaffState.DEACTIVATED))
    await platform.house.do(house, lambda work: identity.change_staff(work, roots[1].id, ChangeStaff(1, roles=[])))
    timer.seconds = 4
    assert [(await client.get("/me", headers=one)).status_code for one in inside] == [401, 401]


async def test_a_token_that_was_exchanged_is_not_exchanged_again_by_any_door(
    client: httpx.AsyncClient, platform: Company, sun: Company, house: House
) -> None:
    await platform.person("super_admin", None, login="root")
    root = await signed(client, "root")
    door = gate(house)
    inside = door.claims(bearer((await enter(client, root, "sun")).json()["access_token"]))
    with pytest.raises(Forbidden):
        await signin.exchange(house, await door(root), inside, "sun", signin.Caller())


async def test_super_admin_is_no_role_of_an_ordinary_company(sun: Company) -> None:
    with pytest.raises(Invalid, match="cannot be accepted"):
        await sun.person("super_admin", None)
