"""Sequences that someone in a hurry, or with bad intent, could try: none makes anything valid that should not be."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from actors.models import Letter
from dialogue.activities import activity_lifecycle, commitments
from dialogue.decisions import answering, requesting
from dialogue.models import Commitment, Decision
from dialogue.rules.activities import ActivityState, Part, Reply
from dialogue.rules.decisions import DecisionOutcome, FormOfDecision, PartState
from dialogue.staircase import climbing
from dialogue.worklists import reminding
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import token_hash
from tests import factories as make

Acts = dict[str, Any]  # the keyword arguments of an act
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


@pytest.fixture
def held(lamps, ake, tova, trafikkontoret):
    """A decision in force, by Tova's body."""
    return make.decision(lamps, ake, trafikkontoret, answer=PartState.APPROVED)


@pytest.fixture
def lit(held, lamps, ake, tova, trafikkontoret):
    """An activity running under the decision."""
    activity = make.activity(lamps, ake, held)
    make.commitment(activity, trafikkontoret, ake, replied_by=tova)
    activity_lifecycle.start(activity=activity, by=tova)
    return activity


def again(earlier, by, body, **when):
    """A decision that reconsiders the one in force, not yet answered."""
    question = requesting.DecisionRequest(title={"sv": "Igen"}, ask="Står ni fast?", **when)
    asked: Acts = {"issues": earlier.issues.all(), "bodies": {body: FormOfDecision.DELEGATION}, "supersedes": earlier}
    return requesting.request(dialogue=earlier.dialogue, question=question, by=by, **asked)


def say(decision, answer, by):
    facts = answering.DecisionFacts(decided_on=TODAY, delegation_item="1", motivation="Därför.")
    answering.answer(part=decision.parts.get(), answer=answer, facts=facts, by=by)


def state_of(thing):
    thing.refresh_from_db()
    return thing.state


def test_a_reconsideration_sent_back_and_asked_anew_replaces_the_first_decision_too(
    held, lit, ake, tova, trafikkontoret
):
    second = again(held, ake, trafikkontoret)
    say(second, PartState.SENT_BACK, tova)
    third = again(second, ake, trafikkontoret)
    say(third, PartState.APPROVED, tova)
    lit.refresh_from_db()

    assert Decision.objects.get(pk=held.pk).outcome == DecisionOutcome.SUPERSEDED
    assert (lit.state, lit.started_under) == (ActivityState.RUNNING, third)


def test_a_no_after_a_reconsideration_was_sent_back_pauses_what_runs_under_the_first(
    held, lit, ake, tova, trafikkontoret
):
    second = again(held, ake, trafikkontoret)
    say(second, PartState.SENT_BACK, tova)
    say(again(second, ake, trafikkontoret), PartState.REFUSED, tova)

    assert Decision.objects.get(pk=held.pk).outcome == DecisionOutcome.SUPERSEDED
    assert state_of(lit) == ActivityState.PAUSED


def test_what_runs_pauses_until_a_later_decision_has_begun_to_hold(held, lit, ake, tova, trafikkontoret):
    later = again(held, ake, trafikkontoret, valid_from=TODAY + 9 * DAY)
    say(later, PartState.APPROVED, tova)

    assert state_of(lit) == ActivityState.PAUSED
    assert lit.concern == f"Det nya beslutet gäller från {TODAY + 9 * DAY:%Y-%m-%d}."
    assert lit.decision == later


def test_what_runs_pauses_when_the_new_decision_has_already_run_out(held, lit, ake, tova, trafikkontoret):
    later = again(held, ake, trafikkontoret, valid_until=TODAY - DAY)
    say(later, PartState.APPROVED, tova)

    assert state_of(lit) == ActivityState.PAUSED


def test_a_decision_on_an_earlier_rounds_proposal_belongs_to_that_round(lamps, ake, trafikkontoret):
    proposal = make.proposal(lamps, ake, trafikkontoret)
    first = proposal.round
    type(lamps).objects.filter(pk=lamps.pk).update(step=5)
    climbing.begin_round(issue=lamps, by=ake, cause="Det blev mörkt igen.")
    asked: Acts = {"issues": [lamps], "bodies": {trafikkontoret: FormOfDecision.DELEGATION}, "proposal": proposal}
    question = requesting.DecisionRequest(title={"sv": "Lampor"}, ask="Får vi?")
    decision = requesting.request(dialogue=lamps.dialogue, question=question, by=ake, **asked)

    assert decision.about.get().round == first


def test_a_decision_about_a_proposal_is_about_its_issue(lamps, talk, ake, trafikkontoret):
    other = make.issue(talk, "Soporna")
    asked: Acts = {"issues": [other], "bodies": {trafikkontoret: FormOfDecision.DELEGATION}}
    question, proposal = requesting.DecisionRequest(title={"sv": "Lampor"}, ask="Får vi?"), make.proposal(lamps, ake)

    with pytest.raises(Refusal, match="Lamporna"):
        requesting.request(dialogue=talk, question=question, by=ake, proposal=proposal, **asked)


