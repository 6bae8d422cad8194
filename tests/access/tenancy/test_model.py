"""The rules of tenants, properties and policies."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, time
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.access.tenancy import model
from serai.access.tenancy.model import ChangeProperty, CreateProperty, CreateTenant, Policies, Property
from serai.kernel.actor import system
from serai.kernel.errors import Invalid, Stale

ACTOR = system(uuid4(), "test")


def hotel(**values: Any) -> Property:
    """A sound property, some of its values as given."""
    cmd = CreateProperty("lisbon", "Lisbon", "Europe/Lisbon", "EUR", "pt-PT")
    return model.create_property(uuid4(), replace(cmd, **values), ACTOR).record


def pointers(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    """Where the faults lie."""
    return [one.pointer for one in refused.value.faults]


def test_a_new_tenant_is_told_with_its_code() -> None:
    decision = model.create_tenant(ACTOR.tenant_id, CreateTenant("sun", "Sun Hotels", platform=True))
    (event,) = decision.events
    assert decision.record.id == decision.record.tenant_id == event.stream == event.subject
    assert (event.type.name, event.version, event.data.code) == ("tenant.created.v1", 1, "sun")
    assert event.data.platform


@pytest.mark.parametrize(
    ("code", "name"), [("", "Sun"), ("Sun", "Sun"), ("-a", "Sun"), ("a" * 21, "Sun"), ("a b", "Sun")]
)
def test_a_code_of_the_wrong_form_is_refused(code: str, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        model.create_tenant(ACTOR.tenant_id, CreateTenant(code, name))
    assert pointers(refused) == ["/code"]


@pytest.mark.parametrize("name", ["", " x", "x\n", "a" * 201, "\u202e"])
def test_a_name_that_cannot_be_printed_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        hotel(name=name)
    assert pointers(refused) == ["/name"]


def test_a_new_property_is_told_on_its_own_stream_with_all_it_is() -> None:
    decision = model.create_property(uuid4(), CreateProperty("x", "X", "UTC", "EUR"), ACTOR)
    (event,) = decision.events
    assert event.stream == event.subject == decision.record.id
    assert event.type.name == "property.created.v1"
    assert event.changes["policies.sla_minutes"] == (None, {"checkout_cleaning": 60})
    assert "policies" not in event.changes
    assert event.data.policies.inspects is True


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"zone": "Lisbon"}, "/zone"),
        ({"zone": "Europe/Nowhere"}, "/zone"),
        ({"zone": "Europe/../../etc/passwd"}, "/zone"),
        ({"zone": "America/Argentina"}, "/zone"),
        ({"zone": "a/\0"}, "/zone"),
        ({"currency": "EUX"}, "/currency"),
        ({"currency": "eur"}, "/currency"),
        ({"locale": "portuguese"}, "/locale"),
        ({"locale": "pt_PT"}, "/locale"),
        ({"check_in": time(15, tzinfo=UTC)}, "/check_in"),
        ({"policies": Policies(day_use_start=time(18), day_use_end=time(10))}, "/policies/day_use_end"),
        ({"rollover": time(4, 0, 1)}, "/rollover"),
        ({"policies": Policies(day_use_end=time(18, tzinfo=UTC))}, "/policies/day_use_start"),
        ({"policies": Policies(day_use_start=time(10, 0, 0, 1))}, "/policies/day_use_start"),
        ({"policies": Policies(service_nights=31)}, "/policies/service_nights"),
        ({"policies": Policies(closed_hours=0)}, "/policies/closed_hours"),
        ({"policies": Policies(closes={"grave": "out_of_order"})}, "/policies/closes/grave"),
        ({"policies": Policies(closes={"high": "shut"})}, "/policies/closes/high"),
        ({"policies": Policies(vacant_days=-1)}, "/policies/vacant_days"),
        ({"policies": Policies(sla_minutes={"Checkout Cleaning": 60})}, "/policies/sla_minutes"),
        ({"policies": Policies(sla_minutes={"checkout_cleaning": 0})}, "/policies/sla_minutes/checkout_cleaning"),
        ({"policies": Policies(sla_minutes={"laundry": 10_081})}, "/policies/sla_minutes/laundry"),
    ],
)
def test_values_that_no_hotel_can_have_are_refused(values: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        hotel(**values)
    assert pointers(refused) == [pointer]


def test_a_change_of_name_and_policy_is_two_facts_with_two_versions() -> None:
    before = hotel()
    decision = model.change_property(before, ChangeProperty(1, {"name": "Lisboa"}, {"inspects": False}))
    updated, settings = decision.events
    assert (updated.type.name, updated.version) == ("property.updated.v1", 2)
    assert updated.changes == {"name": ("Lisbon", "Lisboa")}
    assert (settings.type.name, settings.version) == ("tenant.settings.changed.v1", 3)
    assert settings.changes == {"policies.inspects": (True, False)}
    assert decision.record.version == 3
    assert settings.data.policies.inspects is False


def test_a_change_to_the_same_values_tells_nothing() -> None:
    before = hotel()
    decision = model.change_property(before, ChangeProperty(1, {"name": before.name}, {"inspects": True}))
    assert not decision.changed
    assert decision.record.version == 1


def test_a_change_of_an_older_version_is_refused() -> None:
    with pytest.raises(Stale):
        model.change_property(hotel(), ChangeProperty(2, {"name": "Lisboa"}))


def test_a_change_to_a_bad_value_is_refused() -> None:
    with pytest.raises(Invalid):
        model.change_property(hotel(), ChangeProperty(1, {"zone": "Mars/Base"}))


@given(
    st.builds(
        Policies,
        day_use_start=st.builds(time, st.integers(0, 11), st.integers(0, 59)),
        day_use_end=st.builds(time, st.integers(12, 23), st.integers(0, 59)),
        sla_minutes=st.dictionaries(st.sampled_from(["laundry", "flush", "custom"]), st.integers(1, 10_080)),
    )
)
def test_policies_come_back_from_json_as_they_went(policies: Policies) -> None:
    assert model.policies_from(orjson.loads(orjson.dumps(asdict(policies)))) == policies


def test_policies_that_are_not_kept_yet_have_their_defaults() -> None:
    assert model.policies_from({"inspects": False, "of_tomorrow": 1}) == Policies(inspects=False)


def test_a_company_changes_what_it_asks_once_and_from_what_was_read() -> None:
    before = model.create_tenant(ACTOR.tenant_id, CreateTenant("sun", "Sun Hotels")).record
    decision = model.change_tenant(before, 1, second_factor_required=True)
    [told] = decision.events
    assert (told.type.name, told.version, told.data.second_factor_required) == ("tenant.updated.v1", 2, True)
    assert told.changes == {"second_factor_required": (False, True)}
    assert not model.change_tenant(decision.record, 2, second_factor_required=True).changed
    with pytest.raises(Stale):
        model.change_tenant(decision.record, 1, second_factor_required=False)
