"""The coordinator's search: what it finds, where hits lead, and what it never finds."""

import datetime as dt
import re
import unicodedata

import pytest
from django.utils import timezone

from dialogue.history import search
from dialogue.models import Adjustment, Follower, MinuteItem, PublishedReport
from tests import factories as make
from tests import listed

SEARCH = "/samordna/ostberga/sok/"
NOW, TODAY = timezone.localtime(), timezone.localdate()


@pytest.fixture
def decided(ready, ake, tova):
    """A proposal about parkbelysning from a meeting, the yes to it, and what is to be done."""
    body = tova.affiliations.get().organisation
    meeting = make.meeting(make.group(ready.dialogue, ake, ready), ake, approved_on=None)
    MinuteItem.objects.create(meeting=meeting, text="Parkbelysningen först.", is_inner=True, edited_by=ake)
    proposal = make.proposal(ready, ake, body, meeting=meeting, title={"sv": "Bättre parkbelysning"})
    asked = make.decision(ready, ake, answer="approved", proposal=proposal)
    answer = {"answer": "approved", "answered_by": ake, "answered_at": NOW, "decided_on": TODAY}
    answer |= make.answered_under(body, ake)
    asked.parts.create(organisation=body, form="delegation", motivation="Parkbelysning ryms i årets plan.", **answer)
    make.commitment(make.activity(ready, ake, asked, title={"sv": "Byt parkbelysning"}), body, ake)
    return ready


@pytest.fixture
def documented(decided, ake):
    """And a report, a letter and an adjustment about it, so that there is a hit of every kind."""
    talk, days = decided.dialogue, {"sent_on": TODAY, "reply_due": TODAY, "registered_by": ake}
    PublishedReport.objects.create(dialogue=talk, slug="varen", title="Våren och parkbelysningen")
    letter = {"subject": {"sv": "Parkbelysning vid bussen"}, "text": "Hej", "round": decided.rounds.get()}
    decided.outside_questions.create(addressee=make.organisation(), **letter, **days)
    words = {"what": "Parkbelysning först", "why": "Mörkt", "who": "Alla"}
    Adjustment.objects.create(collaboration=talk.collaboration, registered_by=ake, **words)
    return decided


def hits(collaboration, typed):
    return {group.name: len(group.hits) for group in search.search(collaboration, typed).groups}


def test_a_part_of_a_word_finds_every_kind(documented):
    type(documented).objects.update(description={"sv": "Om parkbelysning."})

    assert hits(documented.dialogue.collaboration, "belysning") == {
        "Sakfrågor": 1,
        "Beslut": 1,
        "Förslag": 1,
        "Möten": 1,
        "Rapporter": 1,
        "Aktiviteter": 1,
        "Till dem utanför": 1,
        "Ändrat arbetssätt": 1,
    }


def test_dialogues_perspectives_and_rows_of_lists_are_found(documented, ake, tova, browse):
    place, body = documented.dialogue.collaboration, tova.affiliations.get().organisation
    park = make.dialogue(place, title={"sv": "Bänkarna"}, slug="parken", has_own_address=True, is_current=False)
    seen = make.perspective(place, ake, "Vi som vill sitta på bänkar")
    listed.decision(documented, ake, body, title="Nya bänkar")
    listed.activity(documented, ake, body, title="Bänkar i parken")

    assert hits(place, "bänkar") == {"Enligt listor": 2, "Dialoger": 1, "Perspektiv": 1}
    page = browse(ake).get(SEARCH, {"q": "bänkar"}).text
    for address in (f"dialog/{park.pk}", f"perspektiv/{seen.pk}", "enligt-listor/beslut", "enligt-listor/aktiviteter"):
        assert f'href="/samordna/ostberga/{address}/"' in page


@pytest.mark.parametrize("typed", ["PARKBELYSNING", "parkbelysningar", "park belysning", "  ryms   plan "])
def test_words_are_found_whatever_their_case_form_and_order(documented, typed):
    assert hits(documented.dialogue.collaboration, typed)["Beslut"] == 1


def test_all_words_must_be_there(documented):
    assert hits(documented.dialogue.collaboration, "parkbelysning helikopter") == {}


def test_why_we_decided_is_three_clicks_away(documented, ake, browse):
    browser = browse(ake)
    listed = browser.get(SEARCH, {"q": "årets plan"}).text.split("<h2", 1)[1]
    ((story, place),) = re.findall(r'href="(/ostberga/fragor/lamporna/)#(beslut-\d+)"', listed)
    page = browser.get(story).text

    assert f'id="{place}"' in page
    assert "Bättre parkbelysning" in page
    assert "<mark>årets</mark> <mark>plan</mark>" in listed


def test_what_nobody_sees_yet_opens_in_the_workshop(documented, ake, browse):
    type(documented).objects.update(published_at=None)
    page = browse(ake).get(SEARCH, {"q": "parkbelysning"}).text

    assert "/ostberga/fragor/lamporna/" not in page.replace("/samordna/ostberga/fragor/", "")
    assert f'href="/samordna/ostberga/fragor/{documented.pk}/"' in page


