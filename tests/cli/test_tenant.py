"""The first people of a company, from the command line."""

from __future__ import annotations

import httpx
import pytest

from serai.access.identity.passwords import generated
from serai.access.identity.service import CreateStaff, Role
from serai.cli.tenant import employ
from serai.kernel.errors import NotFound
from serai.runtime.work import House
from tests.access.making import company, signed


async def test_somebody_made_on_the_command_line_signs_in(client: httpx.AsyncClient, house: House) -> None:
    sun = await company(house, "sun")
    password = generated()
    await employ(house, "sun", None, Role.EXECUTIVE_ADMIN, CreateStaff("Ada", "ada", password="correct horse battery"))
    await employ(house, "sun", "here", Role.HOUSEKEEPER, CreateStaff("Rosa", "rosa", password=password))
    assert (await client.get(f"/properties/{sun.there}", headers=await signed(client, "ada"))).status_code == 200
    answer = await client.post("/auth/token", json={"login": "rosa", "password": password})
    headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
    assert [one["code"] for one in (await client.get("/me", headers=headers)).json()["properties"]] == ["here"]


async def test_a_code_that_nobody_has_is_told_by_its_name(house: House) -> None:
    await company(house, "sun")
    with pytest.raises(NotFound, match="mars"):
        await employ(house, "mars", None, Role.VIEWER, CreateStaff("Ada", "ada"))
    with pytest.raises(NotFound, match="nowhere"):
        await employ(house, "sun", "nowhere", Role.VIEWER, CreateStaff("Ada", "ada"))


def test_a_generated_password_is_long_and_never_the_same() -> None:
    made = {generated() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 27 for one in made)
