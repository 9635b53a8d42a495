"""Åke searches, chooses among and sorts his lists by their addresses, which he can keep and send on."""

import datetime as dt

import pytest

from dialogue.rules.staircase import Step
from tests import factories as make

pytestmark = pytest.mark.django_db
PLACE = "/samordna/ostberga"


@pytest.fixture
def lists(browse, ake, ostberga, talk, tova):
    """Two of each thing, told apart by the words Lampor and Bryggan; and the same words in another collaboration."""
    elsewhere = make.dialogue(make.collaboration("annanstans"))
    make.issue(elsewhere, "Lampor annanstans")
    for number, word in enumerate(("Lampor i gången", "Bryggan vid sjön")):
        issue = make.issue(talk, word, slug=f"fraga-{number}", step=Step(number + 1))
        meeting = make.meeting(make.group(talk, ake, issue), ake)
        proposal = make.proposal(issue, ake, meeting=meeting, title={"sv": f"Förslag: {word}"})
        streets = make.organisation(f"Kontoret {number}")
        make.partnership(ostberga, streets)
        decision = make.decision(issue, ake, streets, proposal=proposal, title={"sv": f"Beslut: {word}"})
        begins = dt.date(2026, 3, 9 - number)
        make.activity(issue, ake, decision, title={"sv": f"Gör: {word}"}, start=begins, place=f"Plats {number}")
        make.official(make.user(f"person{number}@example.se", name=f"Person {word}"), streets)
    browser = browse(ake)
    return lambda path: browser.get(f"{PLACE}/{path}").text


def rows_of(text):
    """The list itself: what comes after its filter."""
    return text.partition('class="filter-bar"')[2].partition("</form>")[2]


def listed(text):
    """Which of the two stand in the list."""
    return [word for word in ("Lampor i gången", "Bryggan vid sjön") if word in rows_of(text)]


@pytest.mark.parametrize("path", ["fragor/", "forslag/", "beslut/", "aktiviteter/"])
def test_words_are_sought_in_the_list(lists, path):
    assert sorted(listed(lists(path)), reverse=True) == ["Lampor i gången", "Bryggan vid sjön"]
    assert listed(lists(f"{path}?q=bryggan+SJÖN")) == ["Bryggan vid sjön"]
    nothing = lists(f"{path}?q=finns-inte")
    assert "Inget stämmer med det du har valt." in nothing
    assert f'href="{PLACE}/{path}">Visa alla</a>' in nothing


@pytest.mark.parametrize("path", ["fragor/", "forslag/", "beslut/", "aktiviteter/"])
def test_the_order_is_in_the_address(lists, path):
    text = rows_of(lists(f"{path}?ordning=rubrik"))
    assert text.index("Bryggan vid sjön") < text.index("Lampor i gången")


def test_activities_are_sorted_by_when_they_begin_and_sought_by_place(lists):
    first, last = (rows_of(lists(f"aktiviteter/?ordning={order}")) for order in ("start", "-start"))

    assert first.index("Bryggan vid sjön") < first.index("Lampor i gången")
    assert last.index("Lampor i gången") < last.index("Bryggan vid sjön")
    assert listed(lists("aktiviteter/?q=plats+1")) == ["Bryggan vid sjön"]


def test_people_are_sought_by_name_and_organisation(lists):
    assert listed(lists("personer/?q=bryggan")) == ["Bryggan vid sjön"]
    assert listed(lists("personer/?q=kontoret+0")) == ["Lampor i gången"]


@pytest.mark.parametrize(
    ("address", "word"), [("fragor/?steg=1", "Lampor i gången"), ("fragor/?steg=2", "Bryggan vid sjön")]
)
def test_issues_are_chosen_by_step(lists, address, word):
    assert listed(lists(address)) == [word]


@pytest.mark.parametrize("query", ["steg=x", "ordning=drop", "visas=1", "page=-1"])
def test_what_is_no_choice_is_no_fault(lists, query):
    assert "Sakfrågor" in lists(f"fragor/?{query}")


def test_no_list_offers_or_shows_what_is_elsewhere(lists):
    for path in ("fragor/?q=annanstans", "forslag/", "beslut/", "aktiviteter/", "personer/"):
        assert "Lampor annanstans" not in lists(path)
