"""What is shown of a task has the shape of `TaskOut`, though nobody checks it."""

from __future__ import annotations

from uuid import UUID

import httpx

from serai.areas.housekeeping import service
from serai.areas.housekeeping.api.bodies import TaskOut, TaskPage
from serai.areas.housekeeping.model import CreateTask, TaskType
from serai.kernel.ids import encode
from tests.conftest import Hotel, SignIn


async def test_a_task_and_a_list_are_answered_as_documented(
    client: httpx.AsyncClient, sign: SignIn, hotel: Hotel
) -> None:
    headers = await sign("housekeeping_supervisor")
    cmd = CreateTask(hotel.property_id, TaskType.RESTOCKING, note="Soap", pinned=70)
    made = await hotel.do(lambda work: service.create_task(work, cmd))
    await hotel.do(lambda work: service.assign(work, made.id, UUID(headers["x-staff"])))

    one = await client.get(f"/tasks/{encode('tsk', made.id)}", headers=headers)
    many = await client.get("/tasks", headers=headers)

    read = TaskOut.model_validate_json(one.content)
    assert read.model_dump(mode="json").keys() == one.json().keys()
    assert (read.version, read.pinned, read.priority) == (2, True, 70)
    assert TaskPage.model_validate_json(many.content).items == [read]
