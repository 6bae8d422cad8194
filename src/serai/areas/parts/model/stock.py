"""How there comes to be more or less of a part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from serai.areas.parts import events
from serai.areas.parts.model.part import Part, figure, some, told
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid
from serai.kernel.event import Event, EventType, changes
from serai.kernel.ids import encode, encode_some
from serai.kernel.money import Money
from serai.kernel.text import text


class MoveKind(StrEnum):
    """Why there is more or less of a part."""

    RECEIVE = "receive"
    USE = "use"
    GIVE_BACK = "give_back"
    ADJUST = "adjust"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    RESERVE = "reserve"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class StockMove:
    """A movement: how much more is on hand and reserved (less: below 0), and how much of both there was after it."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    part_id: UUID
    kind: MoveKind
    on_hand_delta: Decimal
    reserved_delta: Decimal
    on_hand: Decimal
    reserved: Decimal
    unit_cost: Decimal | None
    order_id: UUID | None
    other_part_id: UUID | None
    note: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PartUsage:
    """A part that was used, for an order or not; `amount` is quantity times cost then. `struck_at`: a slip."""

    id: UUID
    tenant_id: UUID
    property_id: UUID
    version: int
    part_id: UUID
    part_number: str
    name: str
    unit: str
    order_id: UUID | None
    quantity: Decimal
    from_reserved: Decimal
    unit_cost: Decimal | None
    amount: Decimal
    currency: str
    at: datetime
    by: str
    note: str | None
    struck_at: datetime | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement of the store: `unit_cost` of what is received, `order_id` what it is for."""

    quantity: Decimal
    unit_cost: Decimal | None = None
    order_id: UUID | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, when, and the new movement's id."""

    id: UUID
    at: datetime
    by: str


Change = tuple[StockMove, Decision[Part]]


def receive(part: Part, cmd: Moved, said: Said) -> Change:
    """More of it came; what one cost now is what it costs from now on."""
    _living(part)
    costs = part.last_cost if cmd.unit_cost is None else cmd.unit_cost
    after = replace(part, on_hand=part.on_hand + cmd.quantity, last_cost=costs)
    return _moved(MoveKind.RECEIVE, part, after, cmd, said)


def adjust(part: Part, cmd: Moved, said: Said) -> Change:
    """It was counted: `quantity` is what is there."""
    after = replace(part, on_hand=cmd.quantity)
    return _moved(MoveKind.ADJUST, part, after, cmd, said)


def hold(part: Part, order_id: UUID, quantity: Decimal, said: Said, held: Decimal) -> Change | None:
    """Keep so much for an order that `held` some; None where that is what it held. Refused: more than is available."""
    more = quantity - held
    if not more:
        return None
    if more > 0:
        _living(part)
        _enough(part, part.available, more)
    kind = MoveKind.RESERVE if more > 0 else MoveKind.RELEASE
    cmd = Moved(abs(more), order_id=order_id)
    return _moved(kind, part, replace(part, reserved=part.reserved + more), cmd, said)


def use(
    part: Part, cmd: Moved, said: Said, usage_id: UUID, held: Decimal
) -> tuple[StockMove, Decision[Part], PartUsage]:
    """Use it: first what the order `held`, then what is available; more only if the part allows it."""
    _living(part)
    _enough(part, part.available + held, cmd.quantity)
    kept = min(held, cmd.quantity)
    after = replace(part, on_hand=part.on_hand - cmd.quantity, reserved=part.reserved - kept)
    move, decision = _moved(MoveKind.USE, part, after, cmd, said)
    cost = part.last_cost
    amount = Money((cmd.quantity * (cost or Decimal(0))).quantize(Decimal("1e-12")), part.currency).rounded().amount
    usage = PartUsage(
        usage_id, part.tenant_id, part.property_id, 1, part.id, part.part_number, part.name, part.unit,
        cmd.order_id,
        cmd.quantity, kept, cost, amount, part.currency, said.at, said.by, cmd.note, None,
    )  # fmt: skip
    used = _usage_fact(events.USED, None, usage)
    return move, Decision(decision.record, (*decision.events, used)), usage


def strike(part: Part, usage: PartUsage, said: Said) -> tuple[StockMove, Decision[Part], PartUsage]:
    """It was not used after all: it is back in the store."""
    if usage.struck_at is not None:
        raise Conflict("It was struck out before.")
    after = replace(part, on_hand=part.on_hand + usage.quantity)
    cmd = Moved(usage.quantity, None, usage.order_id, usage.note)
    move, decision = _moved(MoveKind.GIVE_BACK, part, after, cmd, said)
    struck = replace(usage, version=2, struck_at=said.at)
    return move, Decision(decision.record, (*decision.events, _usage_fact(events.STRUCK, usage, struck))), struck


def send(part: Part, to: Part, cmd: Moved, out: Said, come: Said) -> tuple[Change, Change]:
    """To another property's store, at what it cost. Refused: another unit or currency, or more than is available."""
    _living(part)
    _living(to)
    if to.property_id == part.property_id:
        raise Invalid(faults=[Fault("/to_part_id", "is in another property")])
    if (to.unit, to.currency) != (part.unit, part.currency):
        raise Invalid(
            faults=[
                Fault(
                    "/to_part_id",
                    text("is counted in {unit} and {currency} as this one", unit=part.unit, currency=part.currency),
                )
            ]
        )
    _enough(part, part.available, cmd.quantity)
    gone = replace(part, on_hand=part.on_hand - cmd.quantity)
    came = replace(to, on_hand=to.on_hand + cmd.quantity, last_cost=part.last_cost or to.last_cost)
    sent = _moved(MoveKind.TRANSFER_OUT, part, gone, cmd, out, to.id)
    return sent, _moved(MoveKind.TRANSFER_IN, to, came, cmd, come, part.id)


def usage_data(usage: PartUsage) -> events.PartUsageData:
    """The public record."""
    return events.PartUsageData(
        encode("pus", usage.id), encode("prp", usage.property_id), encode("prt", usage.part_id), usage.part_number,
        usage.name, usage.unit, encode_some("mnt", usage.order_id), figure(usage.quantity), some(usage.unit_cost),
        Money(usage.amount, usage.currency).text, usage.currency, usage.at, usage.by, usage.note, usage.struck_at,
    )  # fmt: skip


def _moved(kind: MoveKind, part: Part, after: Part, cmd: Moved, said: Said, other: UUID | None = None) -> Change:
    move = StockMove(
        said.id, part.tenant_id, part.property_id, part.id, kind, after.on_hand - part.on_hand,
        after.reserved - part.reserved, after.on_hand, after.reserved, cmd.unit_cost, cmd.order_id, other, cmd.note,
        said.at, said.by,
    )  # fmt: skip
    return move, told(Decision(part), events.STOCK_CHANGED, after, said.at)


def _living(part: Part) -> None:
    if not part.active:
        raise Conflict("This part is not kept any more.")


def _enough(part: Part, there: Decimal, wanted: Decimal) -> None:
    if wanted > there and not part.below_zero:
        raise Conflict(
            text("Only {some} {unit} of {part} is there.", some=figure(there), unit=part.unit, part=part.name),
            available=figure(there),
        )


def _usage_fact(kind: EventType, before: PartUsage | None, after: PartUsage) -> Event:
    return Event(kind, after.property_id, after.id, after.version, usage_data(after), changes(before, after))
