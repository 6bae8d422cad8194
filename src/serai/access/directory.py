"""The sign-in's directory: the tenant of a login or key, and failed tries.

It stands outside the tenant rules, because a sign-in does not know its tenant yet. Its tables belong to a role that
owns nothing else; the application may only call the functions below, and those that write act for the tenant that
the transaction has entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from serai.runtime.db.rows import into
from serai.runtime.db.tx import ReadTx, Tx

LIMIT = 10
"""Failed tries of one account from one address before it must wait there."""
WIDE = 100
"""Failed tries of one account from everywhere, and of one address for all accounts, before they must wait.

A hotel's people share an address, and a stranger elsewhere must not lock somebody out with a few tries.
"""
WINDOW = timedelta(minutes=15)
"""How long the tries are counted and how long it waits, from the first of them."""


@dataclass(frozen=True, slots=True)
class TenantEntry:
    """A tenant as the directory knows it."""

    tenant_id: UUID
    code: str
    name: str
    platform: bool


@dataclass(frozen=True, slots=True)
class LoginEntry:
    """A person whom a login may mean."""

    tenant_id: UUID
    staff_id: UUID
    code: str
    name: str


async def tenant_by_code(tx: ReadTx, code: str) -> TenantEntry | None:
    """The tenant with this code."""
    row = await tx.fetchrow("select tenant_id, code, name, platform from directory.tenant_by_code($1)", code)
    return into(TenantEntry, row) if row else None


async def logins(tx: ReadTx, login: str) -> list[LoginEntry]:
    """The people of all tenants whom this login or e-mail address may mean, by tenant code."""
    rows = await tx.fetch("select tenant_id, staff_id, code, name from directory.logins($1)", login)
    return [into(LoginEntry, row) for row in rows]


async def tenant_of_key(tx: ReadTx, key_hash: bytes) -> UUID | None:
    """The tenant of an API key."""
    return await tx.fetchval("select directory.tenant_of_key($1)", key_hash)


async def add_tenant(tx: Tx, code: str, name: str, *, platform: bool) -> bool:
    """Enter the present tenant; False when the code is taken."""
    return await tx.fetchval("select directory.add_tenant($1, $2, $3)", code, name, platform)


async def set_logins(tx: Tx, staff_id: UUID, names: list[str]) -> None:
    """These are all the names by which this person of the present tenant signs in."""
    await tx.execute("select directory.set_logins($1, $2)", staff_id, names)


async def add_key(tx: Tx, key_hash: bytes) -> None:
    """Enter an API key of the present tenant."""
    await tx.execute("select directory.add_key($1)", key_hash)


async def drop_key(tx: Tx, key_hash: bytes) -> None:
    """Forget an API key of the present tenant."""
    await tx.execute("select directory.drop_key($1)", key_hash)


@dataclass(frozen=True, slots=True)
class ConnectionEntry:
    """Whose a way in is."""

    tenant_id: UUID
    connection_id: UUID


async def connections(tx: ReadTx, via: str, address: str | None) -> list[ConnectionEntry]:
    """The ways in of a kind, of all tenants; with an address the one there."""
    rows = await tx.fetch("select tenant_id, connection_id from directory.connections($1, $2)", via, address)
    return [into(ConnectionEntry, row) for row in rows]


async def add_connection(tx: Tx, via: str, address: str, connection_id: UUID) -> bool:
    """Enter a way in of the present tenant; False when it speaks for somebody already."""
    return await tx.fetchval("select directory.add_connection($1, $2, $3)", via, address, connection_id)


async def drop_connection(tx: Tx, via: str, address: str) -> None:
    """Forget a way in of the present tenant."""
    await tx.execute("select directory.drop_connection($1, $2)", via, address)


async def attempt(tx: ReadTx, login: str | None, address: str, now: datetime) -> timedelta | None:
    """Count a try before it is made; how long to wait when there were too many. Unknown logins count alike.

    Without a login, where somebody else asks for it, the address alone counts.
    """
    limits = [WIDE, WIDE] if login is None else [LIMIT, WIDE, WIDE]
    since: datetime | None = await tx.fetchval(
        "select directory.attempt($1, $2, $3, $4)", _counted(login, address), now, now - WINDOW, limits
    )
    return None if since is None else since + WINDOW - now


async def succeed(tx: ReadTx, login: str | None, address: str) -> None:
    """Take back what this try counted, and forget the failed ones of the account from this address."""
    await tx.fetchval("select directory.succeed($1)", _counted(login, address))


def _counted(login: str | None, address: str) -> list[bytes]:
    """What a try counts for: the account from here, the address, the account; in this order they are locked."""
    counted = [(login, address), ("", address), *([] if login is None else [(login, "")])]
    return [sha256(repr(one).encode()).digest() for one in counted]


_FUNCTIONS = {
    "tenant_by_code(wanted text)": """
returns setof directory.tenant language sql stable rows 1 as
$$select * from directory.tenant where code = wanted$$""",
    "logins(wanted text)": """
