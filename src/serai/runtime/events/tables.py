"""The journal, its streams, its readers' cursors and what was parked."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB

from serai.runtime.db.schema import extra_sql, instant, protect, tenant_table, uid

stream = tenant_table(
    "stream",
    uid("stream", primary_key=True),
    Column("epoch", BigInteger, nullable=False, server_default="1"),
    Column("head", BigInteger, nullable=False, server_default="0"),
    grants={"select": None, "insert": None, "update": ("head",)},
    relay=("tenant_id", "stream", "epoch", "head"),
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
    Index("journal_by_time", "tenant_id", "at", "id"),
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
    relay=("tenant_id", "reader", "stream", "position", "failures", "retry_at"),
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
    since_at timestamptz;
    until_at timestamptz;
    made int := 0;
begin
    for i in 1 .. months loop
        name := 'journal_' || to_char(month, 'YYYY_MM');
        if to_regclass('app.' || name) is null then
            since_at := month::timestamp at time zone 'UTC';
            until_at := date_trunc('month', (month + 31)::timestamp) at time zone 'UTC';
            -- what was written before the month had its partition lies in the default one, and moves
            execute format('create table app.%I (like app.journal including defaults including constraints)', name);
            execute format('insert into app.%I select * from app.journal_default where at >= %L and at < %L',
                name, since_at, until_at);
            delete from app.journal_default where at >= since_at and at < until_at;
            execute format('alter table app.journal attach partition app.%I for values from (%L) to (%L)',
                name, since_at, until_at);
            execute format('alter table app.%I enable row level security', name);
            execute format('alter table app.%I force row level security', name);
            execute format('create policy tenant on app.%I using (tenant_id = (select app.current_tenant()))', name);
            execute format('create policy owner on app.%I to serai_owner using (true) with check (true)', name);
            made := made + 1;
        end if;
        month := date_trunc('month', (month + 31)::timestamp);
    end loop;
    return made;
end$$;
revoke all on function app.make_journal_partitions(date, int) from public;
""",
)
