"""The API's document names things as people would."""

from __future__ import annotations

import re
from collections import Counter

import httpx


async def test_operations_have_short_names_once_and_schemas_say_their_area(client: httpx.AsyncClient) -> None:
    document = (await client.get("http://test/openapi.json")).json()
    named = Counter(one["operationId"] for item in document["paths"].values() for one in item.values())
    assert len(named) > 50
    assert [name for name, times in named.items() if times > 1 or not re.fullmatch(r"[a-z_]+", name)] == []
    schemas = document["components"]["schemas"]
    assert [name for name in schemas if not re.fullmatch(r"[A-Za-z]+(_[A-Za-z]+_)?", name)] == []
    assert {"HousekeepingCreateBody", "ChecklistsCreateBody"} <= schemas.keys()
