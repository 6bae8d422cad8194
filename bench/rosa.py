"""A hotel and Rosa, its supervisor: for what is measured by screens and ears."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from bench.place import Place
from serai import assembly
from serai.access.identity import service as identity
from serai.access.tenancy import service as tenancy
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Draft
from serai.kernel.actor import system
from serai.kernel.ids import encode

LOGIN, PASSWORD = "rosa", "correct horse battery staple"  # of a database that lives for a minute


async def hotel(at: Place, drafts: Sequence[Draft] = ()) -> tuple[str, list[str]]:
    """Its id, and those of its rooms."""
    house = assembly.build(at.urls["serai_app"], at.urls["serai_relay"], "x" * 32)
    await house.db.open()
    tenant = await tenancy.create_tenant(house, tenancy.CreateTenant("bench", "Bench"))
    actor = system(tenant.id, "bench")
    city = tenancy.CreateProperty("main", "Main", "Asia/Kabul", "AFN")
    place = await house.do(actor, lambda work: tenancy.create_property(work, city))
    grant = identity.RoleGrant(identity.Role.HOUSEKEEPING_SUPERVISOR, place.id)
    person = identity.CreateStaff("Rosa", LOGIN, roles=(grant,), password=PASSWORD)
    await house.do(actor, lambda work: identity.create_staff(work, person))
    made = await house.do(actor, lambda work: spaces.create_rooms(work, place.id, drafts))
    await house.db.close()
    return encode("prp", place.id), [encode("spc", one.room.id) for one in made]


async def token(http: httpx.AsyncClient) -> str:
    """By which she is known."""
    return (await http.post("/auth/token", json={"login": LOGIN, "password": PASSWORD})).json()["access_token"]
