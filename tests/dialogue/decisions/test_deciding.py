"""Bodies answer in their own forms; the decision's outcome and the activities that rest on it follow."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialogue.activities import activity_lifecycle, commitments
from dialogue.decisions import answering, expiring, requesting
from dialogue.models import Activity, PartDecision, StepChange
from dialogue.rules.activities import ActivityState, Part
from dialogue.rules.decisions import DecisionOutcome, FormOfDecision, PartState
from ostberga.lib.refusal import Refusal
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


@pytest.fixture
def may_decide(tova, polly):
    """Both officials have mandates to answer for their bodies."""


@pytest.fixture
def asked(lamps, ake, trafikkontoret, polisen, may_decide):
    """A decision that two bodies have been asked for."""
    question = requesting.DecisionRequest(title={"sv": "Fler lampor"}, ask="Ta in lamporna i årets plan?")
    bodies = {trafikkontoret: FormOfDecision.DELEGATION, polisen: FormOfDecision.AUTHORITY}
    return requesting.request(dialogue=lamps.dialogue, question=question, issues=[lamps], bodies=bodies, by=ake)


def yes(part, by, **more):
    facts = answering.DecisionFacts(delegation_item="4.2", decided_on=TODAY, **more)
    return answering.answer(part=part, answer=PartState.APPROVED, facts=facts, by=by)


def no(part, by):
    facts = answering.DecisionFacts(motivation="Pengarna räcker inte.", decided_on=TODAY)
    return answering.answer(part=part, answer=PartState.REFUSED, facts=facts, by=by)


def part_of(decision, slug):
    return decision.parts.get(organisation__slug=slug)


@pytest.fixture
def lit(asked, lamps, ake, trafikkontoret):
    """An activity that rests on the decision, with a body that has accepted to lead it."""
    activity = make.activity(lamps, ake, asked)
    make.commitment(activity, trafikkontoret, ake)
    return activity


@pytest.fixture
def started(lit, asked, tova, polly):
    """The same activity, running, when both bodies have approved."""
    yes(part_of(asked, "trafik"), tova)
    yes(part_of(asked, "polisen"), polly)
    activity_lifecycle.start(activity=lit, by=tova)
    return lit


def test_all_yes_is_in_force_and_one_is_not_enough(asked, tova, polly):
    first = yes(part_of(asked, "trafik"), tova).outcome
    last = yes(part_of(asked, "polisen"), polly).outcome

    assert (first, last) == (DecisionOutcome.PENDING, DecisionOutcome.IN_FORCE)


def test_one_no_is_a_no_to_the_whole(asked, tova, polly):
    yes(part_of(asked, "trafik"), tova)

    assert no(part_of(asked, "polisen"), polly).outcome == DecisionOutcome.REFUSED


def test_nobody_answers_for_another_body(asked, tova):
    with pytest.raises(Refusal) as refused:
        yes(part_of(asked, "polisen"), tova)

    assert refused.value.code == "may_not"


def test_an_answer_is_given_once_and_the_database_agrees(asked, tova):
    part = part_of(asked, "trafik")
    yes(part, tova)

    with pytest.raises(Refusal):
        no(part, tova)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.parts.filter(pk=part.pk).update(motivation="Något annat")


def test_a_reconsideration_that_says_no_pauses_what_runs_and_says_why(lamps, ake, polly, polisen, may_decide):
    held = make.decision(lamps, ake, polisen, answer=PartState.APPROVED)
    walks = make.activity(lamps, ake, held, state=ActivityState.RUNNING)
    question = requesting.DecisionRequest(title={"sv": "Kommunpolis på plats"}, ask="Kan ni fortsätta?")
    bodies = {polisen: FormOfDecision.AUTHORITY}
    again = requesting.request(
        dialogue=lamps.dialogue, question=question, issues=[lamps], bodies=bodies, by=ake, supersedes=held
    )
    assert Activity.objects.get(pk=walks.pk).state == ActivityState.RUNNING
    no(again.parts.get(), polly)
    walks.refresh_from_db()
    held.refresh_from_db()

    assert (walks.state, held.outcome) == (ActivityState.PAUSED, DecisionOutcome.SUPERSEDED)
    assert "Pengarna räcker inte." in walks.events.get().text


def test_a_reconsideration_that_says_yes_carries_the_activity(lamps, ake, polly, polisen, may_decide):
    held = make.decision(lamps, ake, polisen, answer=PartState.APPROVED)
    walks = make.activity(lamps, ake, held, state=ActivityState.RUNNING)
    question = requesting.DecisionRequest(title={"sv": "Kommunpolis på plats"}, ask="Kan ni fortsätta?")
    bodies = {polisen: FormOfDecision.AUTHORITY}
    again = requesting.request(
        dialogue=lamps.dialogue, question=question, issues=[lamps], bodies=bodies, by=ake, supersedes=held
    )
    yes(again.parts.get(), polly)
    walks.refresh_from_db()

    assert (walks.state, walks.started_under, walks.decision) == (ActivityState.RUNNING, again, again)


def test_an_activity_does_not_start_without_a_decision_in_force(asked, lit, tova, polisen):
    yes(part_of(asked, "trafik"), tova)

    with pytest.raises(Refusal, match=f"Det saknas ett beslut från {polisen}"):
        activity_lifecycle.start(activity=lit, by=tova)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=lit.pk).update(state=ActivityState.RUNNING)


def test_it_starts_when_all_have_said_yes(started, asked):
    assert (started.state, started.started_under) == (ActivityState.RUNNING, asked)


def test_a_decision_runs_out_and_what_runs_under_it_pauses(lamps, ake, polisen):
    yesterday = TODAY - dt.timedelta(days=1)
    held = make.decision(lamps, ake, polisen, answer=PartState.APPROVED, valid_until=yesterday)
    walks = make.activity(lamps, ake, held, state=ActivityState.RUNNING)

    assert (expiring.expire(), expiring.expire()) == (1, 0)
    walks.refresh_from_db()
    assert walks.state == ActivityState.PAUSED


def test_a_committee_needs_its_paragraph(asked, tova):
    part = part_of(asked, "trafik")
    part.form = FormOfDecision.COMMITTEE
    part.save()

    with pytest.raises(Refusal, match="Det saknas uppgifter: instans, paragraf, diarienummer"):
        yes(part, tova)


def test_when_the_day_slips_what_was_to_begin_before_it_is_flagged(asked, lit, ake):
    answering.move_deadline(part=part_of(asked, "trafik"), due_on=TODAY + dt.timedelta(days=40), by=ake)
    lit.refresh_from_db()

    assert "efter att aktiviteten skulle ha börjat" in lit.concern


def test_a_body_is_asked_and_says_yes_but(lamps, ake, tova, trafikkontoret):
    lit = make.activity(lamps, ake)
    asked = commitments.ask(activity=lit, organisation=trafikkontoret, part=Part.LEAD, what="Byt lamporna.", by=ake)
    may = dt.date(2027, 5, 1)
    commitments.counter(commitment=asked, offer="Ja, men i maj.", start=may, by=tova)
    commitments.accept_counter(commitment=asked, by=ake)
    lit.refresh_from_db()

    assert (asked.reply, asked.what, lit.start) == ("accepted", "Ja, men i maj.", may)


def test_a_move_is_never_edited(lamps, ake):
    change = StepChange.objects.create(round=lamps.rounds.get(), to_step=1, move="start", by=ake)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepChange.objects.filter(pk=change.pk).update(reason="Något annat")

    assert StepChange.objects.filter(pk=change.pk).update(told_at=timezone.now()) == 1


def test_what_paused_goes_on_under_another_decision(started, lamps, ake, tova, trafikkontoret):
    activity_lifecycle.pause(activity=started, by=tova, why="Beslutet omprövas.")
    other = make.decision(lamps, ake, trafikkontoret, answer=PartState.APPROVED)
    plan = activity_lifecycle.ActivityPlan(title=started.title, period=started.period)
    activity_lifecycle.edit(activity=started, plan=plan, decision=other, by=ake)
    activity_lifecycle.start(activity=started, by=tova)

    assert (started.state, started.started_under) == (ActivityState.RUNNING, other)


def test_when_one_has_said_no_the_others_are_no_longer_waited_for(asked, tova, polly):
    no(part_of(asked, "trafik"), tova)

    assert not PartDecision.objects.awaiting(polly).exists()
    with pytest.raises(Refusal, match="Beslutet är redan avgjort: avslaget"):
        yes(part_of(asked, "polisen"), polly)


def test_what_begins_later_says_from_when_the_decision_holds(lamps, ake, tova, trafikkontoret):
    held = make.decision(lamps, ake, trafikkontoret, answer=PartState.APPROVED, valid_from=dt.date(2099, 1, 1))
    early = make.activity(lamps, ake, held)
    make.commitment(early, trafikkontoret, ake)

    with pytest.raises(Refusal, match="gäller bara från 2099-01-01"):
        activity_lifecycle.start(activity=early, by=tova)
