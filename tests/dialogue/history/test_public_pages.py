"""What a resident sees of the dialogue and its issues."""

import pytest
from django.utils import timezone

from dialogue.models import IssuePerspective
from surveys.models import Attachment, Polarity
from tests import factories as make


@pytest.fixture
def lamps(talk, ake, autumn):
    """An issue with two opposite perspectives and a quote under each."""
    issue = make.issue(talk, "Belysning på gångstråket")
    sides = [
        make.perspective(talk.collaboration, ake, title) for title in ("Vi som vill ha mer ljus", "Vi som vill sova")
    ]
    for side, words in zip(sides, ("Sätt upp fler lampor.", "Lys inte in i mitt sovrum."), strict=True):
        said = make.statement(autumn, words, by=ake)
        Attachment.objects.create(statement=said, perspective=side, attached_by=ake)
        IssuePerspective.objects.create(issue=issue, perspective=side, linked_by=ake)
    Polarity.objects.create(one=sides[0], other=sides[1])
    return issue


def test_the_guiding_question_comes_first(talk, autumn, amina):
    page = amina.get("/ostberga/").content.decode()

    assert page.index("Vad ger trivsel och trygghet?") < page.index("Så går det till")
    assert autumn.survey.channels.get().get_absolute_url() in page


def test_both_sides_of_a_polarity_are_shown(lamps, amina):
    page = amina.get(lamps.get_absolute_url()).content.decode()

    assert "Sätt upp fler lampor." in page
    assert "Lys inte in i mitt sovrum." in page


def test_a_statement_put_in_quarantine_is_gone_from_the_page(lamps, amina):
    said = lamps.perspectives.first().statements.get()
    said.state, said.state_note = "quarantined", "Hot"
    said.save()

    assert said.text not in amina.get(lamps.get_absolute_url()).content.decode()


def test_a_merged_perspective_is_told_as_the_one_it_became(lamps, amina, ake, talk):
    old = lamps.perspectives.first()
    old.merged_into = make.perspective(talk.collaboration, ake, "Vi som vill se och synas")
    old.save()
    page = amina.get(lamps.get_absolute_url()).content.decode()

    assert "Vi som vill se och synas" in page
    assert old.statements.get().text in page


def test_an_issue_page_costs_the_same_whatever_it_holds(lamps, amina, ake, talk, count_queries):
    few = count_queries(lambda: amina.get(lamps.get_absolute_url()))
    for number in range(5):
        more = make.perspective(talk.collaboration, ake, f"Vi {number}")
        IssuePerspective.objects.create(issue=lamps, perspective=more, linked_by=ake)

    assert count_queries(lambda: amina.get(lamps.get_absolute_url())) == few


def test_an_unpublished_issue_is_not_found(lamps, amina):
    lamps.published_at = None
    lamps.save()

    assert amina.get(lamps.get_absolute_url()).status_code == 404


def test_an_issue_that_has_its_answer_is_listed_as_closed_until_a_new_round(talk, ake, amina):
    issue = make.issue(talk, "Soporna", step=5)
    closed = {"answer": {"sv": "Nu är det rent."}, "closed_at": timezone.now(), "closed_by": ake}
    issue.rounds.update(**closed)
    before = amina.get("/ostberga/fragor/").text
    issue.rounds.create(number=2)

    assert "Avslutade: de som frågade har fått svar" in before
    assert "Avslutade:" not in amina.get("/ostberga/fragor/").text