def test_the_whole_is_settled_on_the_day_the_last_body_said_yes(lamps, ake, tova, polly):
    bodies = {user: user.affiliations.get().organisation for user in (tova, polly)}
    decision = make.decision(lamps, ake, *bodies.values())
    for by, day in ((tova, TODAY), (polly, TODAY - 9 * DAY)):
        facts = answering.DecisionFacts(decided_on=day, delegation_item="1")
        part = decision.parts.get(organisation=bodies[by])
        answering.answer(part=part, answer=PartState.APPROVED, facts=facts, by=by)
    decision.refresh_from_db()

    assert (decision.outcome, decision.settled_on) == (DecisionOutcome.IN_FORCE, TODAY)


def test_nobody_promises_to_lead_what_has_ended(lamps, ake, polisen):
    box = make.registry(polisen)
    lit = make.activity(lamps, ake)
    asked = commitments.ask(activity=lit, organisation=polisen, part=Part.LEAD, what="Byt.", by=ake, email=box)
    activity_lifecycle.end(activity=lit, state=ActivityState.CANCELLED, outcome={"sv": "Det blev inte av."}, by=ake)

    with pytest.raises(Refusal, match="avslutad"):
        commitments.accept(commitment=asked, function="Chef")
    assert Commitment.objects.get(pk=asked.pk).reply == Reply.ASKED


def test_an_offer_is_not_taken_when_the_activity_has_ended(lamps, ake, polisen):
    lit = make.activity(lamps, ake)
    offer = make.commitment(lit, polisen, ake, reply=Reply.COUNTERED, answer="I maj.")
    activity_lifecycle.end(activity=lit, state=ActivityState.CANCELLED, outcome={"sv": "Det blev inte av."}, by=ake)

    with pytest.raises(Refusal, match="avslutad"):
        commitments.accept_counter(commitment=offer, by=ake)


def test_who_answered_by_link_is_told_that_the_offer_is_taken(lamps, ake, polisen):
    box, lit = make.registry(polisen), make.activity(lamps, ake)
    asked = commitments.ask(activity=lit, organisation=polisen, part=Part.LEAD, what="I mars?", by=ake, email=box)
    commitments.counter(commitment=asked, offer="I maj.", function="Chef")
    commitments.accept_counter(commitment=asked, by=ake)

    assert [letter.to for letter in Letter.objects.all() if "Nu är det ert åtagande" in letter.text] == [box]


def test_an_offer_is_not_taken_while_the_body_is_asked_anew(lamps, ake, polisen):
    lit = make.activity(lamps, ake)
    offer = make.commitment(lit, polisen, ake, reply=Reply.COUNTERED, answer="I maj.")
    commitments.ask(activity=lit, organisation=polisen, part=Part.LEAD, what="I april?", by=ake)

    with pytest.raises(Refusal, match="redan tillfrågad"):
        commitments.accept_counter(commitment=offer, by=ake)


def test_a_reminder_goes_to_the_colleagues_when_the_holder_has_left(held, lamps, ake, tova, trafikkontoret):
    colleague = make.user("kollega@ostberga.example")
    make.official(colleague, trafikkontoret)
    make.mandate(colleague, trafikkontoret, lamps.dialogue.collaboration)
    part = make.decision(lamps, ake, trafikkontoret).parts.get()
    type(part).objects.filter(pk=part.pk).update(held_by=tova, due_on=TODAY)
    tova.affiliations.update(since=TODAY - 9 * DAY, until=TODAY - DAY)
    reminding.remind_of_answers(TODAY)

    assert [letter.to for letter in Letter.objects.filter(kind="decision-reminder")] == [colleague.email]


def test_nothing_is_planned_or_proposed_in_a_round_that_is_closed(lamps, ake):
    type(lamps).objects.filter(pk=lamps.pk).update(step=5)
    climbing.close(issue=lamps, by=ake, answer={"sv": "Det blev ljust."})
    plan = activity_lifecycle.ActivityPlan(title={"sv": "Byt lampa"}, period=make.activity(lamps, ake).period)

    with pytest.raises(Refusal, match="ny omgång"):
        activity_lifecycle.plan(issue=lamps, plan=plan, by=ake)


@pytest.mark.parametrize("asked", ["abc", "9" * 30, "9" * 5000, "-1", "٣"])
def test_a_number_in_the_address_that_is_none_finds_nothing(ake, lamps, browse, asked):
    base, browser = f"/samordna/{lamps.dialogue.collaboration.slug}", browse(ake)
    for page in ("grupper/ny/?fraga", "forslag/nytt/?fraga", "forslag/nytt/?grupp", "beslut/nytt/?forslag"):
        assert browser.get(f"{base}/{page}={asked}").status_code in (200, 404)
    for page in ("aktiviteter/ny/?fraga", "beslut/nytt/?omprova", "beslut/nytt/?fraga", "aktiviteter/?organisation"):
        assert browser.get(f"{base}/{page}={asked}").status_code in (200, 404)


def test_a_link_can_be_answered_by_a_phone_that_says_no_more_than_its_origin(lamps, ake, polisen, browse):
    """With the policy no-referrer such a phone sends «Origin: null», which is refused."""
    token = "en-lank"
    asked = make.commitment(make.activity(lamps, ake), polisen, ake, reply=Reply.ASKED)
    hashed, until = token_hash(commitments.LINK, token), timezone.now() + DAY
    Commitment.objects.filter(pk=asked.pk).update(token_hash=hashed, expires_at=until)
    page = browse().get(f"/atagande/{token}/")

    assert page.headers["Referrer-Policy"] == "strict-origin"
