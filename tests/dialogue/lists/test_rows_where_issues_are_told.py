"""What lists say stands wherever it is told what was decided and done, always as the lists' word."""

import pytest
from django.urls import reverse

from dialogue.lists import listed_rows
from tests import factories as make
from tests import listed

RESULTS = "/ostberga/sa-gick-det/"
NOTHING = "Inget är gjort än."


@pytest.fixture
def lamps(talk):
    """A public issue in the dialogue."""
    return make.issue(talk, "Lamporna", slug="lamporna")


def text_of(browser, path):
    response = browser.get(path)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_all_that_was_done_holds_what_lists_say(lamps, ake, trafikkontoret, amina):
    assert NOTHING in text_of(amina, RESULTS)
    listed.decision(lamps, ake, trafikkontoret, paragraph="12")
    listed.activity(lamps, ake, trafikkontoret, reply_words="", title="Byt bänken")
    lamps.dialogue.collaboration.bump_public_version()
    text = text_of(amina, RESULTS)

    assert NOTHING not in text
    told = text[text.index("Enligt listor") :]
    for said in ("Lamporna byts enligt listan", "§ 12", "Byt bänken", "Trafikkontoret har inte bekräftat det."):
        assert said in told


def test_some_rows_of_an_issue_are_shown_and_the_rest_counted(lamps, ake, trafikkontoret, monkeypatch, amina):
    monkeypatch.setattr(listed_rows, "PER_ISSUE", 2)
    hidden = make.issue(lamps.dialogue, "Dold", published_at=None)
    for number in range(3):
        listed.decision(lamps, ake, trafikkontoret, title=f"Beslut {number}")
    listed.activity(hidden, ake, trafikkontoret, title="HEMLIGT")
    text = text_of(amina, RESULTS)

    assert [f"Beslut {number}" in text for number in range(3)] == [True, True, False]
    assert ("Fler rader i listorna: 1" in text, "HEMLIGT" in text) == (True, False)


def test_the_rows_cost_the_same_for_many_issues(lamps, talk, ake, trafikkontoret, count_queries):
    def tell():
        return listed_rows.issues_with_rows(talk.collaboration)

    listed.decision(lamps, ake, trafikkontoret)
    before = count_queries(tell)
    for number in range(3):
        issue = make.issue(talk, f"Fråga {number}", slug=f"fraga-{number}")
        listed.decision(issue, ake, trafikkontoret)
        listed.activity(issue, ake, trafikkontoret)

    assert (before, count_queries(tell), len(tell())) == (3, 3, 4)


def test_the_coordinator_reads_on_the_issue_what_residents_read(lamps, ake, trafikkontoret, browse):
    path = reverse("coordinate:issue", args=["ostberga", lamps.pk])
    before = text_of(browse(ake), path)
    listed.decision(lamps, ake, trafikkontoret)
    listed.activity(lamps, ake)
    text = text_of(browse(ake), path)

    assert "Enligt listor" not in before
    assert text.count("Inget här. Se «Enligt listor» nedan") == 2
    for said in ("Beslutat, enligt listan", "Lamporna byts enligt listan", "Lampor byts enligt listan", "beslut.xlsx"):
        assert said in text
