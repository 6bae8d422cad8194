"""The routes of checklist templates."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from serai.areas.checklists import service
from serai.areas.checklists.model import ChangeTemplate, CreateTemplate, Item, Kind, Template
from serai.kernel.actor import Actor
from serai.kernel.errors import Fault, Invalid
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, Id, ListQuery, Out, Router, asked, needs

router = Router(prefix="/checklists", tags=["Checklists"])
_TYPE = r"^[a-z]+(_[a-z]+){0,5}$"
Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class ItemBody(Body):
    """One thing to look at; limits belong to a number, choices to a choice."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    label: Text
    kind: Kind
    required: bool = True
    low: float | None = None
    high: float | None = None
    unit: Text | None = None
    choices: list[Text] = Field(default_factory=list, max_length=50)

    def item(self) -> Item:
        """As the model knows it."""
        return Item(self.key, self.label, self.kind, self.required, self.low, self.high, self.unit, tuple(self.choices))


class CreateBody(Body):
    """A new template."""

    property_id: Annotated[UUID, Id("prp")]
    name: Text
    task_type: str = Field(pattern=_TYPE, max_length=60, examples=["checkout_cleaning"])
    items: list[ItemBody] = Field(min_length=1, max_length=100)


class ChangeBody(Body):
    """What to change; what is left out stays."""

    name: Text | None = None
    items: list[ItemBody] | None = Field(None, min_length=1, max_length=100)
    active: bool | None = None
    version: int | None = Field(None, ge=1, description="The version that was read, unless If-Match says it.")

    def command(self, version: int) -> ChangeTemplate:
        """The fields that were given; null is no value of any of them."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        if faults := [Fault(f"/{name}", "cannot be empty") for name, value in given.items() if value is None]:
            raise Invalid(faults=faults)
        if self.items is not None:
            given["items"] = tuple(one.item() for one in self.items)
        return ChangeTemplate(version, given)


class ItemOut(Out):
    """One thing to look at."""

    key: str
    label: str
    kind: Kind
    required: bool
    low: float | None
    high: float | None
    unit: str | None
    choices: list[str]


class TemplateOut(Out):
    """A template."""

    id: str
    property_id: str
    name: str
    task_type: str
    items: list[ItemOut]
    active: bool
    version: int
    allowed_actions: list[str]


class TemplatePage(Out):
    """Some templates."""

    items: list[TemplateOut]
    next_cursor: str | None
    total: int | None = None


def show(template: Template, actor: Actor) -> TemplateOut:
    """The template for this caller."""
    return TemplateOut(
        id=encode("chk", template.id),
        property_id=encode("prp", template.property_id),
        name=template.name,
        task_type=template.task_type,
        items=[ItemOut.model_validate(one) for one in template.items],
        active=template.active,
        version=template.version,
        allowed_actions=["update"] if actor.may("checklist.manage", template.property_id) else [],
    )


class Filters:
    """The filters of the list."""

    def __init__(
        self,
        property_id: Annotated[Annotated[UUID, Id("prp")] | None, Query()] = None,
        task_type: Annotated[str | None, Query(pattern=_TYPE, max_length=60)] = None,
        active: Annotated[bool | None, Query()] = None,  # a query parameter
    ) -> None:
        """Read by FastAPI from the query string."""
        self.wanted = service.Wanted(property_id, task_type, active)


@router.get("", summary="List the checklist templates", response_model=TemplatePage, **needs("checklist.read"))
async def list_templates(
    call: Call, query: Annotated[ListQuery, asked(ListQuery)], filters: Annotated[Filters, asked(Filters)]
) -> Response:
    """The templates you may see, by name."""
    return await call.page(lambda tx: service.find(tx, call.actor, filters.wanted, query), show)


@router.post(
    "", summary="Make a checklist template", status_code=201, response_model=TemplateOut, **needs("checklist.manage")
)
async def create_template(body: CreateBody, call: Call) -> Response:
    """New tasks of the type take a copy of it. A type that has an active template already is refused (409)."""
    items = tuple(one.item() for one in body.items)
    cmd = CreateTemplate(body.property_id, body.name, body.task_type, items)
    return await call.command(lambda work: service.create(work, cmd), show, status=201)


@router.get("/{template_id:chk}", summary="A checklist template", response_model=TemplateOut, **needs("checklist.read"))
async def get_template(template_id: UUID, call: Call) -> Response:
    """One template."""
    return await call.query(lambda tx: service.get(tx, call.actor, template_id), show)


@router.patch(
    "/{template_id:chk}",
    summary="Change a checklist template",
    response_model=TemplateOut,
    **needs("checklist.manage"),
)
async def change_template(template_id: UUID, body: ChangeBody, call: Call) -> Response:
    """Changes the template; copies that tasks have taken stay as they are. `active: false` rests it."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change(work, template_id, cmd), show)