def test_what_people_said_and_who_follows_is_never_found(documented, autumn, ake):
    make.statement(autumn, "Grannen i port 14 skrattar")
    make.statement(autumn, "Skrattet ekar", by=ake)
    make.interview(autumn, ake, "Hon skrattade")
    Follower.objects.create(email="skratt@example.se")

    assert hits(documented.dialogue.collaboration, "skratt") == {}


def test_another_collaborations_things_are_not_found(documented, elsewhere):
    assert elsewhere.get(SEARCH, {"q": "parkbelysning"}).status_code == 404
    page = elsewhere.get("/samordna/annanstans/sok/", {"q": "parkbelysning"}).text

    assert "Inget hittades" in page
    assert "Lamporna" not in page


def test_a_struck_line_is_not_found(documented):
    MinuteItem.objects.update(removed_at=NOW)

    assert "Möten" not in hits(documented.dialogue.collaboration, "parkbelysningen först")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Resultatet leder till frågans berättelse"),
        ("a", "Skriv minst två bokstäver"),
        ("   ", "Resultatet leder till frågans berättelse"),
        ("ordet " * 60, "Texten var lång"),
        ("finnsinte", "Inget hittades"),
        ("'); drop table & | ! <->", "Inget hittades"),
        ("%_\\", "Inget hittades"),
    ],
)
def test_odd_questions_are_met_kindly(documented, ake, browse, typed, says):
    page = browse(ake).get(SEARCH, {"q": typed})

    assert page.status_code == 200
    assert says in page.text


def test_what_was_typed_and_found_is_escaped(documented, ake, browse):
    type(documented).objects.update(title={"sv": "<script>alert(1)</script> lampor"})
    page = browse(ake).get(SEARCH, {"q": '<script>alert(1)</script>"'}).text
    other = browse(ake).get(SEARCH, {"q": "script"}).text

    assert "<script>alert" not in page + other
    assert "&lt;<mark>script</mark>&gt;" in other


def test_the_newest_comes_first(documented, ake):
    old = make.decision(documented, ake, title={"sv": "Parkbelysning förr"}, requested_at=NOW - dt.timedelta(days=900))
    (decisions,) = [
        group for group in search.search(documented.dialogue.collaboration, "park").groups if group.name == "Beslut"
    ]

    assert [hit.on for hit in decisions.hits] == [TODAY, timezone.localdate(old.requested_at)]


def test_a_search_costs_the_same_however_much_is_found(documented, ake, count_queries):
    place = documented.dialogue.collaboration
    few = count_queries(lambda: search.search(place, "park"))
    for number in range(3):
        issue = make.issue(documented.dialogue, f"Parkfråga {number}")
        make.activity(issue, ake, make.decision(issue, ake, title={"sv": "Park"}), title={"sv": "Park"})

    assert count_queries(lambda: search.search(place, "park")) == few


@pytest.mark.parametrize(
    "typed",
    [
        *("gangstrak", "GÅNGSTRÅK", '"gångstråk"', "”gångstråk”", unicodedata.normalize("NFD", "gångstråk")),
        *("gångstråken", "gangstraken", "gång", "ostberga", '"gångstråk i östberga"'),
    ],
)
def test_words_are_found_with_and_without_accents_and_quotes(ready, typed):
    type(ready).objects.update(title={"sv": "Ett tryggt gångstråk i Östberga"})
    result = search.search(ready.dialogue.collaboration, typed)

    assert ([group.name for group in result.groups], result.is_guess) == (["Sakfrågor"], False)


def test_a_text_that_was_typed_on_a_mac_is_found(ready):
    type(ready).objects.update(title={"sv": unicodedata.normalize("NFD", "Ett tryggt gångstråk")})

    assert hits(ready.dialogue.collaboration, "gångstråk") == {"Sakfrågor": 1}


@pytest.mark.parametrize("typed", ["gångståk", "gagnstråk", "gangstak", "ostberja", "tryggt gångståk"])
def test_a_misspelt_word_finds_what_is_like_it_and_says_so(ready, ake, browse, typed):
    type(ready).objects.update(title={"sv": "Ett tryggt gångstråk i Östberga"})
    page = browse(ake).get(SEARCH, {"q": typed}).text

    assert hits(ready.dialogue.collaboration, typed) == {"Sakfrågor": 1}
    assert "Inget har just de orden. Det här liknar dem." in page


@pytest.mark.parametrize("typed", ["helikopter", "ljud", "'' ..", '"östberga gångstråk"'])
def test_what_is_like_nothing_finds_nothing(ready, typed):
    type(ready).objects.update(title={"sv": "Ett tryggt gångstråk i Östberga"}, description={"sv": "Lampor"})

    assert hits(ready.dialogue.collaboration, typed) == {}


@pytest.mark.parametrize("typed", ["parkbelysning", "parkbelysnig"])
def test_a_search_costs_the_same_for_one_and_three(documented, ake, count_queries, typed):
    collaboration = documented.dialogue.collaboration
    queries_for_one = count_queries(lambda: search.search(collaboration, typed))
    for number in range(2):
        make.issue(documented.dialogue, f"Parkbelysning {number}")

    assert count_queries(lambda: search.search(collaboration, typed)) == queries_for_one
