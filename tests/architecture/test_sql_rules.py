"""The rules of growing past one machine hold in every statement, and bite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.architecture import sql_rules as rules
from tests.architecture.source import Finding, Module, product, snippet

Rule = Callable[[Module], Iterator[Finding]]
with_room = partial(rules.forgets_the_tenant, tables=("room", "task"))
BAD: tuple[tuple[Rule, str], ...] = (
    (rules.asks_the_time, "update app.room set seen_at = now() where tenant_id = $1"),
    (rules.asks_the_time, "insert into app.room (tenant_id, at) values ($1, current_timestamp)"),
    (rules.asks_the_time, "INSERT INTO app.room (tenant_id) VALUES ($1) ON CONFLICT DO UPDATE SET at = NOW()"),
    (rules.does_not_travel, "merge into app.room using x on true when matched then delete"),
    (rules.does_not_travel, "insert into app.room (tenant_id, id) select $1, unnest($2::uuid[])"),
    (rules.does_not_travel, "insert into app.room (id) values ((select id from app.task))"),
    (rules.does_not_travel, "select set_config('app.tenant_id', $1, true) from app.room"),
    (rules.does_not_travel, "set session app.tenant_id = 'x'"),
    (rules.does_not_travel, "select pg_notify('room', 'x') from app.room"),
    (rules.does_not_travel, "insert into app.room (n) values (nextval('n'))"),
    (rules.does_not_travel, "create table app.room (n bigint generated always as identity)"),
    (rules.does_not_travel, "create constraint trigger t after insert on app.room execute function f()"),
    (rules.does_not_travel, "alter table app.room add foreign key (a) references app.b on delete set null"),
    (rules.computes_in_a_write, "update app.task set due_at = due_at + interval '1 hour' where tenant_id = $1"),
    (rules.computes_in_a_write, "update app.task set day = at::date where tenant_id = $1"),
    (rules.computes_in_a_write, "update app.task set note = $2 where tenant_id = $1 returning to_jsonb(parts)"),
    (
        rules.computes_in_a_write,
        "with w as (update app.task set n = $2 where tenant_id = $1 returning state::text) select 1",
    ),
    (with_room, "select * from app.room where id = $1"),
    (with_room, "select * from app.room r join app.task t on t.room_id = r.id where r.tenant_id = $1"),
    (with_room, "update app.task set note = $1 where id = $2"),
)
GOOD: tuple[tuple[Rule, str], ...] = (
    (rules.does_not_travel, "insert into app.room (tenant_id, id) values ($1, $2), ($1, $3)"),
    (rules.computes_in_a_write, "update app.task set note = $2::text, n = n + 1 where tenant_id = $1 returning id"),
    (rules.computes_in_a_write, "select at::date from app.task where tenant_id = $1 and at > $2 - interval '1 day'"),
    (
        with_room,
        "select * from app.room r join app.task t using (tenant_id, room_id) where r.tenant_id = $1",
    ),
    (with_room, "select * from directory.login where login = $1"),
)


def test_no_statement_asks_the_time() -> None:
    _kept(rules.asks_the_time)


def test_no_statement_says_what_a_distributed_server_refuses() -> None:
    _kept(rules.does_not_travel)


def test_no_write_computes_with_mutable_functions() -> None:
    _kept(rules.computes_in_a_write)


def test_every_statement_names_the_tenant_of_each_table() -> None:
    tables = rules.tenant_tables(product())
    assert "journal" in tables
    _kept(partial(rules.forgets_the_tenant, tables=tables))


@pytest.mark.parametrize(("rule", "statement"), BAD)
def test_the_rule_bites(rule: Rule, statement: str) -> None:
    assert list(rule(snippet(f'Q = """{statement}"""', "serai.areas.spaces.store")))
    assert list(rule(snippet(f"select 1 from app.a where tenant_id = $1;\n{statement};", "serai.views.sql")))


@pytest.mark.parametrize(("rule", "statement"), GOOD)
def test_the_rule_lets_good_statements_pass(rule: Rule, statement: str) -> None:
    assert not list(rule(snippet(f'Q = """{statement}"""', "serai.areas.spaces.store")))


def test_a_constant_of_the_module_is_read_where_it_is_put_in() -> None:
    where = '_WHERE = "tenant_id = $1"\n'
    assert not list(with_room(snippet(where + 'Q = f"select * from app.room where {_WHERE}"')))
    assert list(with_room(snippet(where + 'Q = f"select * from app.room where {_OTHER}"')))


def test_an_insert_of_all_fields_has_its_tenant_by_them() -> None:
    assert not list(with_room(snippet("Q = f\"insert into app.room ({', '.join(NAMES)}) values ($1)\"")))


def _kept(rule: Rule) -> None:
    found = [str(finding) for module in product() for finding in rule(module)]
    assert not found, "\n" + "\n".join(found)
