"""The routes of properties and their policies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import Field

from serai.access.tenancy import service
from serai.access.tenancy.model import ChangeProperty, CreateProperty, Policies, Property, Tenant
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.db.tx import ReadTx
from serai.runtime.http import Body, Call, ListQuery, Out, Router, asked, needs

router = Router(tags=["Properties"])
Text = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(min_length=1, max_length=20, examples=["lisbon"])]
Zone = Annotated[str, Field(max_length=64, description="An IANA time zone.", examples=["Europe/Lisbon"])]
Currency = Annotated[str, Field(min_length=3, max_length=3, description="ISO 4217.", examples=["EUR"])]
Locale = Annotated[str, Field(max_length=20, examples=["pt-PT"])]
Closes = Annotated[
    dict[
        Annotated[str, Field(pattern="^(low|medium|high|critical)$")],
        Annotated[str, Field(pattern="^out_of_(service|order)$")],
    ],
    Field(max_length=4, description="What a fault of a severity closes its room as.",
          examples=[{"high": "out_of_order"}]),
]  # fmt: skip
Minutes = Annotated[dict[str, int], Field(max_length=50, description="Minutes promised for a kind of task.")]


class CompanyPatch(Body):
    """What the company asks of its managers."""

    second_factor_required: bool
    version: int | None = Field(None, ge=1)


class CompanyOut(Out):
    """A hotel company."""

    id: str
    code: str
    name: str
    second_factor_required: bool
    version: int


def show_company(tenant: Tenant, _: Actor) -> CompanyOut:
    """The company."""
    return CompanyOut(
        id=encode("ten", tenant.id), code=tenant.code, name=tenant.name, version=tenant.version,
        second_factor_required=tenant.second_factor_required,
    )  # fmt: skip


class PoliciesBody(Body):
    """The policies to set; those left out stay as they are."""

    inspects: bool = Field(default=True, description="A cleaned room is inspected before it is ready.")
    pickup: bool = Field(default=False, description="The condition `pickup` is used.")
    day_use_start: time = time(10)
    day_use_end: time = time(18)
    sla_minutes: Minutes = Field(default_factory=lambda: dict(Policies().sla_minutes))
    oos_sellable: bool = Field(default=True, description="Out-of-service rooms stay in availability.")
    oos_assignable: bool = Field(default=False, description="Out-of-service rooms may be given to an arrival.")
    guest_names: bool = Field(default=False, description="Guest names may be kept.")
    service_nights: int = Field(default=1, ge=0, le=30, description="Service every so many nights; 0: only on request.")
    vacant_days: int = Field(default=7, ge=0, le=90, description="Days until an unused clean room is dirty; 0: never.")
    closes: Closes = Field(default_factory=lambda: {**Policies().closes})
    closed_hours: int = Field(default=24, ge=1, le=2160, description="How long, where nobody knows when it is mended.")
    gives_orders: bool = Field(default=True, description="Orders that come by themselves are given out at once.")
    breaches_told: int = Field(
        default=5, ge=0, le=1000, description="Broken promises of a day at which the manager is told; 0: never."
    )

    def chosen(self) -> dict[str, Any]:
        """The policies that were given, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class PropertyBody(Body):
    """A new hotel."""

    code: Code
    name: Text
    zone: Zone
    currency: Currency
    locale: Locale = "en"
    check_in: time = time(15)
    check_out: time = time(11)
    rollover: time = Field(time(4), description="The local hour at which the business date changes.")
    policies: PoliciesBody = Field(default_factory=PoliciesBody)

    def command(self, sla_minutes: Mapping[str, int] | None = None) -> CreateProperty:
        """The command; `sla_minutes` are those of the settings, for a hotel that names none."""
        usual: dict[str, Any] = {} if sla_minutes is None else {"sla_minutes": sla_minutes}
        return CreateProperty(
            self.code, self.name, self.zone, self.currency, self.locale, self.check_in, self.check_out, self.rollover,
            Policies(**{**usual, **self.policies.chosen()}),
        )  # fmt: skip


