"""The day of the demo's attendants: first where guests stay, then where they left."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from serai.areas.discrepancies import service as discrepancies
from serai.areas.discrepancies.model import View
from serai.areas.housekeeping import service as housekeeping
from serai.areas.housekeeping.model import Move, Task, TaskState, TaskType
from serai.areas.housekeeping.service import AutoAssign, Filter, Wanted
from serai.areas.spaces import service as spaces
from serai.areas.spaces.model import Occupancy
from serai.cli.demo.acts import Acts
from serai.cli.hotel import Hotel
from serai.kernel.actor import Actor
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import ListQuery
from serai.runtime.work import House, Work

ATTENDANTS = ("laila", "maryam", "hamid")
ROUNDS = ((210.0, 185.0), (160.0, 130.0))
"""How many minutes ago each of them began and ended a room; each a little after the one before."""
LAG = 6.0
ENDED = (TaskState.COMPLETED, TaskState.VERIFIED, TaskState.REFUSED)
UNTOLD = "213"
"""A room where somebody is, of whom the desk knows nothing."""


class Shift:
    """Goes on where an interrupted start has ended: each act looks first whether it was done."""

    def __init__(self, here: House, hotel: Hotel, people: Mapping[str, Actor], dawn: datetime) -> None:
        """`people` are actors by login; what was to be done before `dawn` is left alone."""
        self._here, self._hotel, self._people, self._dawn = here, hotel, people, dawn

    def acts(self) -> Acts:
        """What was done how many minutes ago."""
        rounds = [
            (ago - place * LAG, partial(act, login, before))
            for place, login in enumerate(ATTENDANTS)
            for before, (began, ended) in enumerate(ROUNDS)
            for ago, act in ((began, self._start), (ended, self._complete))
        ]
        return [
            (225, self._hand_out), *rounds,
            (150, partial(self._verify, "laila")), (140, partial(self._verify, "maryam")),
            (100, self._may_not_enter), (60, self._sees_somebody), (30, self._hand_out),
            *((15 - place, partial(self._after_a_guest, login)) for place, login in enumerate(ATTENDANTS)),
        ]  # fmt: skip

    async def _hand_out(self) -> None:
        staff = dict.fromkeys(self._hotel.people[login] for login in ATTENDANTS)
        cmd = AutoAssign(self._hotel.property.id, staff=staff)
        await self._here.do(self._people["supervisor"], lambda work: housekeeping.auto_assign(work, cmd))

    async def _start(self, login: str, before: int) -> None:
        tasks = await self._tasks(login)
        if len(_in(tasks, *ENDED)) <= before and not _in(tasks, TaskState.IN_PROGRESS):
            await self._move(login, housekeeping.start, _in(tasks, TaskState.ASSIGNED))

    async def _complete(self, login: str, before: int) -> None:
        tasks = await self._tasks(login)
        if len(_in(tasks, *ENDED)) <= before:
            await self._move(login, housekeeping.complete, _in(tasks, TaskState.IN_PROGRESS))

    async def _verify(self, login: str) -> None:
        tasks = await self._tasks(login)
        if not _in(tasks, TaskState.VERIFIED):
            await self._move("supervisor", housekeeping.verify, _in(tasks, TaskState.COMPLETED))

    async def _may_not_enter(self) -> None:
        tasks = await self._tasks("hamid")
        if not _in(tasks, TaskState.REFUSED):
            await self._move(
                "hamid", housekeeping.refuse, _in(tasks, TaskState.ASSIGNED), Move(reason="do_not_disturb")
            )

    async def _sees_somebody(self) -> None:
        async def look(work: Work) -> None:
            room = await spaces.find_room(work.tx, work.tenant_id, self._hotel.property.id, UNTOLD)
            if room is not None:
                seen = View(Occupancy.OCCUPIED, 2)
                await discrepancies.observe(work, room, seen, "Two suitcases stand there.")

        await self._here.do(self._people["maryam"], look)

    async def _after_a_guest(self, login: str) -> None:
        tasks = await self._tasks(login, TaskType.CHECKOUT_CLEANING)
        if not _in(tasks, TaskState.IN_PROGRESS):
            await self._move(login, housekeeping.start, _in(tasks, TaskState.ASSIGNED))

    async def _tasks(self, login: str, kind: TaskType = TaskType.STAY_OVER_CLEANING) -> list[Task]:
        """Hers of today, the most urgent first."""

        async def read(tx: ReadTx) -> list[Task]:
            chosen = Filter(types=[kind], assignee_id=self._hotel.people[login])
            wanted = Wanted(self._hotel.property.id, chosen)
            found = await housekeeping.list_tasks(tx, self._people[login], wanted, ListQuery(limit=200))
            today = [one for one in found.items if one.created_at >= self._dawn]
            return [task for _, task in await housekeeping.load_tasks(tx, self._hotel.tenant_id, today)]

        return await self._here.read(self._people[login], read)

    async def _move(
        self,
        login: str,
        move: Callable[[Work, UUID, Move], Awaitable[Task]],
        tasks: Sequence[Task],
        said: Move | None = None,
    ) -> None:
        if tasks:
            await self._here.do(self._people[login], lambda work: move(work, tasks[0].id, said or Move()))


def _in(tasks: Sequence[Task], *states: TaskState) -> list[Task]:
    return [one for one in tasks if one.state in states]
