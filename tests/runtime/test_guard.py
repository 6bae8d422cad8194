"""The guard: a process does not start where tenants would not be kept apart."""

from __future__ import annotations

import pytest

from serai.runtime.db import embedded, guard, migrate, roles


@pytest.mark.parametrize("number", [150_019, 160_015, 170_011, 180_006, 180_007, 190_000])
def test_a_patched_server_is_taken(number: int) -> None:
    guard.check_server(number)


@pytest.mark.parametrize(
    ("number", "fixed"), [(150_018, "15.19"), (160_014, "16.15"), (170_010, "17.11"), (180_005, "18.6")]
)
def test_a_server_without_the_cure_is_refused_unless_told_to(number: int, fixed: str) -> None:
    with pytest.raises(guard.GuardError, match=fixed):
        guard.check_server(number)
    guard.check_server(number, allow_unpatched=True)


def test_a_server_older_than_15_is_refused_whatever_is_told() -> None:
    with pytest.raises(guard.GuardError, match="15 or newer"):
        guard.check_server(140_030, allow_unpatched=True)


async def test_no_server_is_told_in_words() -> None:
    with pytest.raises(guard.GuardError, match="serai doctor"):
        await guard.check("postgresql://serai_app@127.0.0.1:1/serai")


@pytest.mark.integration
async def test_only_the_application_on_a_current_schema_starts(
    admin_url: str, empty: str, fresh_server: embedded.Embedded
) -> None:
    own = admin_url == fresh_server.url()
    given = {role: fresh_server.passwords[role] for role in roles.LOGINS} if own else None
    urls = await roles.init(admin_url, empty, given)
    with pytest.raises(guard.GuardError, match="no schema yet: run `serai db migrate`"):
        await guard.check(urls["serai_app"])
    await migrate.upgrade(urls["serai_owner"], months=1)
    await guard.check(urls["serai_app"])
    await guard.check(urls["serai_relay"])
    with pytest.raises(guard.GuardError, match="owns Serai's tables"):
        await guard.check(urls["serai_owner"])
    with pytest.raises(guard.GuardError, match="BYPASSRLS"):
        await guard.check(urls["serai_backup"])
    with pytest.raises(guard.GuardError, match="superuser"):
        await guard.check(roles.with_database(admin_url, empty))
