"""The coordinator's pages about decisions: requesting them and following the answers."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter
from dialogue.models import Decision
from dialogue.rules.decisions import PartState
from tests import factories as make

TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=20)


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


@pytest.fixture
def asked(ready, ake, trafikkontoret):
    return make.decision(ready, ake, trafikkontoret)


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def words(**more):
    return {"title_sv": "Fler lampor", "ask": "Ta in lamporna i planen?", "kind": "decision"} | more


def test_it_is_asked_from_a_proposal_that_fills_in_the_form(ready, ake, trafikkontoret, at_work):
    proposal = make.proposal(ready, ake, trafikkontoret)
    form = at_work.get(url("decision-new") + f"?forslag={proposal.pk}").context["form"]

    assert form["title_sv"].value() == "Fler lampor"
    assert form["issues"].value() == [ready.pk]
    assert form[f"beslutar_{trafikkontoret.pk}"].value() == "delegation"


def test_those_who_can_answer_get_a_letter(ready, ake, tova, at_work):
    trafikkontoret = ready.bodies.get()
    proposal = make.proposal(ready, ake, trafikkontoret)
    typed = words(due_on=SOON, issues=[ready.pk], **{f"beslutar_{trafikkontoret.pk}": "committee"})
    page = at_work.post(url("decision-new") + f"?forslag={proposal.pk}", typed, follow=True)
    decision = Decision.objects.get()

    assert (decision.proposal, decision.parts.get().due_on) == (proposal, SOON)
    assert Letter.objects.filter(to=tova.email, kind="decision-asked").count() == 1
    assert "nämndbeslut" in page.text


def test_a_decision_may_stand_by_itself(talk, polisen, trafikkontoret, at_work):
    bodies = {f"beslutar_{body.pk}": "accession" for body in (polisen, trafikkontoret)}
    at_work.post(url("decision-new"), words(kind="agreement", **bodies))
    decision = Decision.objects.get()

    assert (decision.kind, decision.proposal, decision.issues.count(), decision.parts.count()) == (
        "agreement",
        None,
        0,
        2,
    )


def test_without_anyone_to_decide_all_that_was_typed_stays(talk, at_work):
    page = at_work.post(url("decision-new"), words(title_ar="مصابيح", due_on="2015-01-01"))

    assert (page.status_code, "مصابيح" in page.text) == (422, True)
    assert "Välj minst en organisation som ska besluta." in page.text
    assert "Välj i dag eller en senare dag." in page.text


def test_a_form_that_a_body_can_not_decide_in_is_not_accepted(talk, polisen, at_work):
    page = at_work.post(url("decision-new"), words(**{f"beslutar_{polisen.pk}": "committee"}))

    assert page.status_code == 422


def test_a_body_with_nobody_to_answer_is_told_at_once(asked, at_work):
    page = at_work.get(url("decision", asked.pk)).text

    assert "Ingen på Trafikkontoret kan svara här." in page
    assert url("people") in page
    assert "Ingen på Trafikkontoret kan svara här." in at_work.get(url("decisions")).text


def test_it_is_not_told_when_somebody_can(asked, tova, at_work):
    assert "kan svara här" not in at_work.get(url("decision", asked.pk)).text


def test_a_late_answer_is_seen_and_gets_a_new_day(asked, tova, at_work):
    part = asked.parts.get()
    asked.parts.update(due_on=TODAY - dt.timedelta(days=1))
    late = at_work.get(url("decisions")).text
    at_work.post(url("decision-deadline", asked.pk, part.pk), {"due_on": SOON})
    part.refresh_from_db()

    assert "Försenat" in late
    assert part.due_on == SOON
    assert "Försenat" not in at_work.get(url("decision", asked.pk)).text


def test_what_was_to_begin_before_the_new_day_is_flagged(asked, ready, ake, at_work):
    activity = make.activity(ready, ake, asked)
    at_work.post(url("decision-deadline", asked.pk, asked.parts.get().pk), {"due_on": SOON})
    activity.refresh_from_db()

    assert "Se över tiden." in activity.concern
    assert activity.concern in at_work.get(url("decision", asked.pk)).text


def test_a_no_is_reconsidered_in_a_new_decision(ready, ake, trafikkontoret, at_work):
    before = make.decision(ready, ake, trafikkontoret, answer=PartState.REFUSED)
    there = url("decision-new") + f"?omprova={before.pk}"
    typed = words(issues=[ready.pk], **{f"beslutar_{trafikkontoret.pk}": "delegation"})
    linked = there in at_work.get(url("decision", before.pk)).text
    at_work.post(there, typed)
    again = at_work.post(there, typed)
    asked = Decision.objects.get(supersedes=before)

    assert (linked, asked.outcome) == (True, "pending")
    assert (again.status_code, "redan under omprövning" in again.text) == (409, True)


def test_what_waits_is_not_reconsidered(asked, at_work, trafikkontoret):
    typed = words(**{f"beslutar_{trafikkontoret.pk}": "delegation"})

    assert at_work.post(url("decision-new") + f"?omprova={asked.pk}", typed).status_code == 409


def test_the_list_costs_the_same_for_one_and_three(asked, ready, ake, at_work, count_queries):
    cost_of_one = count_queries(lambda: at_work.get(url("decisions")))
    for _ in range(2):
        make.decision(ready, ake, make.organisation())

    assert count_queries(lambda: at_work.get(url("decisions"))) == cost_of_one


@pytest.mark.parametrize("name", ["decisions", "decision-new", "decision", "decision-deadline"])
def test_for_everybody_else_it_does_not_exist(asked, elsewhere, stranger, browse, name):
    keys = {"decision": [asked.pk], "decision-deadline": [asked.pk, asked.parts.get().pk]}.get(name, [])
    there = url(name, *keys)

    assert [browser.get(there).status_code for browser in (elsewhere, browse(stranger))] == [404, 404]


def test_anothers_decision_is_no_ground_for_mine(asked, talk, ake, browse):
    far = make.collaboration("annanstans")
    make.coordinator(far, ake)
    make.dialogue(far)
    there = reverse("coordinate:decision-new", args=["annanstans"]) + f"?omprova={asked.pk}"

    assert browse(ake).get(there).status_code == 404
