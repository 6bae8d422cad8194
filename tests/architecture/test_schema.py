"""Every table is ready for a distributed engine: keys, names, foreign keys."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Identity, Index, Integer, MetaData, Table, UniqueConstraint
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from serai.runtime.db import schema
from tests.architecture.source import product

LONGEST = 50


def breaches(table: Table) -> Iterator[str]:
    """What of a tenant's table would be dear to change later."""
    key = [column.name for column in table.primary_key.columns]
    if key[:1] != ["tenant_id"] or table.c.tenant_id.nullable:
        yield f"{table.name}: the key is {key}"
    for part in [*table.constraints, *table.indexes]:
        name = str(part.name or "")
        if not name or len(name) > LONGEST:
            yield f"{table.name}: {type(part).__name__} is called {name!r}"
        columns = _columns(part)
        if columns and columns[0] != "tenant_id":
            yield f"{table.name}: {name} begins with {columns[0]}"
        if isinstance(part, ForeignKeyConstraint) and {part.ondelete, part.onupdate} - {None, "CASCADE", "NO ACTION"}:
            yield f"{table.name}: {name} sets columns by itself"
    for column in table.columns:
        if column.identity is not None or column.autoincrement is True or "nextval" in str(column.server_default):
            yield f"{table.name}: {column.name} counts by itself"


def _columns(part: object) -> list[str]:
    if isinstance(part, UniqueConstraint | ExcludeConstraint):
        return [column.name for column in part.columns]
    if isinstance(part, ForeignKeyConstraint):
        return list(part.column_keys)
    if isinstance(part, Index) and part.unique:
        return [str(getattr(column, "name", column)) for column in part.expressions]
    return []


@pytest.fixture(scope="module")
def tables() -> list[Table]:
    """All tables of tenants, once every file that declares some is imported."""
    for module in product():
        if "tenant_table(" in module.text:
            import_module(module.name)
    return [table for table in schema.metadata.sorted_tables if table.info.get("tenant")]


def test_every_table_of_tenants_can_be_spread_over_servers(tables: list[Table]) -> None:
    assert {"journal", "stream"} <= {table.name for table in tables}
    found = [breach for table in tables for breach in breaches(table)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Index("room_by_number", "number", unique=True), "begins with number"),
        (UniqueConstraint("number", name="room_number"), "begins with number"),
        (Index("room_by_" + "x" * 50, "tenant_id"), "is called"),
        (ForeignKeyConstraint(["id"], ["bad.room.id"], name="room_parent"), "begins with id"),
        (
            ForeignKeyConstraint(["tenant_id"], ["bad.room.tenant_id"], name="room_own", ondelete="SET NULL"),
            "sets columns by itself",
        ),
        (Column("serial", Integer, Identity()), "counts by itself"),
    ],
)
def test_a_table_that_could_not_is_found(wrong: Index | UniqueConstraint | Column[int], said: str) -> None:
    key = [Column("tenant_id", Integer, primary_key=True), Column("id", Integer, primary_key=True)]
    metadata = MetaData(schema="bad", naming_convention={"pk": "%(table_name)s_pk"})
    table = Table("room", metadata, *key, Column("number", Integer), wrong)
    assert any(said in breach for breach in breaches(table))


def test_a_key_that_does_not_begin_with_the_tenant_is_found() -> None:
    key = [Column("id", Integer, primary_key=True), Column("tenant_id", Integer, primary_key=True)]
    table = Table("room", MetaData(naming_convention={"pk": "%(table_name)s_pk"}), *key)
    assert list(breaches(table)) == ["room: the key is ['id', 'tenant_id']"]
