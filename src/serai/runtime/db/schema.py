"""The schema: tables of a tenant with their policies, grants and functions."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, MetaData, Table, Uuid
from sqlalchemy.dialects.postgresql import dialect
from sqlalchemy.schema import CreateIndex, CreateTable, SchemaItem

SCHEMA = "app"
FLOORS = ("serai.runtime", "serai.access", "serai.areas", "serai.flows", "serai.views")
metadata = MetaData(schema=SCHEMA, naming_convention={"pk": "%(table_name)s_pk"})
_extra: dict[str, str] = {}


def uid(name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[Any]:
    """A uuid column."""
    return Column(name, Uuid, primary_key=primary_key, nullable=nullable)


def instant(name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[Any]:
    """An instant: timestamptz."""
    return Column(name, DateTime(timezone=True), primary_key=primary_key, nullable=nullable)


def enum_check(table: str, column: str, values: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """The column holds one of the enum's values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})", name=f"{table}_{column}_known")


def tenant_table(
    name: str,
    *items: SchemaItem,
    grants: Mapping[str, Sequence[str] | None] | None = None,
    relay: Sequence[str] = (),
    **options: Any,
) -> Table:
    """A table of tenants: `tenant_id` first in its key, row-level security forced.

    `grants` maps a privilege of the application to its columns (None: all); without it the
    application has all four. `relay` are the columns that serai_relay may read of every tenant.
    """
    rights = {"select": None, "insert": None, "update": None, "delete": None} if grants is None else grants
    return Table(
        name,
        metadata,
        Column("tenant_id", Uuid, primary_key=True, nullable=False),
        *items,
        info={"tenant": True, "grants": rights, "relay": tuple(relay)},
        **options,
    )


def extra_sql(name: str, sql: str) -> None:
    """DDL that runs after all tables, in the order of first mention (functions, grants)."""
    _extra[name] = sql.strip().rstrip(";") + ";"


def protect(table: str) -> list[str]:
    """Row-level security on a table: its tenant's rows, and all of them for the owner."""
    own = "tenant_id = (select app.current_tenant())"
    return [
        f"alter table {SCHEMA}.{table} enable row level security;",
        f"alter table {SCHEMA}.{table} force row level security;",
        f"create policy tenant on {SCHEMA}.{table} using ({own}) with check ({own});",
        f"create policy owner on {SCHEMA}.{table} to serai_owner using (true) with check (true);",
    ]


def _grants(table: Table) -> list[str]:
    lines: list[str] = []
    for privilege, columns in table.info["grants"].items():
        listed = f" ({', '.join(columns)})" if columns else ""
        lines.append(f"grant {privilege}{listed} on {SCHEMA}.{table.name} to serai_app;")
    if relay := table.info["relay"]:
        lines.append(f"grant select ({', '.join(relay)}) on {SCHEMA}.{table.name} to serai_relay;")
        lines.append(f"create policy relay on {SCHEMA}.{table.name} for select to serai_relay using (true);")
    return lines


_PREAMBLE = """
create function app.enter_tenant(tenant uuid) returns void language plpgsql as
$$begin execute format('set local app.tenant_id = %L', tenant); end$$;
create function app.current_tenant() returns uuid language sql stable as
$$select nullif(current_setting('app.tenant_id', true), '')::uuid$$;
grant execute on function app.enter_tenant(uuid), app.current_tenant() to serai_app, serai_relay, serai_status;
"""


def load() -> None:
    """Import every declaration of a table: modules called `tables` or `…_tables`, from the lower floors up."""
    for floor in FLOORS:
        for module in pkgutil.walk_packages(importlib.import_module(floor).__path__, f"{floor}."):
            if module.name.endswith((".tables", "_tables")):
                importlib.import_module(module.name)


def ddl() -> str:
    """All of the schema as one script for an empty database, run by serai_owner."""
    load()
    pg: Any = dialect()  # pyright: ignore[reportUnknownVariableType]  # SQLAlchemy leaves it untyped
    parts = [_PREAMBLE.strip()]
    for table in metadata.sorted_tables:
        parts.append(str(CreateTable(table).compile(dialect=pg)).strip() + ";")
        parts += [str(CreateIndex(one).compile(dialect=pg)).strip() + ";" for one in sorted(table.indexes, key=str)]
        if table.info.get("tenant"):
            parts += protect(table.name) + _grants(table)
    parts += _extra.values()
    return "\n\n".join(parts) + "\n"
