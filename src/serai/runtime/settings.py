"""Settings: `SERAI_…`, plain names that neighbours use, and a `.env` file."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from serai.kernel.errors import SetupError

PREFIX = "SERAI_"
SHORTEST_SECRET = 32
Minutes = Annotated[int, Field(ge=1, le=10_080)]
Port = Annotated[int, Field(ge=1, le=65_535)]


def _named(*plain: str, default: Any = None, about: str, name: str | None = None) -> Any:
    """A field read from SERAI_<name>, then from each plain name."""
    own = PREFIX + (name or plain[0])
    return Field(default, validation_alias=AliasChoices(own, *plain), description=about)


def _own(name: str, default: Any = None, about: str = "") -> Any:
    return Field(default, validation_alias=AliasChoices(PREFIX + name), description=about)


def _home() -> Path:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/serai")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "serai"


def _version() -> str:
    try:
        return version("serai")
    except PackageNotFoundError:
        return "0"


class SettingsError(SetupError):
    """Settings cannot be used; the message names each and says what is wrong, never its value."""


class _ByName(PydanticBaseSettingsSource):
    """For each setting the first of its names that is said, in the environment or else in `.env`."""

    def __init__(self, settings: type[BaseSettings]) -> None:
        super().__init__(settings)
        self._places = (os.environ, dotenv_values(".env"))

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        said = ((place.get(name), name) for name in _choices(field) for place in self._places)
        value, name = next(((value, name) for value, name in said if value), (None, field_name))
        return value, name, False

    def __call__(self) -> dict[str, Any]:
        fields = self.settings_cls.model_fields
        found = {_choices(field)[0]: self.get_field_value(field, key)[0] for key, field in fields.items()}
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    """What an installation may say: SERAI_X before X, the environment before `.env`; empty means unsaid."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, title="Serai", hide_input_in_errors=True)

    def __init__(self, **given: Any) -> None:
        """`given`, by SERAI_ name, wins. A SettingsError says what cannot be used."""
        try:
            super().__init__(**given)
        except ValidationError as refused:
            lines = (f"{one['loc'][0]}: {one['msg'].removeprefix('Value error, ')}" for one in refused.errors())
            raise SettingsError("\n".join(lines)) from None

    @classmethod
    def settings_customise_sources(  # noqa: D102  # pydantic's
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, _ByName(settings_cls)

    app_name: str = _named("APP_NAME", default="Serai", about="The name shown to people.")
    app_version: str = _named("APP_VERSION", default=_version(), about="The version told by /health.")
    service_name: str = _named("SERVICE_NAME", default="serai", about="This service's name in logs and events.")
    host: str = _named("HOST", default="127.0.0.1", about="The address to listen on; 0.0.0.0 is every network.")
    port: Port = _named("PORT", "SERVICE_PORT", default=8007, about="The port of the web process.")
    debug: bool = _named("DEBUG", default=False, about="More in the log, and the API's pages at /docs.")
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = _named(
        "ALLOWED_ORIGINS", default=(), about="Origins whose pages may call the API, separated by commas."
    )

    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = _own(
        "TRUSTED_PROXIES",
        ("127.0.0.1", "::1"),
        "Addresses or networks whose X-Forwarded-For is believed, separated by commas.",
    )
    rate_limit: Annotated[int, Field(ge=0)] = _own(
        "RATE_LIMIT",
        6000,
        "Requests a minute (counted over ten seconds) of a company at each web process; 0 is any number.",
    )

    data_dir: Path = _own("DATA_DIR", _home(), "The folder of the embedded database and of secrets made here.")
    database_url: SecretStr | None = _named("DATABASE_URL", about="PostgreSQL as serai_app; else one starts here.")
    relay_url: SecretStr | None = _own("RELAY_URL", None, "PostgreSQL as serai_relay; else DATABASE_URL's server.")
    owner_url: SecretStr | None = _own("OWNER_URL", None, "PostgreSQL as serai_owner, for `serai db migrate`.")
    backup_url: SecretStr | None = _own("BACKUP_URL", None, "PostgreSQL as serai_backup, for backups.")
    admin_url: SecretStr | None = _own("ADMIN_URL", None, "PostgreSQL as an administrator, for `serai db init` alone.")
    database_name: str = _own("DATABASE_NAME", "serai", "The database's name, where Serai makes it.")
    database_connections: Annotated[int, Field(ge=2, le=200)] = _own(
        "DATABASE_CONNECTIONS", 16, "The most connections of a process."
    )
    allow_unpatched_postgres: bool = _own(
        "ALLOW_UNPATCHED_POSTGRES", default=False, about="Work on a PostgreSQL without the cure of CVE-2026-14666."
    )

    files: str | None = _own(
        "FILES", None, "Where uploads are kept: a whole path, or s3://bucket/prefix; else in DATA_DIR."
    )
    s3_endpoint: str | None = _own("S3_ENDPOINT", None, "An S3 server other than Amazon's.")
    s3_region: str | None = _own("S3_REGION", None, "The bucket's region.")
    s3_access_key: SecretStr | None = _own("S3_ACCESS_KEY", None, "The bucket's key; else the machine's own.")
    s3_secret_key: SecretStr | None = _own("S3_SECRET_KEY", None, "Its secret.")
    clamd: Annotated[str | None, Field(pattern=r"^.+:\d{1,5}$")] = _own(
        "CLAMD", None, "ClamAV's clamd as host:port; every upload is then scanned before anybody gets it."
    )

    jwt_secret: SecretStr | None = _named(
        "JWT_SECRET", about="Signs access tokens, 32 characters at least; without it, one is made and kept in DATA_DIR."
    )
    metrics_token: SecretStr | None = _own("METRICS_TOKEN", None, "The bearer token of /metrics; without it, closed.")

    rabbitmq_url: SecretStr | None = _named("RABBITMQ_URL", about="RabbitMQ, to publish events to and take them from.")
    rabbitmq_exchange: str = _named("RABBITMQ_EXCHANGE", default="hospitality_platform", about="The topic exchange.")
    nats_url: SecretStr | None = _named("NATS_URL", about="NATS with JetStream, to publish events to.")
    nats_stream: str = _own("NATS_STREAM", "serai", "The stream that is made where none takes our subjects.")
    event_type_prefix: str = _own("EVENT_TYPE_PREFIX", "melmastoon.", "Stands before the name in an event's type.")
    redis_url: SecretStr | None = _named("REDIS_URL", about="Redis, to publish events to and take them from.")

    pubsub_issuer: str = _own("PUBSUB_ISSUER", "https://accounts.google.com", "Who signs the tokens of Pub/Sub.")
    pubsub_keys_url: str = _own(
        "PUBSUB_KEYS_URL", "https://www.googleapis.com/oauth2/v3/certs", "Where the keys of PUBSUB_ISSUER are."
    )

    checkout_cleaning_sla: Minutes = _named(
        "CHECKOUT_CLEANING_SLA", default=60, about="Minutes from check-out to clean, where a property says nothing."
    )
    maintenance_response_sla: Minutes = _named(
        "MAINTENANCE_RESPONSE_SLA", default=120, about="Minutes until somebody is at a repair."
    )
    critical_maintenance_sla: Minutes = _named(
        "CRITICAL_MAINTENANCE_SLA", default=30, about="The same for a critical one."
    )

    smtp_host: str | None = _named("SMTP_HOST", about="The mail server.")
    smtp_port: Port = _named("SMTP_PORT", default=587, about="Its port.")
    smtp_user: str | None = _named("SMTP_USER", about="Its user.")
    smtp_pass: SecretStr | None = _named("SMTP_PASS", about="Its password.")
    sms_api_key: SecretStr | None = _named("SMS_API_KEY", about="The SMS gateway's key.")
    sms_api_url: str | None = _named("SMS_API_URL", "SMS_URL", about="The SMS gateway.")
    push_service_url: str | None = _named("PUSH_SERVICE_URL", about="The push gateway.")
    push_api_key: SecretStr | None = _named("PUSH_API_KEY", about="Its key.")
    notify_email: SecretStr | None = _own(
        "NOTIFY_EMAIL", None, "How mails go out: an Apprise address with {to}; else by SMTP_HOST."
    )
    notify_sms: SecretStr | None = _own("NOTIFY_SMS", None, "The SMS gateway: an Apprise address with {to}.")
    notify_whatsapp: SecretStr | None = _own("NOTIFY_WHATSAPP", None, "The same for WhatsApp.")
    notify_telegram: SecretStr | None = _own("NOTIFY_TELEGRAM", None, "The same for Telegram.")
    notify_push: SecretStr | None = _own("NOTIFY_PUSH", None, "The same for push messages.")
    public_url: str | None = _own("PUBLIC_URL", None, "Where people reach this server: the start of links in messages.")
    otel_exporter_otlp_endpoint: str | None = _named("OTEL_EXPORTER_OTLP_ENDPOINT", about="Where traces are sent.")
    otel_service_name: str | None = _named("OTEL_SERVICE_NAME", about="This service in traces; else SERVICE_NAME.")

    @field_validator("allowed_origins", "trusted_proxies", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        return tuple(one.strip() for one in given.split(",") if one.strip()) if isinstance(given, str) else given

    @field_validator("allowed_origins")
    @classmethod
    def _exact(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for one in given:
            if not one.startswith(("http://", "https://")) or one.count("/") != 2:  # noqa: PLR2004  # only the scheme's
                raise ValueError(f"{one!r} is no origin: write https://name or http://name:port, nothing after it")
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for one in given:
            ip_network(one, strict=False)
        return given

    @field_validator("database_url", "relay_url", "owner_url", "backup_url", "admin_url", mode="before")
    @classmethod
    def _postgres(cls, given: object) -> object:
        """`postgresql+asyncpg://` and `postgres://` mean the same server."""
        if not isinstance(given, str):
            return given
        scheme, found, rest = given.partition("://")
        if not found or scheme.partition("+")[0] not in {"postgres", "postgresql"}:
            raise ValueError("must begin with postgresql://")
        return f"postgresql://{rest}"

    @field_validator("jwt_secret")
    @classmethod
    def _long(cls, given: SecretStr | None) -> SecretStr | None:
        if given is not None and len(given.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError("must have 32 characters or more; `openssl rand -base64 48` makes one")
        return given


def names() -> dict[str, tuple[str, ...]]:
    """The names that each setting is read from, the strongest first."""
    return {key: _choices(field) for key, field in Settings.model_fields.items()}


def _choices(field: FieldInfo) -> tuple[str, ...]:
    alias = field.validation_alias
    return tuple(str(one) for one in alias.choices) if isinstance(alias, AliasChoices) else ()


def misspelt(environment: Iterable[str]) -> dict[str, str | None]:
    """SERAI_ names that mean nothing here, each with the nearest one that does."""
    known = {name for choices in names().values() for name in choices} | _OTHERS
    return {
        name: next(iter(difflib.get_close_matches(name, known, 1)), None)
        for name in sorted(environment)
        if name.startswith(PREFIX) and name not in known
    }


_OTHERS = {"SERAI_REQUIRE_BROKERS", "SERAI_REQUIRE_WEB", "SERAI_SKIP_UI", "SERAI_TEST_ADMIN"}
"""Read by tests and the build, not by the program."""


def schema() -> dict[str, Any]:
    """All settings as a JSON Schema, by the names they are read from; `x-names` lists the others."""
    document = Settings.model_json_schema(by_alias=True, mode="validation")
    for key, choices in names().items():
        entry: dict[str, Any] = document["properties"][choices[0]]
        entry["x-names"] = list(choices)
        if key in {"data_dir", "app_version"}:
            del entry["default"]  # this machine's, not everybody's
    return document
