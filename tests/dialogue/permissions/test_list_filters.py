"""Åke searches, chooses among and sorts his lists by their addresses, which he can keep and send on."""

import datetime as dt
from urllib.parse import quote

import pytest

from actors.models import Organisation, User
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
        proposal = make.proposal(issue, ake, meeting=meeting, title={"sv": f"Förslag: {word}"}, what={"sv": word})
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


@pytest.mark.parametrize("path", ["fragor/", "forslag/", "beslut/", "aktiviteter/", "personer/"])
@pytest.mark.parametrize("typed", ["gangen", "GÅNG", "lampa", "lampor i gången", '"lampor i"', "ga\u030angen"])
def test_accents_endings_and_quotes_do_not_count(lists, path, typed):
    assert listed(lists(f"{path}?q={quote(typed)}")) == ["Lampor i gången"]


def test_people_and_organisations_are_sought_by_what_they_were_called_and_stand_once(lists, browse, ake):
    person = User.objects.get(email="person1@example.se")
    for number, name in enumerate(("Siv Ek", "Siv Ask")):
        person.former_names.create(name=name, until=f"2026-0{number + 1}-01")
    Organisation.objects.get(name="Kontoret 1").former_names.create(name="Gatunämnden", short_name="GN")

    for typed in ("siv", "siv+ask", "gatunamnden", "GN"):
        assert rows_of(lists(f"personer/?q={typed}")).count("person1@example.se") == 1, typed
    assert listed(lists("personer/?q=siv+lampor")) == []


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
