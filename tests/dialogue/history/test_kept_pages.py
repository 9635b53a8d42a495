"""Public pages are kept for speed, hold nothing of the visitor, and change at once."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation
from dialogue.activities import activity_lifecycle, commitments
from dialogue.decisions import answering, requesting
from dialogue.groups import proposing
from dialogue.issues.creating import move_in_list, set_concerned_bodies, set_perspectives
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import FormOfDecision, PartState
from dialogue.staircase import climbing
from surveys.codebook import perspectives
from tests import factories as make
from tests.dialogue.lamps import build_lamps

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.KEEP_PUBLIC_PAGES = True


def test_a_kept_page_costs_no_query(ready, amina, count_queries):
    amina.get(ready.get_absolute_url())

    assert count_queries(lambda: amina.get(ready.get_absolute_url())) == 0


@pytest.mark.parametrize("verb", ["move", "describe", "concern", "rest_on"])
def test_an_edit_shows_at_once(ready, amina, ake, polisen, verb):
    new = make.perspective(ready.dialogue.collaboration, ake, "NYTT")
    words = {"slug": ready.slug, "title": ready.title, "description": {"sv": "NYTT"}, "next_up": {}}
    before = amina.get(ready.get_absolute_url()).text
    {
        "move": lambda: climbing.climb(issue=ready, by=ake, reason="NYTT"),
        "describe": lambda: ready.describe(by=ake, **words),
        "concern": lambda: set_concerned_bodies(issue=ready, bodies={polisen: "NYTT"}, by=ake),
        "rest_on": lambda: set_perspectives(issue=ready, perspectives=[new], by=ake),
    }[verb]()

    assert ("NYTT" in before, "NYTT" in amina.get(ready.get_absolute_url()).text) == (False, True)


def test_hiding_an_issue_takes_its_kept_page_away(ready, amina, ake):
    amina.get(ready.get_absolute_url())
    ready.unpublish(by=ake)

    assert amina.get(ready.get_absolute_url()).status_code == 404


def test_a_new_order_shows_at_once(ready, amina, ake):
    other = make.issue(ready.dialogue, "Soporna", position=1)
    before = amina.get("/ostberga/fragor/").text
    move_in_list(issue=other, steps=-1, by=ake)
    after = amina.get("/ostberga/fragor/").text

    assert [page.index("Lamporna") < page.index("Soporna") for page in (before, after)] == [True, False]


@pytest.mark.parametrize("path", ["/ostberga/", "/ostberga/fragor/", "/ar/ostberga/", "/ostberga/fragor/lamporna/"])
@pytest.mark.usefixtures("ready", "autumn")
def test_a_page_holds_nothing_of_its_visitor(browse, amina, ake, path):
    signed_in = browse(ake).get(path)
    page = amina.get(path)

    assert "csrf" not in page.text
    assert (page.cookies, signed_in.text) == ({}, page.text)


def test_the_staircase_shows_new_periods_at_once(talk, amina, ake, browse):
    amina.get("/ostberga/")
    there = reverse("coordinate:steps-round", args=["ostberga", talk.pk, 1])
    browse(ake).post(there, {f"steg-{make.stage(talk, 1).pk}-period": "hösten 2031"})

    assert "hösten 2031" in amina.get("/ostberga/").text


@pytest.fixture
def lamps(talk, ake, tova, autumn):
    """An issue with all that belongs to it; and Trafikkontoret has been asked once more."""
    stage = SimpleNamespace(**vars(build_lamps(talk, ake, autumn)))
    asked = make.decision(stage.issue, ake, *Organisation.objects.filter(slug="trafik"))
    stage.part, stage.tova, stage.ake = asked.parts.get(), tova, ake
    stage.draft = make.proposal(stage.issue, ake, title={"sv": "NYTT"}, stands_since=None, agreed_at=None, dissent="")
    stage.draft.sides.create(perspective=stage.light, side="answers")
    stage.standing = make.proposal(stage.issue, ake)
    return stage


def ask(lamps):
    question = requesting.DecisionRequest(title={"sv": "NYTT"}, ask="Får vi?")
    asked = {"issues": [lamps.issue], "bodies": {lamps.part.organisation: FormOfDecision.DELEGATION}, "by": lamps.ake}
    requesting.request(dialogue=lamps.issue.dialogue, question=question, **asked)


def answer(lamps):
    facts = answering.DecisionFacts(motivation="NYTT", decided_on=timezone.localdate())
    answering.answer(part=lamps.part, answer=PartState.REFUSED, facts=facts, by=lamps.tova)


def stand_behind(lamps):
    proposing.stand_behind(
        proposal=lamps.draft, meeting=lamps.draft.group.meetings.get(), dissent="Ingen", by=lamps.ake
    )


def end(lamps):
    activity_lifecycle.end(activity=lamps.activity, state=ActivityState.DONE, outcome={"sv": "NYTT"}, by=lamps.ake)


ACTS = {
    "ask": ask,
    "answer": answer,
    "stand_behind": stand_behind,
    "end": end,
    "withdraw": lambda lamps: proposing.withdraw(proposal=lamps.standing, reason="NYTT", by=lamps.ake),
    "tell": lambda lamps: activity_lifecycle.add_news(activity=lamps.activity, by=lamps.ake, text="NYTT"),
    "pause": lambda lamps: activity_lifecycle.pause(activity=lamps.activity, by=lamps.ake, why="NYTT"),
    "edit": lambda lamps: perspectives.edit(
        perspective=lamps.light, title={"sv": "NYTT"}, description="", is_dissenting=False, by=lamps.ake
    ),
}


@pytest.mark.parametrize("act", [*ACTS])
def test_what_happens_shows_at_once_in_the_story(lamps, amina, act):
    before = amina.get(lamps.issue.get_absolute_url()).text
    ACTS[act](lamps)

    assert ("NYTT" in before, "NYTT" in amina.get(lamps.issue.get_absolute_url()).text) == (False, True)


def test_the_day_a_committee_meets_shows_at_once(lamps, amina):
    amina.get(lamps.issue.get_absolute_url())
    answering.prepare(part=lamps.part, by=lamps.tova, meets_on=timezone.localdate())

    assert "Trafikkontoret tar upp frågan" in amina.get(lamps.issue.get_absolute_url()).text


def test_a_promise_shows_its_activity_at_once(lamps, amina, ake):
    wanted = make.activity(lamps.issue, ake, title={"sv": "NYTT"})
    asked = make.commitment(wanted, lamps.part.organisation, ake, reply="asked")
    before = amina.get("/ostberga/sa-gick-det/").text
    commitments.accept(commitment=asked, by=lamps.tova)

    assert ("NYTT" in before, "NYTT" in amina.get("/ostberga/sa-gick-det/").text) == (False, True)


@pytest.mark.parametrize("path", ["/ostberga/sa-gick-det/", "/ostberga/sa-gick-det/urval/part-trafik/", "activity"])
def test_results_are_kept_and_fresh(lamps, amina, ake, count_queries, path):
    path = path.replace("activity", f"/ostberga/sa-gick-det/{lamps.activity.pk}/")
    amina.get(path)
    cost = count_queries(lambda: amina.get(path))
    activity_lifecycle.end(activity=lamps.activity, state=ActivityState.DONE, outcome={"sv": "NYTT"}, by=ake)

    assert cost == 0
    assert "NYTT" in amina.get(path).text
