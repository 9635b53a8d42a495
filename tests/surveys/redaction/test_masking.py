"""Properties of masking for any text, its speed, and signs of danger."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.redaction.detection import (
    Danger,
    Finding,
    FindingCertainty,
    IdentifierKind,
    find_danger_signs,
    find_identifiers,
    mask_text,
)


def masked(text: str) -> str:
    return mask_text(text, find_identifiers(text))


def test_overlapping_findings_become_one_named_after_the_weightiest():
    (finding,) = find_identifiers("Testnamn.Testsson@example.se")

    assert (finding.start, finding.kind) == (0, IdentifierKind.EMAIL)


def test_a_person_may_mark_more_and_passages_may_overlap():
    spans = [
        Finding(4, 9, IdentifierKind.OTHER, "", FindingCertainty.CERTAIN),
        Finding(0, 6, IdentifierKind.NAME, "", FindingCertainty.CERTAIN),
        Finding(12, 99, IdentifierKind.PHONE, "", FindingCertainty.CERTAIN),
        Finding(10, 10, IdentifierKind.PHONE, "", FindingCertainty.CERTAIN),
    ]

    assert mask_text("0123456789abcdef", spans) == "[namn]9ab[telefonnummer]"


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("Han hotade mig med en kniv", {Danger.THREAT, Danger.WEAPON}),
        ("Jag vill inte leva längre", {Danger.SELF_HARM}),
        ("De slår sina barn", {Danger.CHILD_AT_RISK}),
        ("he said he would kill me", {Danger.THREAT}),
        ("he has a gun", {Danger.WEAPON}),
        ("waa la ii hanjabay", {Danger.THREAT}),
        ("wuu ii hanjabay", {Danger.THREAT}),
        ("هددني بسكين", {Danger.THREAT}),
        ("Det är mörkt och killen skjuter upp mötet", set()),
    ],
)
def test_signs_of_danger_ask_for_a_person(said, danger):
    assert {sign.kind for sign in find_danger_signs(said)} == danger


pieces = st.sampled_from(
    [
        *(
            "Hon heter ",
            "Test Testsson",
            "070-174 06 12",
            "121212-1212",
            "boende@example.se",
            "port 14",
            "vån 3",
            "ABC 123",
        ),
        *(
            " ",
            ", ",
            ". ",
            "\n",
            "och ",
            "\u200b",
            "å",
            "A\u030a",
            "اسمه ",
            "أحمد",
            "٠٧٠١٧٤٠٦١٢",
            "@",
            "0",
            "-",
            "x",
            "🙂",
        ),
    ]
)
anything = st.text(st.characters(), max_size=80) | st.lists(pieces, max_size=12).map("".join)


@given(anything)
def test_findings_lie_in_the_text_in_order_and_apart(text):
    findings = find_identifiers(text)

    assert all(text[finding.start : finding.end] == finding.text and finding.text for finding in findings)
    assert all(left.end <= right.start for left, right in pairwise(findings))


@given(anything)
def test_what_was_masked_is_gone(text):
    left = {finding.kind for finding in find_identifiers(masked(text)) if finding.certainty == FindingCertainty.CERTAIN}

    assert not left & {IdentifierKind.PERSONNUMMER, IdentifierKind.EMAIL}
    assert find_danger_signs(text) is not None


@given(
    st.lists(pieces, max_size=6).map(" ".join), st.sampled_from(["070-174 06 12", "121212-1212", "boende@example.se"])
)
def test_a_secret_never_survives_between_other_words(before, secret):
    assert secret not in masked(f"{before} {secret}, tack")


UNITS = [
    *(
        "a",
        "å",
        "A a",
        "Aa ",
        "Aa",
        "0",
        "0 ",
        "0-",
        "+46 ",
        "121212-",
        "a@",
        "a.",
        "a at ",
        "gatan",
        "gatan ",
        "gatan 1",
        "heter ",
    ),
    *(
        "heter Aa ",
        "( ",
        " ",
        "\n",
        ".",
        "@",
        "-",
        "'",
        "a-",
        "Aa-",
        "http://",
        "www.",
        "www.a.se/",
        "e\u0301",
        "\u200b",
        "اسمه ",
    ),
    *(
        "a@a punkt ",
        "12 aa ",
        "12 a b ",
        "port ",
        "vån ",
        "lgh ",
        "bil ",
        "nummer ",
        "insta: ",
        "شارع ",
        "[",
        "[namn] ",
        "19",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_makes_it_slow(unit):
    text = (unit * 20_000)[:20_000]
    began = time.process_time()

    find_identifiers(text)
    find_danger_signs(text)

    assert time.process_time() - began < 1


def test_any_long_number_is_looked_at():
    assert masked("kundnummer 12345678") == "kundnummer [borttaget]"
    assert masked("Tel070-1740612") == "Tel[telefonnummer]"
