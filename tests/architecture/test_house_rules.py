"""The house rules hold in every file, and each of them bites."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.architecture import house_rules as rules
from tests.architecture.source import Finding, Module, modules, snippet

Rule = Callable[[Module], Iterator[Finding]]
ALL: tuple[Rule, ...] = (
    rules.asks_the_time,
    rules.sql_outside_the_store,
    rules.commits_below_the_edge,
    rules.status_set_outside_the_model,
    rules.unsaid_purpose,
    rules.too_long,
    rules.outgoing_http,
)
BAD: tuple[tuple[Rule, str], ...] = (
    (rules.asks_the_time, "from datetime import datetime, UTC\nnow = datetime.now(UTC)"),
    (rules.asks_the_time, "import datetime\nnow = datetime.datetime.utcnow()"),
    (rules.asks_the_time, "import datetime as dt\nday = dt.date.today()"),
    (rules.asks_the_time, "import time\nat = time.time()"),
    (rules.asks_the_time, "from time import time_ns\nat = time_ns()"),
    (rules.asks_the_time, "from datetime import datetime\nfactory = dict(default_factory=datetime.now)"),
    (rules.sql_outside_the_store, "row = tx.fetchrow('select * from app.room where tenant_id = $1', tenant)"),
    (rules.sql_outside_the_store, "tx.execute(f'update {table} set note = $1')"),
    (rules.sql_outside_the_store, "tx.execute('INSERT INTO app.room (tenant_id) VALUES ($1)')"),
    (rules.sql_outside_the_store, "q = 'with due as (select 1) delete from app.room using due'"),
    (rules.commits_below_the_edge, "async def save(c):\n    await c.commit()"),
    (rules.commits_below_the_edge, "async def save(c):\n    async with c.transaction(): ..."),
    (rules.commits_below_the_edge, "async def save(c):\n    await c.execute('BEGIN')"),
    (rules.commits_below_the_edge, "async def save(c):\n    await c.execute('commit;')"),
    (rules.status_set_outside_the_model, "def clean(room):\n    return replace(room, condition=Condition.CLEAN)"),
    (
        rules.status_set_outside_the_model,
        "def clean(room: Room, change: StatusChange):\n    return replace(room, condition=change.condition)",
    ),
    (rules.status_set_outside_the_model, "def clean(room):\n    room.condition = 'clean'"),
    (rules.status_set_outside_the_model, "def clean(room):\n    object.__setattr__(room, 'condition', 'clean')"),
    (rules.status_set_outside_the_model, "q = \"update app.task set note = $1, state = 'done' where tenant_id = $2\""),
    (rules.unsaid_purpose, "x = 1"),
    (rules.unsaid_purpose, '"""' + "A" * 81 + '"""'),
    (rules.too_long, "x = 1\n" * 400),
    (rules.outgoing_http, "import httpx"),
    (rules.outgoing_http, "from pickle import loads"),
)
GOOD: tuple[tuple[Rule, str], ...] = (
    (rules.asks_the_time, "from time import monotonic\nat = monotonic()\nnow = clock.now()"),
    (rules.sql_outside_the_store, "summary = 'Select the rooms from a floor'\nhint = 'update the task'"),
    (rules.sql_outside_the_store, '"""select this from that in a docstring."""'),
    (
        rules.status_set_outside_the_model,
        "def clean(room_id, change: StatusChange):\n    return replace(change, condition=Condition.CLEAN)",
    ),
    (rules.status_set_outside_the_model, "q = 'update app.task set state = $3 where tenant_id = $1 and id = $2'"),
    (rules.status_set_outside_the_model, "q = \"select id from app.task where tenant_id = $1 and state = 'done'\""),
)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    found = [str(finding) for module in modules() for finding in rule(module)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_the_rule_bites(rule: Rule, text: str) -> None:
    assert list(rule(snippet(text)))


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_the_rule_lets_good_code_pass(rule: Rule, text: str) -> None:
    assert not list(rule(snippet(text)))


def test_every_rule_is_tried_on_bad_code() -> None:
    assert {rule for rule, _ in BAD} == set(ALL)


def test_the_kernel_s_clock_may_ask_the_time() -> None:
    assert not list(rules.asks_the_time(snippet("now = datetime.now(UTC)", "serai.kernel.clock")))


def test_a_store_may_hold_sql_and_the_edge_may_commit() -> None:
    assert not list(rules.sql_outside_the_store(snippet("q = 'select 1 from app.room'", "serai.areas.spaces.store")))
    assert not list(rules.commits_below_the_edge(snippet("q = 'BEGIN'", "serai.runtime.db.pool")))


def test_a_decision_may_set_a_status() -> None:
    text = "def clean(room):\n    return replace(room, condition=Condition.CLEAN)"
    assert not list(rules.status_set_outside_the_model(snippet(text, "serai.areas.spaces.model")))
