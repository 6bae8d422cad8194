"""The journal, its streams, its readers' cursors and what was parked."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB

from serai.runtime.db.schema import extra_sql, instant, protect, tenant_table, uid

stream = tenant_table(
    "stream",
    uid("stream", primary_key=True),
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("head", BigInteger, nullable=False, server_default="0"),
    grants={"select": None, "insert": None, "update": ("head",)},
    relay=("tenant_id", "stream", "head"),
)

journal = tenant_table(
    "journal",
    uid("stream", primary_key=True),
    Column("position", BigInteger, primary_key=True),
    instant("at", primary_key=True),
    uid("id"),
    uid("subject"),
    Column("version", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("changes", JSONB, nullable=False),
    Column("actor_kind", Text, nullable=False),
    uid("actor_id", nullable=True),
    Column("actor", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("correlation", Text, nullable=False),
    uid("cause", nullable=True),
    UniqueConstraint("tenant_id", "subject", "version", "at", name="journal_subject_version"),
    Index("journal_by_subject", "tenant_id", "subject", "position"),
    grants={"select": None, "insert": None},
    postgresql_partition_by="RANGE (at)",
)

cursor = tenant_table(
    "cursor",
    Column("reader", Text, primary_key=True),
    uid("stream", primary_key=True),
    Column("position", BigInteger, nullable=False, server_default="0"),
    instant("at", nullable=True),
    Column("failures", Integer, nullable=False, server_default="0"),
    instant("retry_at", nullable=True),
    relay=("tenant_id", "reader", "stream", "position", "retry_at"),
)

dead_letter = tenant_table(
    "dead_letter",
    uid("id", primary_key=True),
    Column("reader", Text, nullable=False),
    uid("stream", nullable=True),
    Column("position", BigInteger),
    uid("subject", nullable=True),
    Column("type", Text, nullable=False),
    Column("error", Text, nullable=False),
    instant("at"),
    instant("replayed_at", nullable=True),
    Index("dead_letter_open", "tenant_id", "reader", "subject"),
)

extra_sql(
    "journal_default",
    "create table app.journal_default partition of app.journal default;\n" + "\n".join(protect("journal_default")),
)
extra_sql(
    "journal_partitions",
    """
create function app.make_journal_partitions(since date, months int) returns int language plpgsql as $$
declare
    month date := date_trunc('month', since)::date;
    name text;
    made int := 0;
begin
    for i in 1 .. months loop
        name := 'journal_' || to_char(month, 'YYYY_MM');
        if to_regclass('app.' || name) is null then
            execute format('create table app.%I partition of app.journal for values from (%L) to (%L)',
                name, month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
            execute format('alter table app.%I enable row level security', name);
            execute format('alter table app.%I force row level security', name);
            execute format('create policy tenant on app.%I using (tenant_id = (select app.current_tenant()))', name);
            execute format('create policy owner on app.%I to serai_owner using (true) with check (true)', name);
            made := made + 1;
        end if;
        month := (month + interval '1 month')::date;
    end loop;
    return made;
end$$;
revoke all on function app.make_journal_partitions(date, int) from public;
""",
)
