"""The routes of categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import Field

from serai.areas.categories import model, service
from serai.areas.categories.model import AddCategory, Category, ChangeCategory
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.runtime.http import Body, Call, Out, Router, needs, shown

router = Router(prefix="/maintenance/categories", tags=["Categories"])
Code = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$", examples=["lifts"])]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
Names = Annotated[dict[Language, Name], Field(min_length=1, max_length=20, examples=[{"en": "Lifts"}])]


class CategoryBody(Body):
    """A trade: its code, which never changes, its names by language, and the skill of who does such work."""

    code: Code
    names: Names
    skill: Code | None = None

    def command(self) -> AddCategory:
        """What is asked for."""
        return AddCategory(self.code, self.names, self.skill)


class CategoryPatch(Body):
    """What to change; what is left out stays."""

    names: Names | None = None
    skill: Code | None = None
    active: bool | None = None
    version: int | None = Field(None, ge=0, description="The version that you read, or If-Match.")

    def command(self, version: int) -> ChangeCategory:
        """What is asked for; nothing can be taken away."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        if faults := [Fault(f"/{name}", "cannot be null") for name, value in given.items() if value is None]:
            raise Invalid(faults=faults)
        return ChangeCategory(version, given)


class CategoryOut(Out):
    """A trade; version 0 is one that nobody changed yet."""

    id: str
    code: str
    names: Mapping[str, str]
    skill: str
    active: bool
    version: int
    allowed_actions: list[str]


class CategoryList(Out):
    """The company's trades."""

    items: list[CategoryOut]


def show(category: Category, actor: Actor) -> dict[str, Any]:
    """A trade for this caller (the shape of `CategoryOut`)."""
    actions = ["update"] if service.may(actor) else []
    return shown(model.data(category), category.version, actions)


@router.get("", summary="The categories", response_model=CategoryList, **needs("workorder.read"))
async def list_categories(call: Call) -> Response:
    """By code, those that are put away too; `other` is the last."""
    return await call.query(
        lambda tx: service.everything(tx, call.actor.tenant_id),
        lambda found, actor: {"items": [show(one, actor) for one in found]},
    )


@router.post("", summary="Add a category", status_code=201, response_model=CategoryOut, **needs(service.MANAGE))
async def add_category(body: CategoryBody, call: Call) -> Response:
    """A trade of the company's own, for all its hotels."""
    return await call.command(lambda work: service.add(work, body.command()), show, status=201)


@router.patch("/{category_id:mcat}", summary="Change a category", response_model=CategoryOut, **needs(service.MANAGE))
async def change_category(category_id: UUID, body: CategoryPatch, call: Call) -> Response:
    """Renames it; `active` false puts it away: what is of it stays, nothing new is."""
    version = call.need_version(body.version)
    return await call.command(lambda work: service.change(work, category_id, body.command(version)), show)
