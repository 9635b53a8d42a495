"""Search in statements and perspectives: parts of words, ignoring case, never in the raw text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.codebook import perspectives, theme_editing
from surveys.models import Perspective, Statement
from surveys.statements.search import search_perspectives, search_statements
from tests import factories as make


@pytest.fixture
def statements(ake, autumn):
    """A few statements."""
    return [
        make.statement(autumn, text, by=ake)
        for text in ("Parkbelysningen är trasig.", "Jag trivs i ÖSTBERGA.", "Bussarna går för sällan.")
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("belysning", ["Parkbelysningen är trasig."]),
        ("PARKBELYSNING", ["Parkbelysningen är trasig."]),
        ("östberga", ["Jag trivs i ÖSTBERGA."]),
        ("buss", ["Bussarna går för sällan."]),
        ("ostberga", ["Jag trivs i ÖSTBERGA."]),
        ('"O\u0308stberga"', ["Jag trivs i ÖSTBERGA."]),
        ("sallan", ["Bussarna går för sällan."]),
        ("gå", ["Bussarna går för sällan."]),
        ("trasig belysning", ["Parkbelysningen är trasig."]),
        ("100%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_words_and_parts_of_words(statements, typed, expected):
    assert [each.text for each in search_statements(Statement.objects.all(), typed)[0]] == expected


@pytest.mark.parametrize("typed", ["parkbelysnig", "parkbelynsingen", "trasgi parkbelysnig"])
def test_a_misspelt_word_finds_what_is_like_it_and_says_so(statements, ake, browse, typed):
    page = browse(ake).get(reverse("coordinate:statements", args=["ostberga"]), {"q": typed}).text

    assert ("Parkbelysningen är trasig." in page, "Jag trivs" in page) == (True, False)
    assert "Ingen utsaga har just de orden. Det här liknar dem." in page


def test_a_word_that_is_there_is_no_guess_and_one_like_nothing_finds_nothing(statements, ake, browse):
    browser, address = browse(ake), reverse("coordinate:statements", args=["ostberga"])

    assert "liknar dem" not in browser.get(address, {"q": "belysning"}).text
    assert "Ingen utsaga passar" in browser.get(address, {"q": "helikopter"}).text


def test_raw_words_answer_no_questions(autumn):
    make.statement(autumn, "Hemlig sak.")

    assert not search_statements(Statement.objects.all(), "hemlig")[0].exists()


def test_the_translation_is_searched_too(ake, autumn):
    make.statement(autumn, "It is dark.", by=ake, translation="Det är mörkt i tunneln.")

    assert search_statements(Statement.objects.all(), "tunnel")[0].count() == 1


def test_perspectives_are_found_by_title_and_description(ake, ostberga):
    make.perspective(ostberga, ake, "Vi som vill se vägen", description="Parkbelysning och siktlinjer.")

    perspectives = search_perspectives(Perspective.objects.all(), "belysning")

    assert [str(each) for each in perspectives] == ["Vi som vill se vägen"]


def test_what_is_named_so_comes_before_what_is_only_described_so(ake, ostberga):
    make.perspective(ostberga, ake, "Vi som vill ha mörkt i sovrummet", description="Ljus in genom fönstret.")
    make.perspective(ostberga, ake, "Vi som saknar solljus")
    make.perspective(ostberga, ake, "Vi som vill ha ljus på vägen")

    perspectives = search_perspectives(Perspective.objects.all(), "ljus")

    # The annotation is unknown to the type of the QuerySet.
    assert list(perspectives.values_list("title__sv", "is_in_title")) == [  # type: ignore[misc]
        ("Vi som vill ha ljus på vägen", True),
        ("Vi som saknar solljus", True),
        ("Vi som vill ha mörkt i sovrummet", False),
    ]


def test_the_list_is_narrowed_by_where_statements_rest(ake, statements, ostberga, browse):
    perspective, theme = make.perspective(ostberga, ake), make.theme(ostberga)
    theme_editing.place(perspective=perspective, theme=theme, by=ake)
    perspectives.attach(statement=statements[0], perspective=perspective, by=ake)
    page, where = browse(ake), reverse("coordinate:statements", args=["ostberga"])

    for asked in ({"perspektiv": perspective.pk}, {"tema": theme.pk}):
        text = page.get(where, asked).text
        assert "1 utsaga, de senaste först" in text
        assert "Parkbelysningen" in text
    assert "2 utsagor" in page.get(where, {"perspektiv": "utan"}).text


def test_a_part_of_the_list_is_the_same_as_in_the_page(ake, statements, browse):
    page, where = browse(ake), reverse("coordinate:statements", args=["ostberga"])

    part = page.get(where, {"q": "buss"}, headers={"HX-Request": "true", "HX-Target": "statements_found"}).text

    assert part.strip() in page.get(where, {"q": "buss"}).text


def test_an_unreviewed_statement_shows_no_words(ake, autumn, browse):
    make.statement(autumn, "Mycket hemligt.")

    text = browse(ake).get(reverse("coordinate:statements", args=["ostberga"])).text

    assert "hemligt" not in text
    assert "Inte granskad än" in text


def test_fifty_statements_cost_as_many_queries_as_three(ake, statements, autumn, browse):
    page, where = browse(ake), reverse("coordinate:statements", args=["ostberga"])
    page.get(where)
    with CaptureQueriesContext(connection) as few:
        page.get(where)
    for number in range(57):
        make.statement(autumn, f"Utsaga {number}", by=ake)
    with CaptureQueriesContext(connection) as many:
        page.get(where)

    assert len(many) == len(few)
    assert not any("raw_text" in query["sql"] for query in many.captured_queries)
