"""`serai gen`: files are as the code says, stale and broken ones are named."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, make_dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import typer

from serai.cli import gen
from serai.cli.gen import asyncapi, compat, source
from serai.kernel.event import EventType

ROOT = Path(__file__).parents[2]


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Shade:
    name: str


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp."""

    id: str
    lit: bool
    colour: Colour
    shade: Shade | None
    at: datetime | None
    tags: list[str]


@pytest.fixture(scope="module")
def told() -> source.Source:
    return source.read()


@pytest.fixture(scope="module")
def files(told: source.Source) -> dict[str, str]:
    return gen.documents(told)


@pytest.fixture
def repository(told: source.Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place to write to, whose code says what ours says; the code is read once, not at each command."""
    (tmp_path / "src/serai").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(source, "read", lambda: told)
    return tmp_path


def published(payload: type[Any]) -> dict[str, Any]:
    """An AsyncAPI document of one event with this payload."""
    events = (EventType("test.lamp.lit.v1", "A lamp was lit.", "lmp", payload),)
    schemas = {"CloudEvent": deepcopy(asyncapi.ENVELOPE), **asyncapi.schemas(events)}
    return {"channels": {"test.lamp.lit.v1": {}}, "components": {"schemas": schemas}}


def lamp(**changed: Any) -> dict[str, Any]:
    """The same with fields of another type; None leaves one out."""
    kinds = {"id": str, "lit": bool, "colour": Colour, "shade": Shade | None, "at": datetime | None, "tags": list[str]}
    return published(make_dataclass("Lamp", [(name, kind) for name, kind in (kinds | changed).items() if kind]))


def test_the_committed_files_are_as_the_code_says(files: dict[str, str]) -> None:
    assert gen.differences(ROOT, files) == []


def test_two_runs_write_the_same(told: source.Source, files: dict[str, str]) -> None:
    assert gen.documents(told) == files == gen.documents(source.read())


def test_every_document_is_json_and_every_page_has_a_heading(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.endswith(".json"):
            assert json.loads(text)
        elif name.endswith(".md"):
            assert text.splitlines()[2].startswith("# ")
        else:
            assert "Made by `serai gen`" in text.splitlines()[0]
        assert text.endswith("\n")
        assert "/work/" not in text
        assert "/root" not in text


def test_check_names_what_would_change_and_writes_nothing(
    files: dict[str, str], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gen.write(repository, files)
    gen.gen(check=True)
    (repository / "contracts/machines.json").write_text("{}")
    (repository / "docs/reference/events.md").unlink()
    (repository / "docs/reference/stray.md").write_text("left over")
    capsys.readouterr()
    with pytest.raises(typer.Exit):
        gen.gen(check=True)
    named = [line.strip() for line in capsys.readouterr().err.splitlines()[1:]]
    assert named == ["contracts/machines.json", "docs/reference/events.md", "docs/reference/stray.md"]
    assert (repository / "contracts/machines.json").read_text() == "{}"
    gen.gen()
    assert gen.differences(repository, files) == []
    assert not (repository / "docs/reference/stray.md").exists()


def test_an_event_that_breaks_its_word_is_not_written(
    files: dict[str, str], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gen.write(repository, files)
    before = json.loads(files["contracts/asyncapi.json"])
    before["channels"]["test.gone.v1"] = {}
    before["components"]["schemas"]["test.gone.v1"] = {"type": "object"}
    (repository / "contracts/asyncapi.json").write_text(json.dumps(before))
    with pytest.raises(typer.Exit):
        gen.gen()
    assert "test.gone.v1 is published" in capsys.readouterr().err
    gen.gen(allow_break=True)
    assert gen.differences(repository, files) == []


def test_it_refuses_to_run_outside_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(typer.BadParameter, match="repository"):
        gen.gen()


def test_openapi_is_printed_as_it_is_kept(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    gen.openapi()
    assert capsys.readouterr().out == files["contracts/openapi.json"]


def test_the_same_payload_and_one_with_more_keep_their_word() -> None:
    assert compat.breaks(published(Lamp), lamp()) == []
    assert compat.breaks(published(Lamp), lamp(note=str | None, watts=int)) == []
    assert (
        compat.breaks(published(Lamp), lamp(colour=StrEnum("Colour", {"RED": "red", "BLUE": "blue", "UV": "uv"}))) == []
    )


@pytest.mark.parametrize(
    ("changed", "promise"),
    [
        ({"lit": None}, "test.lamp.lit.v1.lit is always there"),
        ({"lit": int}, "test.lamp.lit.v1.lit is boolean"),
        ({"id": str | None}, "test.lamp.lit.v1.id is string"),
        ({"at": str | None}, "test.lamp.lit.v1.at is null or string date-time"),
        ({"tags": list[int]}, "test.lamp.lit.v1.tags[] is string"),
        ({"shade": make_dataclass("Shade", [("hue", str)]) | None}, "test.lamp.lit.v1.shade.name is always there"),
        ({"colour": StrEnum("Colour", {"RED": "red"})}, "test.lamp.lit.v1.colour may be blue"),
    ],
)  # fmt: skip
def test_a_field_that_is_taken_away_or_changed_breaks_the_word(changed: dict[str, Any], promise: str) -> None:
    assert promise in compat.breaks(published(Lamp), lamp(**changed))


def test_the_envelope_keeps_its_word_too() -> None:
    after = published(Lamp)
    del after["components"]["schemas"]["CloudEvent"]["properties"]["tenantid"]
    assert "CloudEvent.tenantid is string" in compat.breaks(published(Lamp), after)