class PropertyPatch(Body):
    """What to change; fields left out stay as they are."""

    code: Code = ""
    name: Text = ""
    zone: Zone = ""
    currency: Currency = ""
    locale: Locale = ""
    check_in: time = time(0)
    check_out: time = time(0)
    rollover: time = time(0)
    policies: PoliciesBody = Field(default_factory=PoliciesBody)
    version: int | None = Field(None, ge=1)

    def command(self, version: int) -> ChangeProperty:
        """The command."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"policies", "version"}}
        return ChangeProperty(version, given, self.policies.chosen())


class SettingsPatch(PoliciesBody):
    """The policies to change."""

    version: int | None = Field(None, ge=1)

    def command(self, version: int) -> ChangeProperty:
        """The command."""
        return ChangeProperty(version, {}, {name: one for name, one in self.chosen().items() if name != "version"})


class PoliciesOut(Out):
    """A property's policies."""

    inspects: bool
    pickup: bool
    day_use_start: time
    day_use_end: time
    sla_minutes: dict[str, int]
    oos_sellable: bool
    oos_assignable: bool
    guest_names: bool
    service_nights: int
    vacant_days: int
    closes: dict[str, str]
    closed_hours: int
    gives_orders: bool
    breaches_told: int


class PropertyOut(Out):
    """A hotel."""

    id: str
    code: str
    name: str
    zone: str
    currency: str
    locale: str
    check_in: time
    check_out: time
    rollover: time
    policies: PoliciesOut
    version: int
    allowed_actions: list[str]


class PropertyPage(Out):
    """Some hotels."""

    items: list[PropertyOut]
    next_cursor: str | None
    total: int | None = None


def show(hotel: Property, actor: Actor) -> PropertyOut:
    """The hotel for this caller."""
    names = ("code", "name", "zone", "currency", "locale", "check_in", "check_out", "rollover", "version")
    able = {"update": "property.manage", "set_policies": "settings.manage"}
    return PropertyOut(
        id=encode("prp", hotel.id),
        policies=PoliciesOut.model_validate(hotel.policies),
        allowed_actions=[name for name, permission in able.items() if actor.may(permission, hotel.id)],
        **{name: getattr(hotel, name) for name in names},
    )


@router.get("/tenant", summary="Your company", response_model=CompanyOut, **needs("property.read"))
async def get_tenant(call: Call) -> Response:
    """The company that you work for here."""
    return await call.query(lambda tx: service.get_tenant(tx, call.actor.tenant_id), show_company)


@router.patch("/tenant", summary="Change your company", response_model=CompanyOut, **needs("settings.manage"))
async def change_tenant(body: CompanyPatch, call: Call) -> Response:
    """Where a second factor is required, managers without one may do nothing but set one up."""
    version = call.need_version(body.version)
    return await call.command(
        lambda work: service.change_tenant(work, version, second_factor_required=body.second_factor_required),
        show_company,
    )


@router.get("/properties", summary="List the properties", response_model=PropertyPage, **needs("property.read"))
async def list_properties(call: Call, query: Annotated[ListQuery, asked(ListQuery)]) -> Response:
    """The hotels you may see, by code."""
    seen = call.actor.properties()
    return await call.page(lambda tx: service.list_properties(tx, call.actor.tenant_id, seen, query), show)


@router.post(
    "/properties", summary="Open a property", status_code=201, response_model=PropertyOut, **needs("property.manage")
)
async def create_property(body: PropertyBody, call: Call) -> Response:
    """Makes a hotel of your company; only who manages the whole company may."""
    cmd = body.command(call.house.shelf.get(service.SLA_SHELF))
    return await call.command(lambda work: service.create_property(work, cmd), show, status=201)


@router.get("/properties/{property_id:prp}", summary="A property", response_model=PropertyOut, **needs("property.read"))
async def get_property(property_id: UUID, call: Call) -> Response:
    """One hotel with its hours and policies."""
    return await call.query(lambda tx: _seen(call, tx, property_id), show)


@router.patch(
    "/properties/{property_id:prp}", summary="Change a property", response_model=PropertyOut, **needs("property.read")
)
async def change_property(property_id: UUID, body: PropertyPatch, call: Call) -> Response:
    """Name, place and hours take `property.manage`, policies take `settings.manage`."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change_property(work, property_id, cmd), show)


@router.get(
    "/settings/{property_id:prp}", summary="A property's policies", response_model=PropertyOut, **needs("property.read")
)
async def get_settings(property_id: UUID, call: Call) -> Response:
    """The hotel with its policies; the same answer and version as the property's own."""
    return await call.query(lambda tx: _seen(call, tx, property_id), show)


@router.patch(
    "/settings/{property_id:prp}", summary="Change policies", response_model=PropertyOut, **needs("settings.manage")
)
async def change_settings(property_id: UUID, body: SettingsPatch, call: Call) -> Response:
    """Sets the policies that are given; the others stay as they are."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change_property(work, property_id, cmd), show)


async def _seen(call: Call, tx: ReadTx, property_id: UUID) -> Property:
    call.actor.need("property.read", property_id)
    return await service.get_property(tx, call.actor.tenant_id, property_id)