returns table (tenant_id uuid, staff_id uuid, code text, name text) language sql stable rows 1 as
$$select l.tenant_id, l.staff_id, t.code, t.name from directory.login l join directory.tenant t using (tenant_id)
  where l.login = wanted order by t.code limit 20$$""",
    "tenant_of_key(wanted bytea)": """
returns uuid language sql stable as
$$select tenant_id from directory.api_key where hash = wanted$$""",
    "add_tenant(new_code text, new_name text, is_platform boolean)": """
returns boolean language plpgsql as
$$begin
    insert into directory.tenant (tenant_id, code, name, platform)
    values (app.current_tenant(), new_code, new_name, is_platform) on conflict (code) do nothing;
    return found;
end$$""",
    "set_logins(person uuid, names text[])": """
returns void language plpgsql as
$$begin
    delete from directory.login where tenant_id = app.current_tenant() and staff_id = person;
    insert into directory.login (login, tenant_id, staff_id)
    select distinct name, app.current_tenant(), person from unnest(names) name;
end$$""",
    "add_key(new_hash bytea)": """
returns void language sql as
$$insert into directory.api_key (hash, tenant_id) values (new_hash, app.current_tenant())$$""",
    "drop_key(old_hash bytea)": """
returns void language sql as
$$delete from directory.api_key where hash = old_hash and tenant_id = app.current_tenant()$$""",
    "connections(kind text, place text)": """
returns setof directory.connection language sql stable rows 10 as
$$select * from directory.connection where via = kind and (place is null or address = place) order by address$$""",
    "add_connection(kind text, place text, new_id uuid)": """
returns boolean language plpgsql as
$$begin
    insert into directory.connection (via, address, tenant_id, connection_id)
    values (kind, place, app.current_tenant(), new_id) on conflict (via, address) do nothing;
    return found;
end$$""",
    "drop_connection(kind text, place text)": """
returns void language sql as
$$delete from directory.connection where via = kind and address = place and tenant_id = app.current_tenant()$$""",
    "attempt(who bytea[], at timestamptz, since timestamptz, most int[])": """
returns timestamptz language plpgsql as
$$declare
    counted record;
begin
    delete from directory.attempt where account in (
        select account from directory.attempt where first_at <= since order by first_at limit 10
        for update skip locked);
    for i in 1 .. array_length(who, 1) loop
        insert into directory.attempt as a (account, first_at, tries) values (who[i], at, 1)
        on conflict (account) do update set
            first_at = case when a.first_at <= since then excluded.first_at else a.first_at end,
            tries = case when a.first_at <= since then 1 else least(a.tries + 1, most[i] + 1) end
        returning a.tries, a.first_at into counted;
        if counted.tries > most[i] then
            return counted.first_at;
        end if;
    end loop;
    return null;
end$$""",
    "succeed(who bytea[])": """
returns void language plpgsql as
$$begin
    delete from directory.attempt where account = who[1];
    for i in 2 .. array_length(who, 1) loop
        update directory.attempt set tries = tries - 1 where account = who[i] and tries > 0;
    end loop;
end$$""",
}


def _signature(head: str) -> str:
    name, arguments = head.rstrip(")").split("(")
    return f"{name}({', '.join(one.split()[1] for one in arguments.split(', '))})"


def _sql() -> str:
    parts = [
        """
grant usage, create on schema directory to serai_directory;
create table directory.tenant (
    tenant_id uuid constraint tenant_pk primary key,
    code text not null constraint tenant_code unique,
    name text not null,
    platform boolean not null
);
create table directory.login (
    login text not null,
    tenant_id uuid not null constraint login_tenant references directory.tenant,
    staff_id uuid not null,
    constraint login_pk primary key (login, tenant_id)
);
create index login_by_staff on directory.login (tenant_id, staff_id);
create table directory.api_key (
    hash bytea constraint api_key_pk primary key,
    tenant_id uuid not null constraint api_key_tenant references directory.tenant
);
create table directory.connection (
    via text not null,
    address text not null,
    tenant_id uuid not null constraint connection_tenant references directory.tenant,
    connection_id uuid not null,
    constraint directory_connection_pk primary key (via, address)
);
create table directory.attempt (
    account bytea constraint attempt_pk primary key,
    first_at timestamptz not null,
    tries int not null
);
create index attempt_by_age on directory.attempt (first_at);
grant usage on schema app to serai_directory;
grant execute on function app.current_tenant() to serai_directory;
""".strip()
    ]
    for head, body in _FUNCTIONS.items():
        signature = f"directory.{_signature(head)}"
        parts.append(
            f"create function directory.{head} {body.strip()}\n"
            "security definer set search_path = directory, pg_temp;\n"
            f"revoke all on function {signature} from public;\n"
            f"grant execute on function {signature} to serai_app;\n"
            f"alter function {signature} owner to serai_directory;"
        )
    parts += [
        f"alter table directory.{one} owner to serai_directory;"
        for one in ("tenant", "login", "api_key", "connection", "attempt")
    ]
    parts.append("revoke create on schema directory from serai_directory;")
    return "\n".join(parts)


DDL = _sql()
"""The directory's tables and functions, for the schema."""
