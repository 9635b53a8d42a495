"""Texts are folded alike by the program and by the database, and what is typed is split into terms."""

import unicodedata

import pytest
from django.db.models import Value

from ostberga.lib.folding import Folded, fold, split_terms
from ostberga.lib.searching.excerpts import excerpt, highlight
from surveys.models import Survey

DECOMPOSED = unicodedata.normalize("NFD", "Gångstråk")
TEXTS = [
    "Gångstråk",
    DECOMPOSED,
    "ÖSTBERGA",
    "é ñ ø ß Đ",
    "soft\u00adhyphen",
    "a\u200bb\ufeff",
    "İstanbul",
    "ﬁn",
    "ميدان",
    "",
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Gångstråk", "gangstrak"),
        (DECOMPOSED, "gangstrak"),
        ("ÖSTBERGA", "ostberga"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_accents_case_and_decomposed_letters_are_folded(text, folded):
    assert fold(text) == folded


@pytest.mark.django_db
@pytest.mark.usefixtures("form")
@pytest.mark.parametrize("text", TEXTS)
def test_the_database_folds_as_the_program_does(text):
    assert Survey.objects.values_list(Folded(Value(text)), flat=True).first() == fold(text)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ('"gångstråk"', ["gångstråk"]),
        ("«mer ljus» vid”skolan”", ["mer ljus", "vid”skolan"]),
        ("  ryms,  plan? ", ["ryms", "plan"]),
        ("\u200b \u00ad", []),
        ('"', []),
        ("ljus Ljus ljus gå ga", ["ljus", "gå", "ga"]),
        ("ett två tre fyra fem sex sju åtta nio", ["ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta"]),
    ],
)
def test_quotes_and_marks_around_words_are_left_out(typed, terms):
    assert split_terms(typed) == terms


def test_what_was_found_is_marked_as_it_is_written():
    assert highlight(f"Ett {DECOMPOSED} <b>", ["gangstrak"]) == f"Ett <mark>{DECOMPOSED}</mark> &lt;b&gt;"
    assert highlight("ÖSTBERGA", ["ostberga"]) == "<mark>ÖSTBERGA</mark>"
    assert excerpt("Vid skolan", []) == "Vid skolan"
