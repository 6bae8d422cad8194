"""What the demo hotel has agreed with itself: a checklist, SLA policies."""

from __future__ import annotations

from serai.areas.checklists import service as checklists
from serai.areas.checklists.model import CreateTemplate, Item, Kind
from serai.areas.sla import service as sla
from serai.areas.sla.model import EscalationStep, SetPolicy
from serai.cli.hotel import Hotel
from serai.kernel.actor import system
from serai.runtime.work import House, Work

CLEANING = (
    Item("linen", "Bed made with fresh linen", Kind.YES_NO, required=False),
    Item("bath", "Bathroom cleaned and dry", Kind.YES_NO, required=False),
    Item("lamps", "All lamps work", Kind.YES_NO, required=False),
    Item("minibar", "Bottles taken from the minibar", Kind.NUMBER, required=False, low=0, high=20),
)
POLICIES = (
    SetPolicy(respond_minutes=60, resolve_minutes=24 * 60),
    SetPolicy(
        severity="high",
        respond_minutes=20,
        resolve_minutes=4 * 60,
        steps=(EscalationStep("respond", 10, tells="maintenance_supervisor"),),
    ),
)


async def agree(here: House, hotel: Hotel) -> None:
    """Each once: what an interrupted start has done stays done."""

    async def rules(work: Work) -> None:
        if await work.tx.fetchval(
            "select exists (select from app.checklist where tenant_id = $1)"
            " or exists (select from app.sla_policy where tenant_id = $1)",
            hotel.tenant_id,
        ):
            return
        await checklists.create(
            work, CreateTemplate(hotel.property.id, "Checkout cleaning", "checkout_cleaning", CLEANING)
        )
        for policy in POLICIES:
            await sla.promise(work, policy)

    await here.do(system(hotel.tenant_id, "demo"), rules)
