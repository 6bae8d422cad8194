"""Ended access ends within five seconds, also in a process that knew the caller."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from serai.access.identity import service as identity
from serai.access.identity import signin
from serai.access.identity.gate import BELIEVED, MOST, Authenticator, gate
from serai.access.identity.model import ChangeStaff, CreateKey, EndReason, StaffState
from serai.access.identity.roles import Role, RoleGrant
from serai.kernel.actor import Actor, system
from serai.kernel.clock import ManualClock
from serai.kernel.errors import Unauthenticated
from serai.runtime.work import House, Work
from tests.access.conftest import Timer
from tests.access.making import Company, bearer, signed


async def elsewhere(sun: Company, act: Any) -> Any:
    """Do it as another process would: this one's gate is told nothing."""
    return await sun.house.do(system(sun.tenant_id, "another process"), act)


async def test_ended_access_ends_within_five_seconds(client: httpx.AsyncClient, sun: Company, timer: Timer) -> None:
    assert BELIEVED < 5
    people = {name: await sun.person("housekeeper", sun.here, login=name) for name in ("gone", "moved", "out")}
    headers = {name: await signed(client, name) for name in people}
    key, secret = await elsewhere(
        sun, lambda work: identity.create_key(work, CreateKey("PMS", frozenset({Role.VIEWER}), frozenset({sun.here})))
    )
    headers["key"] = bearer(secret)

    async def statuses() -> dict[str, int]:
        return {
            name: (await client.get("/properties", headers=headers[name])).json().get("status")
            or len((await client.get("/properties", headers=headers[name])).json()["items"])
            for name in headers
        }

    assert await statuses() == {"gone": 1, "moved": 1, "out": 1, "key": 1}

    async def end(work: Work) -> None:
        await identity.set_state(work, people["gone"].id, StaffState.DEACTIVATED)
        change = ChangeStaff(1, roles=[RoleGrant(Role.HOUSEKEEPER), RoleGrant(Role.VIEWER, sun.there)])
        await identity.change_staff(work, people["moved"].id, change)
        await signin.end_all(work, people["out"], EndReason.LOGOUT)
        await identity.revoke_key(work, key.id)

    await elsewhere(sun, end)
    timer.seconds = BELIEVED
    assert await statuses() == {"gone": 1, "moved": 1, "out": 1, "key": 1}
    timer.seconds = BELIEVED + 0.01
    assert await statuses() == {"gone": 401, "moved": 2, "out": 401, "key": 401}


async def test_in_the_same_process_it_ends_at_once(client: httpx.AsyncClient, sun: Company, timer: Timer) -> None:
    staff = await sun.person("housekeeper", sun.here, login="rosa")
    await sun.person("venue_admin", sun.here, login="ada")
    rosa, ada = await signed(client, "rosa"), await signed(client, "ada")
    assert (await client.get("/me", headers=rosa)).status_code == 200
    assert (await client.post(f"/staff/{staff.id}/deactivate", headers=ada)).status_code == 200
    assert (await client.get("/me", headers=rosa)).status_code == 401
    wrong = await client.post("/auth/token", json={"login": "rosa", "password": "correct horse battery"})
    assert wrong.status_code == 401


async def test_a_key_ends_at_its_moment_even_while_it_is_believed(
    house: House, sun: Company, clock: ManualClock, timer: Timer
) -> None:
    cmd = CreateKey("PMS", frozenset({Role.INTEGRATION}), None, clock.now() + timedelta(hours=1))
    _, secret = await elsewhere(sun, lambda work: identity.create_key(work, cmd))
    actor = await gate(house)(bearer(secret))
    assert (actor.kind, actor.tenant_id, actor.roles) == ("api_key", sun.tenant_id, {"integration"})
    clock.set(clock.now() + timedelta(hours=1))
    with pytest.raises(Unauthenticated):
        await gate(house)(bearer(secret))
    gate(house).forget()
    with pytest.raises(Unauthenticated):
        await gate(house)(bearer(secret))


async def test_the_gate_remembers_only_so_many(
    client: httpx.AsyncClient, house: House, sun: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serai.access.identity.gate.MOST", 2)
    await sun.person("housekeeper", sun.here, login="rosa")
    for _ in range(4):
        await gate(house)(await signed(client, "rosa"))
        assert len(gate(house)._known) <= 2 < MOST


async def test_a_house_built_without_the_gate_is_told_so(house: House) -> None:
    async def nobody(_: Any) -> Actor:
        raise Unauthenticated

    with pytest.raises(TypeError):
        gate(House(house.db, house.clock, house.catalog, nobody))
    assert isinstance(gate(house), Authenticator)
