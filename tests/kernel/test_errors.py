"""Refusals: each says what it is, and carries what it was given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from serai.kernel.errors import Conflict, Fault, IllegalMove, Invalid, NotFound, Refusal


def kinds(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield of
    for one in of.__subclasses__():
        yield from kinds(one)


@pytest.mark.parametrize("kind", [one for one in kinds() if one.__module__ == "serai.kernel.errors"])
def test_every_refusal_has_a_sentence_a_code_and_a_status(kind: type[Refusal]) -> None:
    assert kind().detail == str(kind()) == (kind.__doc__ or "").splitlines()[0]
    assert kind().detail.endswith(".")
    assert 400 <= kind.status < 600
    assert kind.code.isidentifier()


def test_codes_are_not_shared() -> None:
    codes = [one.code for one in kinds() if one.__module__ == "serai.kernel.errors"]
    assert len(set(codes)) == len(codes)


def test_a_refusal_carries_its_own_sentence_faults_and_facts() -> None:
    refusal = Invalid("No.", faults=[Fault("/body/name", "is empty")], state="open")
    assert (refusal.detail, refusal.faults, refusal.more) == (
        "No.",
        (Fault("/body/name", "is empty"),),
        {"state": "open"},
    )
    assert NotFound().faults == ()


def test_a_refusal_without_a_docstring_falls_back_on_its_code() -> None:
    assert type("Bare", (Conflict,), {"code": "bare"})().detail == "bare"
    assert issubclass(IllegalMove, Conflict)
