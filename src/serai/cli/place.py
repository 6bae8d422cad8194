"""Where the database is: the embedded server, or the one that the settings name."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pydantic import SecretStr

from serai import assembly
from serai.access.issuers import Issuer
from serai.access.tenancy.service import SLA_SHELF
from serai.areas.files.service import SCANNER
from serai.areas.notifications.service import GATEWAYS
from serai.flows.inbound_pubsub import ISSUER
from serai.kernel.clock import Clock
from serai.kernel.errors import SetupError
from serai.runtime.db import guard, migrate, roles
from serai.runtime.files.store import Files
from serai.runtime.gateways import TO, Gateways, plain
from serai.runtime.settings import Settings
from serai.runtime.work import House


class PlaceError(SetupError):
    """The database cannot be used as the settings say; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database by role, and the secret that signs tokens."""

    urls: dict[str, str]
    secret: str


@asynccontextmanager
async def place(
    settings: Settings, *, database: str | None = None, upgrade: bool = False, say: migrate.Progress | None = None
) -> AsyncGenerator[Place]:
    """The database while it is needed. The embedded server is started, joined and let go of.

    `database` is another name than the settings', on the embedded server or on that of SERAI_ADMIN_URL.
    With `upgrade` the schema is brought up to date first; without it, an older one is refused.
    """
    server = None
    if settings.admin_url:
        urls = await roles.init(settings.admin_url.get_secret_value(), database or settings.database_name)
    elif settings.database_url:
        urls = _named(settings)
    else:
        from serai.runtime.db import embedded  # noqa: PLC0415  # only where there is no server of one's own

        server = embedded.start(settings.data_dir / "postgres")
        passwords = {role: server.passwords[role] for role in roles.LOGINS}
        urls = await roles.init(server.url(), database or settings.database_name, passwords)
    try:
        if upgrade:
            await _upgrade(urls, say)
        await guard.check(urls["serai_app"], allow_unpatched=settings.allow_unpatched_postgres)
        yield Place(urls, secret(settings))
    finally:
        if server:
            server.stop()


def house(settings: Settings, at: Place, *, clock: Clock | None = None, demo: bool = False) -> House:
    """A house on the database; nothing is opened yet."""
    made = assembly.build(
        at.urls["serai_app"],
        at.urls["serai_relay"],
        at.secret,
        clock=clock,
        demo=demo or settings.debug,
        connections=settings.database_connections,
        prefix=settings.event_type_prefix,
        keep=_files(settings),
        address=settings.public_url or f"http://{settings.host}:{settings.port}",
    )
    made.shelf[SLA_SHELF] = {"checkout_cleaning": settings.checkout_cleaning_sla}
    if settings.clamd:
        host, _, port = settings.clamd.rpartition(":")
        made.shelf[SCANNER] = (host, int(port))
    made.shelf[GATEWAYS] = _gateways(settings)
    made.shelf[ISSUER] = Issuer(settings.pubsub_issuer, settings.pubsub_keys_url)
    return made


def _gateways(settings: Settings) -> Gateways:
    """The ways outside that the settings name; mails by Apprise's address, else by the mail server."""
    said = {
        "email": settings.notify_email, "sms": settings.notify_sms, "whatsapp": settings.notify_whatsapp,
        "telegram": settings.notify_telegram, "push": settings.notify_push,
    }  # fmt: skip
    urls = {name: one.get_secret_value() for name, one in said.items() if one is not None}
    if "email" not in urls and settings.smtp_host and settings.smtp_user:
        user, secret = quote(settings.smtp_user, safe=""), settings.smtp_pass
        word = f":{quote(secret.get_secret_value(), safe='')}" if secret else ""
        urls["email"] = (
            f"mailtos://{user}{word}@{settings.smtp_host}:{settings.smtp_port}/{TO}"
            f"?smtp={settings.smtp_host}&from={user}&mode=starttls"
        )
    for name, url, key in (
        ("sms", settings.sms_api_url, settings.sms_api_key), ("push", settings.push_service_url, settings.push_api_key)
    ):  # fmt: skip
        if url and name not in urls:
            urls[name] = plain(url, key.get_secret_value() if key else None)
    return Gateways(urls)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[House]:
    """The house of the settings, open while it is needed."""
    async with place(settings) as at:
        made = house(settings, at)
        await made.db.open()
        try:
            yield made
        finally:
            await made.db.close()


def _files(settings: Settings) -> Files:
    """The folder or the bucket of the settings; else a folder beside the data."""
    said = {
        "endpoint": settings.s3_endpoint,
        "region": settings.s3_region,
        "access_key_id": settings.s3_access_key,
        "secret_access_key": settings.s3_secret_key,
    }
    options = {name: one.get_secret_value() if isinstance(one, SecretStr) else one for name, one in said.items() if one}
    return Files(settings.files or f"{settings.data_dir.absolute()}/files", options)


def _named(settings: Settings) -> dict[str, str]:
    if not settings.database_url or not settings.relay_url:
        raise PlaceError("Set SERAI_RELAY_URL beside SERAI_DATABASE_URL: `serai db init` prints both.")
    urls = {"serai_app": settings.database_url, "serai_relay": settings.relay_url}
    if settings.owner_url:
        urls["serai_owner"] = settings.owner_url
    return {role: url.get_secret_value() for role, url in urls.items()}


async def _upgrade(urls: dict[str, str], say: migrate.Progress | None) -> None:
    if "serai_owner" in urls:
        await migrate.upgrade(urls["serai_owner"], say)


def secret(settings: Settings) -> str:
    """The secret of the settings, or one made once and kept in the data folder for its owner alone."""
    if settings.jwt_secret:
        return settings.jwt_secret.get_secret_value()
    if settings.database_url:
        raise PlaceError("Set SERAI_JWT_SECRET (32 characters or more), the same for every process.")
    return _kept(settings.data_dir / "secret")


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as new:
            path.chmod(0o600)
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")
