"""The settings: their names, who wins, what is refused, no secret shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from serai.runtime import settings
from serai.runtime.settings import Settings, SettingsError

PLAIN = (
    "DATABASE_URL", "RABBITMQ_URL", "RABBITMQ_EXCHANGE", "REDIS_URL", "JWT_SECRET", "ALLOWED_ORIGINS",
    "CHECKOUT_CLEANING_SLA", "MAINTENANCE_RESPONSE_SLA", "CRITICAL_MAINTENANCE_SLA", "APP_NAME", "APP_VERSION",
    "SERVICE_NAME", "HOST", "PORT", "SERVICE_PORT", "DEBUG", "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASS",
    "SMS_API_KEY", "SMS_API_URL", "PUSH_SERVICE_URL", "PUSH_API_KEY", "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_SERVICE_NAME",
)  # fmt: skip
LONG = "x" * 32


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment that says nothing, in a folder without `.env`."""
    for choices in settings.names().values():
        for name in choices:
            monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sample(name: str) -> str:
    if name.endswith("PORT"):
        return "3010"
    if name.endswith("SLA"):
        return "45"
    if name == "DATABASE_URL":
        return "postgresql://a@b/c"
    return {"DEBUG": "true", "ALLOWED_ORIGINS": "http://localhost:3000"}.get(name, LONG)


def shown(one: Settings, key: str) -> str:
    value = getattr(one, key)
    return str(value.get_secret_value() if hasattr(value, "get_secret_value") else value)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_name_is_read_and_its_own_name_wins(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = next(key for key, choices in settings.names().items() if name in choices)
    unsaid = shown(Settings(), key)
    monkeypatch.setenv(name, sample(name))
    plain = shown(Settings(), key)
    assert plain != unsaid
    monkeypatch.setenv(settings.names()[key][0], sample(name).replace("true", "false").replace("0", "1"))
    if "0" in sample(name) or name == "DEBUG":
        assert shown(Settings(), key) != plain


def test_nothing_said_listens_to_this_machine_alone() -> None:
    one = Settings()
    assert (one.host, one.port, one.debug, one.database_url) == ("127.0.0.1", 8007, False, None)
    assert (one.checkout_cleaning_sla, one.maintenance_response_sla, one.critical_maintenance_sla) == (60, 120, 30)


def test_a_file_is_read_the_environment_wins_and_the_own_name_wins_over_both(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / ".env").write_text("PORT=1001\nSERAI_HOST=::1\nSMTP_HOST=mail.example\nUNKNOWN=1\n")
    monkeypatch.setenv("PORT", "1002")
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104
    one = Settings()
    assert (one.port, one.host, one.smtp_host) == (1002, "::1", "mail.example")


def test_port_wins_over_service_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE_PORT", "3010")
    assert Settings().port == 3010
    monkeypatch.setenv("PORT", "8007")
    assert Settings().port == 8007


def test_empty_means_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERAI_PORT", "")
    monkeypatch.setenv("JWT_SECRET", "")
    assert (Settings().port, Settings().jwt_secret) == (8007, None)


def test_origins_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_ORIGINS", "http://localhost:3000, https://app.example ,")
    assert Settings().allowed_origins == ("http://localhost:3000", "https://app.example")


@pytest.mark.parametrize("url", ["postgresql+asyncpg://a:b@c/d", "postgres://a:b@c/d", "postgresql://a:b@c/d"])
def test_every_spelling_of_a_postgresql_url_is_the_same_server(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert shown(Settings(), "database_url") == "postgresql://a:b@c/d"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("DEBUG", "maybe"),
        ("DATABASE_URL", "mysql://root:hunter2-secret@h/d"),
        ("JWT_SECRET", "hunter2-secret"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "https://app.example/"),
        ("CHECKOUT_CLEANING_SLA", "0"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_without_its_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        Settings()
    assert f"SERAI_{name}:" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "canary-" + LONG
    said = [one for one in PLAIN if one.endswith(("_PASS", "_KEY", "_SECRET")) or one in {"RABBITMQ_URL", "REDIS_URL"}]
    for name in said:
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://a:{secret}@h/d")
    assert len(said) == 6
    assert "canary" not in repr(Settings()) + str(Settings()) + Settings().model_dump_json()


def test_a_misspelt_name_is_found_with_what_was_meant() -> None:
    found = settings.misspelt(["SERAI_PROT", "SERAI_PORT", "SERAI_XYZZYXYZZY", "PROT"])
    assert found == {"SERAI_PROT": "SERAI_PORT", "SERAI_XYZZYXYZZY": None}


def test_the_schema_lists_every_setting_and_nothing_of_this_machine() -> None:
    document = settings.schema()
    assert set(document["properties"]) == {choices[0] for choices in settings.names().values()}
    assert document["properties"]["SERAI_PORT"]["x-names"] == ["SERAI_PORT", "PORT", "SERVICE_PORT"]
    assert all(entry["description"] for entry in document["properties"].values())
    assert str(Path.home()) not in json.dumps(document)
    assert "/var/lib" not in json.dumps(document)
