"""Åke takes a list back after colleagues have worked with what came in: what they touched stays, and is told."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.codebook.perspectives import attach, create_perspective, detach, edit, oppose
from surveys.codebook.theme_editing import create_theme, edit_theme, place
from surveys.models import CodingEvent, Interview, ListImport, Perspective, Polarity, Statement, Theme
from surveys.statements.sources import Source

LIGHT, DARK = "Vi som vill ha ljus", "Vi som vill ha mörker"


@pytest.fixture
def codes(bring, form):
    """Two perspectives in themes, of which the import made the one."""
    bring("kodbok", f"Kod\tTema\n{LIGHT}\tLjus\n{DARK}\tLjus", True)
    return [Perspective.objects.get(title__sv=title) for title in (LIGHT, DARK)]


def titles(model):
    return sorted(str(row) for row in model.objects.all())


def describe(light, ostberga, by):
    edit(perspective=light, title=light.title, description="Lampor", is_dissenting=False, by=by)


def oppose_another(light, ostberga, by):
    other = create_perspective(collaboration=ostberga, title={"sv": "Vi som står emot"}, by=by)
    oppose(perspective=light, other=other, by=by)


def place_in_another(light, ostberga, by):
    place(perspective=light, theme=create_theme(collaboration=ostberga, title={"sv": "Eget"}, by=by), by=by)


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (describe, "den är ändrad"),
        (oppose_another, "polariteter"),
        (place_in_another, "perspektiv i teman"),
    ],
)
def test_a_perspective_that_a_colleague_touched_stays_and_is_told(codes, take_back, disa, touch, said):
    touch(codes[0], codes[0].collaboration, disa)
    page = take_back("kodbok")

    assert "1 används och står kvar" in page.text
    assert [name for name, _ in page.context["staying"]] == [LIGHT]
    assert said in page.context["staying"][0][1]
    assert (LIGHT in titles(Perspective), DARK in titles(Perspective)) == (True, False)
    assert Polarity.objects.count() == (touch is oppose_another)
    assert CodingEvent.objects.filter(perspective=codes[0]).exists()


def test_a_theme_that_was_there_or_was_described_since_stays(bring, take_back, ostberga, disa, form):
    create_theme(collaboration=ostberga, title={"sv": "Handgjort"}, description="Eget", by=disa)
    bring("kodbok", f"Kod\tTema\n{LIGHT}\tHandgjort; Ljus; Beskrivet", True)
    described = Theme.objects.get(title__sv="Beskrivet")
    edit_theme(theme=described, title=described.title, description="Om mörker", by=disa)
    page = take_back("kodbok")

    assert page.context["staying"] == []
    assert titles(Perspective) == []
    assert titles(Theme) == ["Beskrivet", "Handgjort"]


def test_a_statement_that_a_colleague_coded_stays_with_her_coding(bring, codes, take_back, disa):
    ListImport.objects.all().delete()
    bring("utsagor", f"Citat\tKod\nMer ljus\t{LIGHT}\nBra\t\nSläck\t{DARK}", True)
    coded, _, uncoded = Statement.objects.order_by("span_start")
    attach(statement=coded, perspective=codes[1], by=disa)
    detach(statement=uncoded, perspective=codes[1], by=disa)
    page = take_back("utsagor")

    assert [name for name, _ in page.context["staying"]] == ["Utsaga som inte är granskad"] * 2
    assert "Mer ljus" not in page.text
    assert coded.attachments.count() == 2
    assert uncoded.attachments.count() == 1
    assert Statement.objects.count() == 2
    assert Interview.objects.count() == 1


def test_the_page_says_before_what_stays(codes, open_import, disa):
    describe(codes[0], codes[0].collaboration, disa)
    page = open_import("kodbok")

    assert "1 försvinner om du tar tillbaka" in page.text
    assert [name for name, _ in page.context["staying"]] == [LIGHT]


def test_an_import_from_before_states_were_kept_takes_nothing_with_it(bring, codes, take_back):
    ListImport.objects.update(states={})
    page = take_back("kodbok")

    assert "2 används och står kvar" in page.text
    assert titles(Perspective) == [LIGHT, DARK]


def test_nothing_is_offered_when_nothing_would_go(codes, open_import):
    assert "2 försvinner" in open_import("kodbok").text
    codes[1].delete()
    assert "1 försvinner" in open_import("kodbok").text

    ListImport.objects.update(states={})
    page = open_import("kodbok")
    assert "Ingenting skulle försvinna" in page.text
    assert "Ta tillbaka importen" not in page.text


@pytest.mark.usefixtures("form")
def test_an_import_that_made_only_themes_is_taken_back(bring, open_import, take_back, disa):
    bring("kodbok", "Kod\tTema\n\tLjus\n\tMörker\n\tBeskrivet", True)
    described = Theme.objects.get(title__sv="Beskrivet")
    edit_theme(theme=described, title=described.title, description="Om mörker", by=disa)
    page = open_import("kodbok")

    assert "2 teman som kom till med raderna försvinner om du tar tillbaka." in page.text
    take_back("kodbok")
    assert titles(Theme) == ["Beskrivet"]
    assert "Ingenting skulle försvinna" not in open_import("kodbok").text


def test_the_page_says_which_themes_go_with_the_perspectives(codes, open_import, disa):
    assert "1 tema som kom till med raderna försvinner också." in open_import("kodbok").text
    describe(codes[0], codes[0].collaboration, disa)
    assert "som kom till med raderna" not in open_import("kodbok").text


def test_the_text_is_locked_before_the_statements_that_are_cut_from_it(bring, take_back, form):
    bring("utsagor", "Citat\nMer ljus\nSläck", True)
    with CaptureQueriesContext(connection) as queries:
        take_back("utsagor")
    locked = re.findall(r'FROM "surveys_(interview|statement)"[^;]*?FOR UPDATE', "; ".join(q["sql"] for q in queries))

    assert locked == ["interview", "statement"]
    assert not Interview.objects.exists()


def test_line_ends_of_other_systems_move_no_statement(bring, codes, autumn):
    ListImport.objects.all().delete()
    bring("utsagor", 'Citat\n"En rad\r\noch en till"\nTvå', True)
    talk = Interview.objects.get()

    assert [Source(talk).text[row.span_start : row.span_end] for row in Statement.objects.order_by("span_start")] == [
        "En rad\noch en till",
        "Två",
    ]
