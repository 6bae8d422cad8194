"""All loops: what falls due is found by an index, by the one role that may."""

from __future__ import annotations

import inspect
from typing import Any

import asyncpg
import pytest

from serai import assembly
from serai.runtime.slice import Loop

LOOPS = assembly.loops()
NAMED = pytest.mark.parametrize("loop", LOOPS, ids=[one.name for one in LOOPS])
COLUMN = """
select a.attnotnull, format_type(a.atttypid, a.atttypmod) as kind,
       has_column_privilege('serai_relay', c.oid, 'tenant_id', 'select')
           and has_column_privilege('serai_relay', c.oid, 'property_id', 'select')
           and has_column_privilege('serai_relay', c.oid, a.attnum, 'select') as readable,
       exists (select 1 from pg_index i
               where i.indrelid = c.oid and a.attnum = any (i.indkey)
                 and pg_get_expr(i.indpred, c.oid) like '%' || a.attname || ' IS NOT NULL%') as indexed
from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.oid = to_regclass('app.' || $1) and a.attname = $2
"""


def test_no_two_loops_or_reactions_share_a_name() -> None:
    names = [one.name for one in (*LOOPS, *assembly.reactions())]
    assert len(names) == len(set(names))


def test_every_reaction_hears_declared_events_only() -> None:
    catalog = assembly.catalog()
    assert all(kind.name in catalog for one in assembly.reactions() for kind in one.on)
    assert all(inspect.iscoroutinefunction(one.act) for one in (*LOOPS, *assembly.reactions()))


@NAMED
async def test_what_is_due_is_a_nullable_instant_found_by_a_partial_index(loop: Loop, database: dict[str, str]) -> None:
    connection: Any = await asyncpg.connect(database["serai_owner"])
    column = await connection.fetchrow(COLUMN, loop.table, loop.due)
    await connection.close()
    assert column is not None
    assert dict(column) == {"attnotnull": False, "kind": "timestamp with time zone", "readable": True, "indexed": True}
