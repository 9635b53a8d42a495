"""«Så gick det»: results of every kind, filtered and paged."""

import pytest

from actors.models import Organisation
from dialogue.activities import activity_lifecycle
from dialogue.history import results
from dialogue.history.results import PER_PAGE
from dialogue.history.results_filter import ResultsFilter
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import PartState
from tests import factories as make
from tests.dialogue.lamps import build_lamps

HERE = "/ostberga/sa-gick-det/"


@pytest.fixture
def lamps(talk, ake, autumn):
    return build_lamps(talk, ake, autumn)


@pytest.fixture
def garden(lamps, ake, polisen):
    """The association's own garden, which did not turn out as they hoped."""
    club = make.organisation("Odlarlaget", slug="odlarlaget", kind=Organisation.Kind.ASSOCIATION)
    issue = make.issue(lamps.issue.dialogue, "Odling")
    decision = make.decision(issue, ake, polisen, answer=PartState.APPROVED)
    activity = make.activity(issue, ake, decision, title={"sv": "Odla bönor"})
    make.commitment(activity, club, ake)
    activity_lifecycle.start(activity=activity, by=ake)
    activity_lifecycle.end(
        activity=activity, state=ActivityState.NO_EFFECT, outcome={"sv": "Harar åt upp allt."}, by=ake
    )
    return activity


def shown(page):
    results = [result for issue in page.context["page"].issues for result in issue.results]
    return [str(result.activity or result.decision) for result in results]


def test_said_decided_and_done_stand_together(lamps, ake, amina):
    activity_lifecycle.end(activity=lamps.activity, state=ActivityState.DONE, outcome={"sv": "Det lyser."}, by=ake)
    text = amina.get(HERE).text
    steps = ["Byt 22 lampor", "Klar", "Vi som vill se", "Vi som vill sova", "Fler lampor i årets plan", "Det lyser."]

    assert sorted(steps, key=lambda step: text.index(step, text.index("<h2"))) == steps


def test_a_failure_and_a_no_are_told_as_openly(garden, lamps, ake, polisen, amina):
    make.decision(lamps.issue, ake, polisen, answer=PartState.REFUSED, title={"sv": "Kameror"})
    page = amina.get(HERE)

    assert set(shown(page)) == {"Odla bönor", "Byt 22 lampor", "Kameror"}
    assert "Harar åt upp allt." in page.text
    assert "Svaret blev nej" in page.text


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("part-trafik", ["Byt 22 lampor"]),
        ("lage-utan-effekt", ["Odla bönor"]),
        ("boende-ja", ["Odla bönor"]),
        ("part-odlarlaget.lage-utan-effekt.boende-ja", ["Odla bönor"]),
    ],
)
def test_one_can_choose_what_to_see(garden, amina, words, seen):
    assert shown(amina.get(f"{HERE}urval/{words}/")) == seen


def test_a_focus_area_can_be_chosen_by_its_name(garden, lamps, amina, ostberga):
    plan = ostberga.plans.create(title="Plan", starts_on="2017-01-01")
    type(garden).objects.filter(pk=garden.pk).update(focus_area=plan.focus_areas.create(name="Trygg och hel utemiljö"))

    assert shown(amina.get(f"{HERE}urval/fokus-trygg-och-hel-utemiljo/")) == ["Odla bönor"]


def test_the_form_leads_to_an_address_that_can_be_kept(garden, amina):
    page = amina.get(HERE, {"fokus": "", "part": "odlarlaget", "boende": "ja"})

    assert page.url == f"{HERE}urval/part-odlarlaget.boende-ja/"
    assert amina.get(HERE, {"part": ""}).url == HERE


@pytest.mark.parametrize(
    "words", ["part-finns-inte", "boende-kanske", "boende-ja.part-trafik", "part-trafik.part-trafik", "skrot", "a-b"]
)
def test_nobody_fills_the_shelf_with_made_up_addresses(garden, amina, words):
    assert amina.get(f"{HERE}urval/{words}/").status_code == 404


def test_a_choice_nothing_fits_says_so(garden, amina):
    assert "Inget passar med det du valde." in amina.get(f"{HERE}urval/part-trafik.boende-ja/").text


def test_before_anything_has_happened_the_page_says_so(talk, amina):
    assert "Inget är gjort än." in amina.get(HERE).text


def test_what_happened_last_comes_first_and_no_voice_is_counted(garden, lamps, amina):
    type(garden).objects.filter(pk=garden.pk).update(ended_on="2017-01-01")

    assert shown(amina.get(HERE)) == ["Byt 22 lampor", "Odla bönor"]


def test_the_front_shows_the_last_ends_of_whatever_kind(garden, lamps, polisen, amina, ostberga):
    by = lamps.decision.requested_by
    make.decision(lamps.issue, by, polisen, answer=PartState.REFUSED, title={"sv": "Kameror"})
    page = amina.get("/ostberga/")

    assert {str(result.activity or result.decision) for result in results.list_latest(ostberga)} == {
        "Odla bönor",
        "Kameror",
    }
    assert page.text.index("Kameror") < page.text.index("Rapporter</h2>")


def test_the_words_of_an_address_are_those_the_form_writes():
    choice = ResultsFilter(fokus="lek", lage="klar")

    assert ResultsFilter.from_words(choice.words) == choice


def test_two_rounds_at_once_say_which_is_which(talk, amina):
    for number, step in ((1, 5), (2, 1)):
        talk.steps.create(round_number=number, stage=make.stage(talk, step), start="2016-01-01", end=None)
    page = amina.get("/ostberga/").text

    assert "Här är vi nu i omgång 1" in page
    assert "Här är vi nu i omgång 2" in page


def test_many_results_are_turned_page_by_page(talk, ake, trafikkontoret, amina):
    issue = make.issue(talk, "Lamporna", slug="lamporna")
    held = make.decision(issue, ake, trafikkontoret, answer="approved")
    for number in range(PER_PAGE + 1):
        make.activity(issue, ake, held, state="running", title={"sv": f"Lampa {number:02}"})
    first, last = amina.get("/ostberga/sa-gick-det/"), amina.get("/ostberga/sa-gick-det/urval/sida-2/")
    titles = [f"Lampa {number:02}" for number in range(PER_PAGE + 1)]

    assert [sum(title in page.text for page in (first, last)) for title in titles] == [1] * len(titles)
    assert "/ostberga/sa-gick-det/urval/sida-2/" in first.text
    assert amina.get("/ostberga/sa-gick-det/urval/sida-3/").status_code == 404


def test_a_yes_that_nothing_rests_on_yet_is_told_with_its_condition(talk, ake, trafikkontoret, amina):
    issue = make.issue(talk, "Bänken", slug="banken")
    yes = {"outcome": "in_force", "title": {"sv": "En ny bänk"}}
    decision = make.decision(issue, ake, trafikkontoret, answer=PartState.CONDITIONS, **yes)
    before = amina.get(HERE).text
    make.commitment(make.activity(issue, ake, decision, title={"sv": "Bygg bänken"}), trafikkontoret, ake)
    talk.collaboration.bump_public_version()
    after = amina.get(HERE).text

    for said in ("En ny bänk", "Svaret blev ja", "Efter budgeten."):
        assert said in before
    assert ("Svaret blev ja" in after, "Bygg bänken" in after) == (False, True)
