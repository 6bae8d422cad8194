"""TypeIDs: what goes in comes out, in order of birth; nothing else is accepted."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.kernel.ids import BadId, decode, encode, new_id

MILLISECONDS = st.integers(0, (1 << 48) - 1)


@given(st.uuids(), st.sampled_from(["tsk", "spc", "mcat", "a_b"]))
def test_an_id_comes_back_as_it_went(value: UUID, prefix: str) -> None:
    assert decode(prefix, encode(prefix, value)) == value
    assert decode(prefix, str(value)) == decode(prefix, str(value).upper()) == value


@given(st.uuids(), st.uuids())
def test_shown_ids_sort_as_their_uuids_do(one: UUID, other: UUID) -> None:
    assert (encode("tsk", one) < encode("tsk", other)) == (one < other)


@given(MILLISECONDS, MILLISECONDS)
def test_a_later_id_sorts_after_an_earlier_one(early: int, late: int) -> None:
    first, second = new_id(early), new_id(late)
    assert early == late or (first < second) == (early < late)
    assert first.version == 7
    assert first.variant == "specified in RFC 4122"
    assert first.int >> 80 == early


def test_new_ids_tell_the_present_and_differ() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert made[0].int >> 80 <= made[-1].int >> 80


def test_the_example_of_the_typeid_specification_is_read() -> None:
    value = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
    assert encode("prefix", value) == "prefix_01h455vb4pex5vsknk084sn02q"
    assert decode("prefix", "prefix_01h455vb4pex5vsknk084sn02q") == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tsk_",
        "spc_01h455vb4pex5vsknk084sn02q",
        "tsk_01h455vb4pex5vsknk084sn02",
        "tsk_81h455vb4pex5vsknk084sn02q",
        "tsk_01h455vb4pex5vsknk084sn02u",
        "tsk_01H455VB4PEX5VSKNK084SN02Q",
        "01890a5dac96774bbcceb302099a8057",
        "{01890a5dac96774bbcceb302099a8057}--",
        "01890a5-dac96-774b-bcce-b302099a8057",
        "not-a-uuid-but-36-letters-long-00000",
        "\u06601890a5d-ac96-774b-bcce-b302099a8057",
        "tsk_01h455vb4pex5vsknk084sn02\x00",
    ],
)
def test_what_is_no_id_of_the_kind_is_refused(text: str) -> None:
    with pytest.raises(BadId, match="tsk_"):
        decode("tsk", text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    with suppress(BadId):
        assert isinstance(decode("tsk", text), UUID)


def test_a_batch_of_one_millisecond_is_in_the_order_in_which_it_was_made() -> None:
    made = [new_id(1_772_438_400_000) for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == 1000


def test_when_the_chance_of_a_millisecond_is_used_up_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serai.kernel.ids.secrets.randbits", lambda bits: (1 << bits) - 1)
    first, second = new_id(77), new_id(77)
    assert first.int & (1 << 62) - 1 == (1 << 62) - 1
    assert second.int >> 80 == first.int >> 80 == 77
