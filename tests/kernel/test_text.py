"""Sentences remember how they were made, and are read as the English they are."""

from __future__ import annotations

from copy import deepcopy

import orjson

from serai.kernel.text import Text, text, word


def test_a_sentence_is_english_and_knows_its_template() -> None:
    sentence = text("There is a category {code}.", code="hvac")
    assert sentence == "There is a category hvac."
    assert (sentence.template, dict(sentence.params)) == ("There is a category {code}.", {"code": "hvac"})


def test_a_sentence_without_holes_keeps_its_braces() -> None:
    assert text("Write {} here.") == "Write {} here."


def test_a_code_is_said_as_words() -> None:
    assert text("The task is {state}.", state=word("in_progress")) == "The task is in progress."
    assert word("OUT_OF_ORDER") == "out of order"


def test_several_are_joined() -> None:
    assert text("one of {all}", all=("fa", word("ur"))) == "one of fa, ur"


def test_english_may_come_from_elsewhere() -> None:
    assert Text("at least {n} character{s}", {"n": 1, "s": ""}, "at least 1 character") == "at least 1 character"


def test_a_copy_and_its_json_are_as_it_was() -> None:
    sentence = text("Only {n} left.", n=2)
    copied = deepcopy(sentence)
    assert (copied, copied.template, copied.params) == (sentence, sentence.template, sentence.params)
    assert orjson.dumps({"why": sentence}) == b'{"why":"Only 2 left."}'
