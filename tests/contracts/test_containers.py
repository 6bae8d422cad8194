"""The image and the compose file: what must be closed is closed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from serai.cli.main import COMMANDS
from serai.runtime.settings import names

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ("web", "worker", "setup")


def test_the_image_copies_what_is_there_and_the_context_lets_it_through() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"}
    copied = {
        path
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for path in line.split()[:-1]
    }
    assert copied == allowed
    assert [one for one in copied if not (ROOT / one).exists()] == []


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "ENV " in last
    assert not re.search(r"SECRET|PASSWORD|TOKEN", DOCKERFILE)


def test_only_the_web_listens_and_on_this_machine_alone() -> None:
    published = {name: one["ports"] for name, one in COMPOSE["services"].items() if "ports" in one}
    assert published == {"web": ["127.0.0.1:8007:8007"]}


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_known_and_every_command_is_ours(name: str) -> None:
    service = COMPOSE["services"][name]
    known = {one for choices in names().values() for one in choices}
    assert set(service["environment"]) - known == set()
    words = " ".join(service["command"])
    for command in re.findall(r"serai (\w+)", words) or [words]:
        assert command in COMMANDS, command


def test_every_secret_is_asked_for_and_none_is_in_the_file() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+):\?\}", text))
    offered = set(re.findall(r"^(\w+)=$", (ROOT / "compose.env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert asked == offered
    assert set(re.findall(r"\$\{(\w+)", text)) == asked
    assert not re.search(r":(?!\$)[\w-]+@", text.replace(":${", ":$"))


def test_who_waits_waits_for_what_says_that_it_is_well() -> None:
    for name, service in COMPOSE["services"].items():
        for other, how in service.get("depends_on", {}).items():
            wanted = COMPOSE["services"][other]
            if how["condition"] == "service_healthy":
                assert wanted["healthcheck"]["test"], f"{name} waits for {other}"
