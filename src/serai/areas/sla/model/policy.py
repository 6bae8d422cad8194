"""What is promised for which orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final
from uuid import UUID

from serai.areas.sla import events
from serai.kernel.actor import Actor
from serai.kernel.decision import Decision
from serai.kernel.errors import Fault, Invalid, Stale
from serai.kernel.event import Event, changes
from serai.kernel.hours import Hours, hours_faults
from serai.kernel.ids import encode, encode_some

RESPOND, URGENT, CRITICAL, WARN = 120, 30, "critical", 80
"""Where nobody promised anything: minutes until somebody has it, those of a critical one, percent at which to warn."""
MOST_MINUTES: Final = 90 * 24 * 60


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """What is done so many minutes (on the promise's clock) after a promise was broken: `respond` or `resolve`.

    `tells` people of a role, `raises` the severity by one, `reassigns` to who fits best.
    """

    target: str
    after_minutes: int
    tells: str | None = None
    raises: bool = False
    reassigns: bool = False

    @property
    def key(self) -> str:
        """What names it in a policy: an order takes it once."""
        return f"{self.target}+{self.after_minutes}"


@dataclass(frozen=True, slots=True)
class Policy:
    """A promise for orders of a property, a category, a severity (None: any). Empty `hours` run round the clock.

    `pauses`: the clock stands while the work is blocked. None minutes promise nothing.
    """

    id: UUID
    tenant_id: UUID
    property_id: UUID | None
    version: int
    category: str | None
    severity: str | None
    respond_minutes: int | None
    resolve_minutes: int | None
    hours: tuple[Hours, ...]
    pauses: bool
    warn_percent: int
    steps: tuple[EscalationStep, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """What is promised for one order, as it was when it was looked up; `policy_id` None: by default."""

    zone: str
    respond_minutes: int | None = RESPOND
    resolve_minutes: int | None = None
    hours: tuple[Hours, ...] = ()
    pauses: bool = True
    warn_percent: int = WARN
    steps: tuple[EscalationStep, ...] = ()
    policy_id: str | None = None
    policy_version: int | None = None


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """Make a promise, or another one for the same orders."""

    property_id: UUID | None = None
    category: str | None = None
    severity: str | None = None
    respond_minutes: int | None = None
    resolve_minutes: int | None = None
    hours: tuple[Hours, ...] = ()
    pauses: bool = True
    warn_percent: int = WARN
    steps: tuple[EscalationStep, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePolicy:
    """Change what is given; `version` is the one that was read."""

    version: int
    fields: Mapping[str, Any]


def promise(new_id: UUID, cmd: SetPolicy, actor: Actor) -> Decision[Policy]:
    """A new promise. Refused: one that promises nothing, or whose hours end before they begin."""
    made = Policy(
        new_id, actor.tenant_id, cmd.property_id, 1, cmd.category, cmd.severity, cmd.respond_minutes,
        cmd.resolve_minutes, cmd.hours, cmd.pauses, cmd.warn_percent, cmd.steps, active=True,
    )  # fmt: skip
    _refuse(made)
    return Decision(made, (_event(None, made),))


def change(policy: Policy, cmd: ChangePolicy) -> Decision[Policy]:
    """Change it, or take it back. A change meanwhile by somebody else is refused."""
    if policy.version != cmd.version:
        raise Stale
    after = replace(policy, **cmd.fields)
    if after == policy:
        return Decision(policy)
    _refuse(after)
    after = replace(after, version=policy.version + 1)
    return Decision(after, (_event(policy, after),))


def terms(policies: Sequence[Policy], property_id: UUID, category: str, severity: str, zone: str) -> Terms:
    """What is promised for such an order: the most particular promise, by property, then category, then severity."""

    def meets(one: Policy) -> bool:
        return (
            one.active
            and one.property_id in {None, property_id}
            and one.category in {None, category}
            and one.severity in {None, severity}
        )

    def particular(one: Policy) -> tuple[bool, bool, bool]:
        return one.property_id is not None, one.category is not None, one.severity is not None

    found = max(filter(meets, policies), key=particular, default=None)
    if found is None:
        return Terms(zone, URGENT if severity == CRITICAL else RESPOND)
    return Terms(
        zone, found.respond_minutes, found.resolve_minutes, found.hours, found.pauses, found.warn_percent,
        found.steps, encode("slp", found.id), found.version,
    )  # fmt: skip


def data(policy: Policy) -> events.SlaPolicyData:
    """The public record."""
    return events.SlaPolicyData(
        encode("slp", policy.id), encode_some("prp", policy.property_id), policy.category, policy.severity,
        policy.respond_minutes, policy.resolve_minutes,
        policy.hours, policy.pauses, policy.warn_percent,
        tuple(events.EscalationStepData(**asdict(one)) for one in policy.steps), policy.active,
    )  # fmt: skip


def _refuse(policy: Policy) -> None:
    faults: list[Fault] = []
    if policy.respond_minutes is None and policy.resolve_minutes is None:
        faults.append(Fault("/respond_minutes", "or resolve_minutes is promised"))
    faults += hours_faults("hours", policy.hours)
    promised = {"respond": policy.respond_minutes, "resolve": policy.resolve_minutes}
    for n, one in enumerate(policy.steps):
        if promised.get(one.target) is None:
            faults.append(Fault(f"/steps/{n}/target", "is promised"))
        if not (one.tells or one.raises or one.reassigns):
            faults.append(Fault(f"/steps/{n}", "tells, raises or reassigns"))
    if len({one.key for one in policy.steps}) < len(policy.steps):
        faults.append(Fault("/steps", "are of different targets or minutes"))
    if faults:
        raise Invalid(faults=faults)


def _event(before: Policy | None, after: Policy) -> Event:
    stream = after.property_id or after.tenant_id
    return Event(events.UPDATED, stream, after.id, after.version, data(after), changes(before, after))
