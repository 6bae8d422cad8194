"""Actors: outside their properties is absent, not granted is forbidden."""

from __future__ import annotations

from uuid import uuid4

import pytest

from serai.kernel.actor import Actor, ActorKind, system
from serai.kernel.errors import Forbidden, NotFound

TENANT, HERE, THERE, ELSEWHERE = uuid4(), uuid4(), uuid4(), uuid4()


def staff(**grants: frozenset[str]) -> Actor:
    places = {"everywhere": None, "here": HERE, "there": THERE}
    return Actor(
        TENANT, ActorKind.STAFF, uuid4(), "Ana", grants={places[name]: given for name, given in grants.items()}
    )


def test_a_permission_of_one_property_says_nothing_of_another() -> None:
    ana = staff(here=frozenset({"task.start"}), there=frozenset({"task.read"}))
    assert ana.may("task.start", HERE)
    assert not ana.may("task.start", THERE)
    assert ana.may("task.start")
    assert not ana.may("task.verify")


def test_what_is_outside_the_properties_is_absent_and_what_is_not_granted_forbidden() -> None:
    ana = staff(here=frozenset({"task.start"}))
    ana.need("task.start", HERE)
    with pytest.raises(NotFound):
        ana.need("task.start", ELSEWHERE)
    with pytest.raises(Forbidden, match=r"task\.verify") as refusal:
        ana.need("task.verify", HERE)
    assert refusal.value.more == {"permission": "task.verify"}


def test_a_grant_of_the_tenant_holds_in_every_property() -> None:
    boss = staff(everywhere=frozenset({"task.start"}), here=frozenset({"task.verify"}))
    boss.need("task.start", ELSEWHERE)
    boss.need("task.verify", HERE)
    assert boss.sees(ELSEWHERE)
    assert boss.properties() is None
    with pytest.raises(Forbidden):
        boss.need("task.verify", ELSEWHERE)


def test_an_actor_lists_his_properties_in_order() -> None:
    assert staff(here=frozenset(), there=frozenset()).properties() == tuple(sorted((HERE, THERE)))
    assert Actor(TENANT, ActorKind.API_KEY, None, "key").properties() == ()


def test_the_house_itself_may_do_everything_in_its_tenant() -> None:
    house = system(TENANT, "turnover")
    house.need("anything", ELSEWHERE)
    assert house.may("anything")
    assert house.sees(ELSEWHERE)
    assert house.properties() is None
    assert (house.kind, house.id, house.name) == (ActorKind.SYSTEM, None, "turnover")


def test_where_a_permission_holds_is_told_by_property_or_for_the_whole_tenant() -> None:
    ana = staff(here=frozenset({"room.read"}), there=frozenset({"task.read"}), everywhere=frozenset({"stay.read"}))
    assert ana.where("room.read") == (HERE,)
    assert ana.where("stay.read") is None
    assert system(TENANT, "turnover").where("room.read") is None
    assert (ana.places("room.read"), ana.places("stay.read")) == ([HERE], None)
    assert ana.places("room.read", HERE) == [HERE]
