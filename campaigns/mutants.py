"""Programs that break a promise: a campaign must notice them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from serai.kernel.actor import system
from serai.runtime.jobs import reactions, relay
from serai.runtime.transports import rabbitmq_in
from serai.runtime.work import Work


def cursor_first() -> None:
    """The relay moves its cursor before it publishes."""
    advance, hand_out = relay.Relay._advance, relay.Relay._hand_out

    async def first(self: Any, facts: list[Any]) -> None:
        one = facts[0]
        actor = system(one.tenant_id, self._reader)
        await advance(self, actor, one.stream, one.position - 1, facts[-1])
        await hand_out(self, facts)

    async def done(*_: object) -> bool:
        return True

    relay.Relay._hand_out = first
    relay.Relay._advance = done


def ack_first() -> None:
    """A message is acknowledged before it is kept."""
    settle = rabbitmq_in._settle

    async def first(message: Any, take: Any) -> None:
        await message.ack()
        await settle(_Acked(message), take)

    rabbitmq_in._settle = first


def commit_split() -> None:
    """A reaction notes that it is done in a transaction before the one in which it acts."""
    step = reactions.Reactor._step

    async def split(self: Any, tenant_id: UUID, stream: UUID, reaction: Any) -> bool:
        found: list[Any] = []

        async def later(_: Work, fact: Any) -> None:
            found.append(fact)

        moved = await step(self, tenant_id, stream, _With(reaction, later))
        for fact in found:
            await self._house.do(system(tenant_id, reaction.name), lambda work, fact=fact: reaction.act(work, fact))
        return moved

    reactions.Reactor._step = split


class _With:
    """A reaction that acts otherwise."""

    def __init__(self, reaction: Any, act: Any) -> None:
        self._reaction, self.act = reaction, act

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reaction, name)


class _Acked:
    """A message that the broker has forgotten already."""

    def __init__(self, message: Any) -> None:
        self._message = message

    def __getattr__(self, name: str) -> Any:
        return getattr(self._message, name)

    async def ack(self) -> None:
        """Once is enough."""

    async def reject(self, **_: object) -> None:
        """Too late."""


ALL = {"cursor_first": cursor_first, "ack_first": ack_first, "commit_split": commit_split}
