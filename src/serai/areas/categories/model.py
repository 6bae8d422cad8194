"""A category as a record, and those that every company has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid5

from serai.areas.categories import events
from serai.kernel.decision import Decision
from serai.kernel.errors import Conflict, Fault, Invalid, Stale
from serai.kernel.event import Event, changes
from serai.kernel.ids import encode
from serai.kernel.text import text

OTHER: Final = "other"
"""The trade of what nobody has judged yet; it is always there."""
STANDARD: Final[Mapping[str, tuple[str, str, str]]] = {
    "plumbing": ("Plumbing", "نل‌دوانی", "نل‌دواني"),
    "electrical": ("Electrical", "برق", "برېښنا"),
    "hvac": ("Heating and cooling", "گرمی و سردی", "تودوخه او سړښت"),
    "lock": ("Locks", "قفل", "قلف"),
    "generator": ("Generator", "جنراتور", "جنراتور"),
    "water": ("Water", "آب", "اوبه"),
    "structural": ("Building", "ساختمان", "ودانۍ"),
    "it": ("IT", "تکنالوژی معلوماتی", "معلوماتي ټکنالوژي"),
    "furniture": ("Furniture", "فرنیچر", "فرنیچر"),
    "appliance": ("Appliances", "لوازم برقی", "برېښنايي توکي"),
    "safety": ("Safety", "ایمنی", "خوندیتوب"),
    OTHER: ("Other", "دیگر", "نور"),
}
"""The codes that every company has, with their names in English, Dari and Pashto."""
_LANGUAGES: Final = ("en", "fa-AF", "ps")


@dataclass(frozen=True, slots=True)
class Category:
    """A trade of a company. Version 0: a usual one that nobody changed yet."""

    id: UUID
    tenant_id: UUID
    version: int
    code: str
    names: Mapping[str, str]
    skill: str
    active: bool


@dataclass(frozen=True, slots=True)
class AddCategory:
    """A trade of its own; `skill` None: named as the code."""

    code: str
    names: Mapping[str, str]
    skill: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeCategory:
    """Change what is given; `version` is the one that was read."""

    version: int
    fields: Mapping[str, Any]


def standard(tenant_id: UUID) -> list[Category]:
    """The usual ones of a company, each under an id that is always the same."""
    return [
        Category(
            uuid5(tenant_id, f"category:{code}"), tenant_id, 0, code, dict(zip(_LANGUAGES, names, strict=True)), code,
            active=True,
        )
        for code, names in STANDARD.items()
    ]  # fmt: skip


def complete(tenant_id: UUID, kept: Sequence[Category]) -> list[Category]:
    """All categories of a company by code: those that it keeps, and the usual ones that nobody changed."""
    own = {one.code: one for one in kept}
    return sorted((own | {one.code: own.get(one.code, one) for one in standard(tenant_id)}).values(), key=_code)


def add(new_id: UUID, tenant_id: UUID, cmd: AddCategory, there: Sequence[Category]) -> Decision[Category]:
    """A trade of the company's own. Refused: a code that is there, no name."""
    if any(one.code == cmd.code for one in there):
        raise Conflict(text("There is a category {code}.", code=cmd.code))
    made = Category(new_id, tenant_id, 1, cmd.code, cmd.names, cmd.skill or cmd.code, active=True)
    _refuse(made)
    return Decision(made, (_event(None, made),))


def change(category: Category, cmd: ChangeCategory) -> Decision[Category]:
    """Rename it, put it away, or have it back. A change meanwhile by somebody else is refused."""
    if category.version != cmd.version:
        raise Stale
    after = replace(category, **cmd.fields)
    if after == category:
        return Decision(category)
    _refuse(after)
    after = replace(after, version=category.version + 1)
    return Decision(after, (_event(category if category.version else None, after),))


def data(category: Category) -> events.CategoryData:
    """The public record."""
    return events.CategoryData(
        encode("mcat", category.id), category.code, category.names, category.skill, category.active
    )


def _refuse(category: Category) -> None:
    if not category.names:
        raise Invalid(faults=[Fault("/names", "one at least")])
    if category.code == OTHER and not category.active:
        raise Conflict("What nobody has judged is of this category; it stays.")


def _code(category: Category) -> tuple[bool, str]:
    return category.code == OTHER, category.code


def _event(before: Category | None, after: Category) -> Event:
    return Event(events.UPDATED, after.tenant_id, after.id, after.version, data(after), changes(before, after))
