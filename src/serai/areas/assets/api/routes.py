"""The routes of assets and of their meters."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from serai.areas.assets import service
from serai.areas.assets.api.bodies import (
    AssetBody,
    AssetId,
    AssetOut,
    AssetPage,
    AssetPatch,
    Code,
    HealthBody,
    HealthPage,
    MeterBody,
    MeterList,
    MeterOut,
    PropertyId,
    ReadingBody,
    ReadingPage,
    SpaceId,
    show,
    show_health,
    show_meter,
    show_meters,
    show_reading,
)
from serai.areas.assets.model import AssetKind, ChangeAsset
from serai.runtime.http import Call, ListQuery, Router, asked, needs

router = Router(prefix="/maintenance/assets", tags=["Assets"])
meters = Router(prefix="/maintenance/meters", tags=["Assets"])
ONE, METER = "/{asset_id:ast}", "/{meter_id:mtr}"
Asked = Annotated[ListQuery, asked(ListQuery)]


@router.get("", summary="List the assets", response_model=AssetPage, **needs("asset.read"))
async def list_assets(
    call: Call,
    query: Asked,
    property_id: Annotated[PropertyId | None, Query()] = None,
    kind: Annotated[AssetKind | None, Query()] = None,
    space_id: Annotated[SpaceId | None, Query()] = None,
    parent_id: Annotated[AssetId | None, Query(description="What stands right under it.")] = None,
    active: Annotated[bool | None, Query()] = None,
    health_below: Annotated[int | None, Query(ge=0, le=101, description="In worse health than this.")] = None,
    code: Annotated[Code | None, Query()] = None,
) -> Response:
    """The assets of the properties that you may see, by name."""
    return await call.page(
        lambda tx: service.find(
            tx, call.actor, query, property_id=property_id, kind=kind, space_id=space_id, parent_id=parent_id,
            active=active, health_below=health_below, code=code,
        ),
        show,
    )  # fmt: skip


@router.post("", summary="Add an asset", status_code=201, response_model=AssetOut, **needs("asset.manage"))
async def add_asset(body: AssetBody, call: Call) -> Response:
    """Takes something into the registry."""
    return await call.command(lambda work: service.add(work, body.command()), show, status=201)


@router.get(ONE, summary="An asset", response_model=AssetOut, **needs("asset.read"))
async def get_asset(asset_id: UUID, call: Call) -> Response:
    """One asset."""
    return await call.query(lambda tx: service.get(tx, call.actor, asset_id), show)


@router.patch(ONE, summary="Change an asset", response_model=AssetOut, **needs("asset.manage"))
async def change_asset(asset_id: UUID, body: AssetPatch, call: Call) -> Response:
    """Changes what is given; `active` false retires it."""
    cmd = body.command(call.need_version(body.version))
    return await call.command(lambda work: service.change(work, asset_id, cmd), show)


@router.delete(ONE, summary="Retire an asset", response_model=AssetOut, **needs("asset.manage"))
async def retire_asset(asset_id: UUID, call: Call) -> Response:
    """It is not used any more; its history stays, and `active` true has it back."""
    cmd = ChangeAsset(call.need_version(None), {"active": False})
    return await call.command(lambda work: service.change(work, asset_id, cmd), show)


@router.post(f"{ONE}/health-update", summary="Say how an asset is", response_model=AssetOut,
             **needs("asset.read_meter"))  # fmt: skip
async def tell_health(asset_id: UUID, body: HealthBody, call: Call) -> Response:
    """What is told late is kept as history; the newest holds."""
    return await call.command(lambda work: service.feel(work, asset_id, body.command()), show)


@router.get(f"{ONE}/health", summary="How an asset was", response_model=HealthPage, **needs("asset.read"))
async def list_health(asset_id: UUID, call: Call, query: Asked) -> Response:
    """The newest first, with who said so and why."""
    return await call.page(lambda tx: service.health(tx, call.actor, asset_id, query), show_health)


@router.get(f"{ONE}/meters", summary="The meters of an asset", response_model=MeterList, **needs("asset.read"))
async def list_meters(asset_id: UUID, call: Call) -> Response:
    """With what each showed last, and counted in all."""
    return await call.query(lambda tx: service.meters(tx, call.actor, asset_id), show_meters)


@router.post(f"{ONE}/meters", summary="Give an asset a meter", status_code=201, response_model=MeterOut,
             **needs("asset.manage"))  # fmt: skip
async def add_meter(asset_id: UUID, body: MeterBody, call: Call) -> Response:
    """Run-hours, kWh, cycles and nights count; percent and degrees go up and down."""
    return await call.command(lambda work: service.add_meter(work, asset_id, body.command()), show_meter, status=201)


@meters.get(METER, summary="A meter", response_model=MeterOut, **needs("asset.read"))
async def get_meter(meter_id: UUID, call: Call) -> Response:
    """One meter."""
    return await call.query(lambda tx: service.get_meter(tx, call.actor, meter_id), show_meter)


@meters.delete(METER, summary="Read a meter no more", response_model=MeterOut, **needs("asset.manage"))
async def rest_meter(meter_id: UUID, call: Call) -> Response:
    """What it showed stays."""
    return await call.command(lambda work: service.rest_meter(work, meter_id), show_meter)


@meters.get(f"{METER}/readings", summary="What a meter showed", response_model=ReadingPage, **needs("asset.read"))
async def list_readings(meter_id: UUID, call: Call, query: Asked) -> Response:
    """The newest first."""
    return await call.page(lambda tx: service.readings(tx, call.actor, meter_id, query), show_reading)


@meters.post(f"{METER}/readings", summary="Read a meter", status_code=201, response_model=MeterOut,
             **needs("asset.read_meter"))  # fmt: skip
async def read_meter(meter_id: UUID, body: ReadingBody, call: Call) -> Response:
    """A late reading finds its place; a reset or a swapped meter does not spoil what was counted."""
    return await call.command(lambda work: service.read(work, meter_id, body.command()), show_meter, status=201)
