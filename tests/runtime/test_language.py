"""The reader's language: negotiated, and used for every sentence."""

# ruff: noqa: RUF001  # Dari is written in its own letters

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pydantic import BaseModel, Field, ValidationError, field_validator

from serai.kernel.text import text, word
from serai.runtime.http.language import catalogue, language, listen, negotiated, said
from serai.runtime.http.problems import worded


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    listen(None)
    yield
    listen(None)


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("", "en"),
        ("fa-AF", "fa"),
        ("prs", "fa"),
        ("FA", "fa"),
        ("pbt-AF, en;q=0.5", "ps"),
        ("de, fr;q=0.9, ur;q=0.3, en;q=0.2", "ur"),
        ("en-GB,en;q=0.9,ar;q=0.8", "en"),
        ("ar;q=0.5, fa ; q=0.7", "fa"),
        ("fa;q=0, ar;q=0.1", "ar"),
        ("*", "en"),
        ("de, *;q=0.1", "en"),
        ("fa;q=much", "en"),
        ("fa;level=1", "fa"),
        ("fa;q=nan, ar;q=0.2", "ar"),
        (",".join(["xx"] * 200) + ",fa", "en"),
    ],
)
def test_the_language_that_is_liked_best_is_spoken(header: str, spoken: str) -> None:
    assert negotiated(header) == spoken


def test_without_a_wish_english_is_spoken() -> None:
    assert (language(), said(text("There is a category {code}.", code="hvac"))) == ("en", "There is a category hvac.")


def test_a_sentence_is_said_with_what_stands_in_it() -> None:
    listen("fa-AF")
    assert said(text("There is a category {code}.", code="hvac")) == "رشته‌ای با کد hvac هست."
    assert said("It is archived.") == "بایگانی شده است."


def test_words_and_lists_and_sentences_in_a_sentence_are_said_too() -> None:
    listen("fa")
    assert said(text("The task is {state}.", state=word("in_progress"))) == "وضعیت کار: در جریان."
    why = text("{name} has the most time left, {minutes} minutes.", name="Ana 2", minutes=300)
    told = said(text("A guest is expected at {at}. {why}", at="13:30", why=why))
    assert told == "ساعت 13:30 مهمان می‌آید. Ana 2 بیشترین وقت را دارد: ۳۰۰ دقیقه."
    assert said(text("one of: {allowed}", allowed=["a", word("dirty")])) == "یکی از این‌ها: a، ناپاک"


@pytest.mark.parametrize(("header", "told"), [("ps", "۱۲۰٫۵"), ("ur", "120.5"), ("ar", "120.5"), ("fa", "۱۲۰٫۵")])
def test_numbers_have_the_digits_of_the_web_app(header: str, told: str) -> None:
    listen(header)
    assert told in said(text("{minutes} minutes of open work.", minutes=Decimal("120.5")))
    assert "120" in said(text("There is a category {code}.", code="120"))


def test_what_no_catalogue_has_stays_english() -> None:
    listen("ar")
    assert said("This was never written.") == "This was never written."
    assert said(text("Has the skill {skill}.", skill=word("own_skill"))) == "لديه مهارة own skill."


def test_english_needs_no_catalogue() -> None:
    catalogue.cache_clear()
    assert said("It is archived.") == "It is archived."
    assert catalogue.cache_info().currsize == 0


class Given(BaseModel):
    name: str = Field(min_length=2)
    minutes: int = Field(5, le=90)
    kind: str = "a"

    @field_validator("kind")
    @classmethod
    def _known(cls, value: str) -> str:
        if value == "b":
            raise ValueError(text("is needed"))
        if value == "c":
            raise ValueError("never translated")
        return value


def faults(**given: object) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        Given.model_validate(given)
    return [worded(dict(one)) for one in refused.value.errors()]


def test_what_pydantic_finds_wrong_is_english_as_before() -> None:
    found = faults(name="x", minutes=91, kind="b")
    assert found == [
        "String should have at least 2 characters",
        "Input should be less than or equal to 90",
        "is needed",
    ]
    assert faults(name="xx", kind="c") == ["never translated"]
    assert faults() == ["Field required"]


def test_what_pydantic_finds_wrong_is_said_in_dari() -> None:
    listen("fa")
    assert [said(one) for one in faults(name="x", minutes=91, kind="b")] == ["دست‌کم ۲ نویسه", "حداکثر ۹۰", "لازم است"]


def test_a_kind_of_fault_of_ours_keeps_its_words() -> None:
    assert worded({"type": "ours", "msg": "is odd"}) == "is odd"
