"""What the server says to people is there in every language, and said whole."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest

from serai.runtime.http.language import SPOKEN, catalogue
from tests.architecture.sentences import all_of_them, literals, put_together
from tests.architecture.source import ROOT, SRC, product, snippet

OTHERS = [one for one in SPOKEN if one != "en"]
ENGLISH = {"error", "expected_plural", "field_type", "class_name", "actual_length", "pattern"}
"""What pydantic puts in is English itself; the others may leave it out."""
PLACE = "from serai.kernel.errors import Conflict, Fault, Invalid\nfrom serai.kernel.text import text\n"


def holes(template: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(template) if name is not None})


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_says_all_that_english_says_and_nothing_else(language: str) -> None:
    said = set(catalogue(language))
    assert sorted(all_of_them() - said) == []
    assert sorted(said - all_of_them()) == []


def test_english_says_nothing_that_is_not_asked() -> None:
    assert sorted(set(catalogue("en")) - all_of_them()) == []


@pytest.mark.parametrize("language", SPOKEN)
def test_a_catalogue_fills_the_same_holes(language: str) -> None:
    for template, told in catalogue(language).items():
        assert set(holes(told)) <= set(holes(template)), template
        assert set(holes(template)) - set(holes(told)) <= ENGLISH, template
        assert told.strip() == told != "", template


@pytest.mark.parametrize("language", SPOKEN)
def test_a_catalogue_is_in_order_so_that_two_changes_do_not_meet(language: str) -> None:
    path = SRC / "serai" / "words" / f"{language}.json"
    written = path.read_text("utf-8")
    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_what_the_app_retells_is_what_is_stored() -> None:
    """`lib/stored.ts` knows kept English sentences by their form: each is still written somewhere."""
    forms = re.findall(r"^  \[/\^(.+)\$/, ", (ROOT / "web/src/lib/stored.ts").read_text("utf-8"), re.MULTILINE)
    kept = [re.sub(r"\(\?<\w+>(\\d|\.)\+\)", "7", form).replace("\\", "") for form in forms]
    written = {one.value for module in product() for one in module.texts}
    ours = [
        re.compile(re.escape(one).replace(r"\{\}", ".+"))
        for one in written
        if len(one.replace("{}", "")) > 10 or one in kept
    ]
    assert len(kept) > 20
    assert [one for one in kept if not any(form.fullmatch(one) for form in ours)] == []


def test_no_sentence_for_people_is_put_together_by_hand() -> None:
    assert [str(one) for module in product() for one in put_together(module)] == []


@pytest.mark.parametrize(
    "bad",
    [
        'raise Conflict(f"There is a category {code}.")',
        'raise Invalid(faults=[Fault("/code", f"at most {most}")])',
        'raise Conflict("There is " + code)',
        'raise Conflict("There is {}".format(code))',
        'raise Conflict("There is %s" % code)',
        "raise Conflict(str(error))",
        'raise Conflict(f"It failed: {error}"[:300])',
        'raise Conflict(text(f"There is a category {code}."))',
        "class Mine(Conflict):\n    pass\nraise Conflict(', '.join(codes))",
    ],
)
def test_the_rule_bites(bad: str) -> None:
    assert list(put_together(snippet(PLACE + bad)))


@pytest.mark.parametrize(
    ("good", "template"),
    [
        ('raise Conflict("It is archived.")', "It is archived."),
        ('raise Conflict(text("There is a category {code}.", code=code))', "There is a category {code}."),
        ('GONE = text("It is gone.")\nraise Conflict(GONE)', "It is gone."),
        ('class NotFound(Conflict):\n    """It is not here."""', "It is not here."),
        ('raise Invalid(faults=[Fault("/code", "is wrong")])', "is wrong"),
    ],
)
def test_a_template_is_found(good: str, template: str) -> None:
    module = snippet(PLACE + good)
    assert list(literals(module)) == [template]
    assert list(put_together(module)) == []


def test_the_command_line_speaks_english() -> None:
    module = snippet(PLACE + 'raise Conflict(f"no {thing}")', "serai.cli.tenant")
    assert [*put_together(module), *literals(module)] == []
