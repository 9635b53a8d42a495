"""Receipt codes survive handwriting, telephones and Arabic keyboards."""

from hypothesis import given
from hypothesis import strategies as st

from ostberga.lib.privacy.codes import (
    ALPHABET,
    SHORT_ALPHABET,
    fingerprint,
    format_code,
    is_receipt_code,
    normalise_code,
    receipt_code,
    short_code,
)

parts = st.lists(st.one_of(st.text(max_size=20), st.binary(max_size=20)), max_size=4)


@given(st.binary(min_size=1), parts)
def test_a_code_is_ten_clear_characters_and_always_the_same(key, given_parts):
    code = receipt_code(key, *given_parts)

    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    assert code == receipt_code(key, *given_parts)


@given(st.text(), st.booleans(), st.sampled_from(["", " ", "-", "–", " - ", "."]))
def test_a_code_typed_in_any_way_is_the_same_code(seed, lower, between):
    code = receipt_code(b"key", seed)
    typed = between.join(code.lower() if lower else code)

    assert normalise_code(typed) == normalise_code(format_code(code)) == code
    assert is_receipt_code(typed)


@given(st.text())
def test_letters_taken_for_digits_are_forgiven(seed):
    code = receipt_code(b"key", seed)

    assert normalise_code(code.replace("0", "O").replace("1", "l").replace("V", "u")) == code


@given(st.text())
def test_arabic_digits_are_digits(seed):
    code = receipt_code(b"key", seed)

    assert normalise_code(code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == code


@given(st.text())
def test_whatever_is_typed_becomes_a_code_or_nothing(typed):
    assert set(normalise_code(typed)) <= set(ALPHABET)
    assert normalise_code(normalise_code(typed)) == normalise_code(typed)


@given(st.text(), st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_another_code(seed, place, sign):
    code = receipt_code(b"key", seed)
    wrong = code[:place] + sign + code[place + 1 :]

    assert (wrong == code) == (fingerprint(b"key", wrong) == fingerprint(b"key", code))


def test_parts_do_not_run_together_and_the_key_matters():
    codes = {
        receipt_code("k", "ab", "c"),
        receipt_code("k", "a", "bc"),
        receipt_code("k", "abc"),
        receipt_code("l", "abc"),
    }

    assert len(codes) == 4


def test_a_receipt_made_today_is_the_same_next_year():
    assert receipt_code("only-for-tests", "4f0c6b0e-8d6e-4f0a-9d67-0a4a3a8a9f11") == "W0CRK7V4XY"


def test_a_code_is_shown_in_two_groups():
    assert format_code("ABCDEFGHJK") == "ABCDE-FGHJK"
    assert format_code("ABC") == "ABC"


def test_a_channel_code_spells_no_words():
    codes = {short_code() for _ in range(500)}

    assert len(codes) > 490
    assert all(len(code) == 6 and set(code) <= set(SHORT_ALPHABET) for code in codes)
    assert not set("aeiouyåäö01l") & set(SHORT_ALPHABET)
