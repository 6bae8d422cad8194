"""The page about spaces shows the rules as they are."""

from __future__ import annotations

from pathlib import Path

from serai.areas.spaces.model import RULES, Rule

PAGE = Path(__file__).parents[3] / "docs" / "areas" / "spaces.md"


def table() -> str:
    """The rules as a table of the page."""
    rows = ["| dimension | from | to | source (permission) | not when |", "|---|---|---|---|---|"]
    return "\n".join([*rows, *(row(one) for one in RULES)])


def row(rule: Rule) -> str:
    """One rule as a row; what only a manager may set aside is marked."""
    by = ", ".join(f"{source.value} ({permission})" for source, permission in rule.by.items())
    guards = ", ".join(
        one.reason.__name__.strip("_").replace("_", " ") + (" *" if one.overridable else "") for one in rule.guards
    )
    before = ", ".join(rule.before) if rule.before else "any"
    return f"| {rule.dimension} | {before} | {rule.after} | {by} | {guards} |"


def test_the_page_shows_every_rule() -> None:
    page = PAGE.read_text(encoding="utf-8")
    missing = [line for line in table().splitlines() if line not in page]
    assert not missing, "\n".join(missing)
