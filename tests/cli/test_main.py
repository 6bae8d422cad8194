"""The command line as a whole: each command is there and says what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from serai.cli import main

SERAI = Path(sys.executable).with_name("serai")


def serai(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}
    return subprocess.run(
        [SERAI, *words],
        env={**kept, "COLUMNS": "200", "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", sorted(main.COMMANDS))
def test_each_command_is_where_the_list_says_and_explains_itself(name: str) -> None:
    shown = CliRunner().invoke(main.build([name]), [name, "--help"])
    assert shown.exit_code == 0, shown.output
    assert "Usage" in shown.output


@pytest.mark.parametrize(
    "words", [("tenant", "create"), ("user", "create"), ("db", "init"), ("db", "migrate"), ("db", "status")]
)
def test_commands_of_two_words_are_there(words: tuple[str, str]) -> None:
    shown = CliRunner().invoke(main.build(words), [*words, "--help"])
    assert shown.exit_code == 0, shown.output


def test_the_list_names_every_command_without_loading_any() -> None:
    code = (
        "import sys; from serai.cli.main import build; from typer.testing import CliRunner;"
        "print(CliRunner().invoke(build(['--help']), ['--help']).output);"
        "sys.exit(any(one in sys.modules for one in ('asyncpg', 'fastapi', 'sqlalchemy', 'pydantic')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(f" {name} " in done.stdout for name in main.COMMANDS)


def test_only_the_command_that_is_called_is_loaded() -> None:
    code = (
        "import sys; from serai.cli.main import build; build(['db', 'status']);"
        "sys.exit('serai.cli.run' in sys.modules or 'fastapi' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_word_that_is_no_command_is_refused() -> None:
    done = serai("clean-everything")
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_a_wrong_setting_is_told_in_one_line_without_its_value() -> None:
    done = serai("db", "status", DATABASE_URL="mysql://root:hunter2@h/d")
    assert done.returncode == 1
    assert done.stderr == "serai: SERAI_DATABASE_URL: must begin with postgresql://\n"


def test_a_server_that_does_not_answer_is_told_in_one_line() -> None:
    done = serai("db", "status", DATABASE_URL="postgresql://serai_app@127.0.0.1:1/serai")
    assert done.returncode == 1
    assert "serai doctor" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> typer.Typer:
        raise LookupError("a bug")

    monkeypatch.setattr(main, "build", broken)
    with pytest.raises(LookupError):
        main.app()
