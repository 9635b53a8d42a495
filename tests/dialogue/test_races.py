"""Two people act at the same time. One succeeds, the other is refused, and the data stays consistent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from actors.mandates import confirming, ending, proposing
from actors.models import Letter
from dialogue.activities import activity_lifecycle, commitments
from dialogue.batching import dialogue_batch
from dialogue.decisions import answering, requesting, withdrawing
from dialogue.models import Activity, Commitment, Decision, Issue
from dialogue.pulse import pulse_answers
from dialogue.rules.activities import ActivityState, Part, Reply
from dialogue.rules.decisions import DecisionOutcome, FormOfDecision, PartState
from dialogue.staircase import climbing
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import token_hash
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


@pytest.fixture
def may_decide(tova, polly):
    """Both officials have their mandates."""


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Do all of these at once, each on its own connection. Returns «done» or the code of the refusal for each."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            ready.wait()
            act()
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def say(part, answer, by):
    facts = answering.DecisionFacts(decided_on=timezone.localdate(), delegation_item="1", motivation="Därför.")
    return lambda: answering.answer(part=part, answer=answer, facts=facts, by=by)


def again(lamps, ake, earlier, body):
    """A decision that reconsiders the one in force, not yet answered."""
    question = requesting.DecisionRequest(title={"sv": "Igen"}, ask="Står ni fast?")
    asked = {"issues": [lamps], "bodies": {body: FormOfDecision.DELEGATION}, "supersedes": earlier}
    return requesting.request(dialogue=lamps.dialogue, question=question, by=ake, **asked)


@pytest.mark.usefixtures("may_decide")
def test_two_last_answers_at_once_make_a_whole(lamps, ake, tova, polly):
    bodies = [user.affiliations.get().organisation for user in (tova, polly)]
    asked = make.decision(lamps, ake, *bodies)
    parts = [asked.parts.get(organisation=body) for body in bodies]

    assert at_once(say(parts[0], PartState.APPROVED, tova), say(parts[1], PartState.APPROVED, polly)) == ["done"] * 2
    assert Decision.objects.get(pk=asked.pk).outcome == DecisionOutcome.IN_FORCE


def test_the_same_answer_twice_is_given_once(lamps, ake, tova, trafikkontoret, may_decide):
    part = make.decision(lamps, ake, trafikkontoret).parts.get()
    acts = [say(type(part).objects.get(pk=part.pk), PartState.APPROVED, tova) for _ in range(2)]

    assert at_once(*acts) == ["answered", "done"]
    assert part.decision.events.filter(what="answered").count() == 1


@pytest.mark.parametrize("attempt", range(4))
def test_a_refusal_against_a_start_never_leaves_it_running(lamps, ake, tova, may_decide, attempt):
    body = tova.affiliations.get().organisation
    held = make.decision(lamps, ake, body, answer=PartState.APPROVED)
    lit = make.activity(lamps, ake, held)
    make.commitment(lit, body, ake)
    refusal = say(again(lamps, ake, held, body).parts.get(), PartState.REFUSED, tova)
    at_once(lambda: activity_lifecycle.start(activity=Activity.objects.get(pk=lit.pk), by=tova), refusal)
    lit.refresh_from_db()

    assert Decision.objects.get(pk=held.pk).outcome == DecisionOutcome.SUPERSEDED
    assert lit.state in (ActivityState.PLANNED, ActivityState.PAUSED)


def test_a_link_used_twice_at_once_answers_once(lamps, ake, trafikkontoret):
    lit, box = make.activity(lamps, ake), make.registry(trafikkontoret)
    asked = commitments.ask(activity=lit, organisation=trafikkontoret, part=Part.LEAD, what="Byt.", by=ake, email=box)
    copies = [Commitment.objects.get(pk=asked.pk) for _ in range(2)]
    acts = [lambda copy=copy: commitments.accept(commitment=copy, function="Förvaltare") for copy in copies]

    assert at_once(*acts) == ["answered", "done"]


def test_two_bodies_that_say_yes_to_lead_at_once_make_one_lead(lamps, ake, trafikkontoret, polisen):
    lit = make.activity(lamps, ake)
    boxes = {body: make.registry(body) for body in (trafikkontoret, polisen)}
    requests = [make.commitment(lit, body, ake, reply=Reply.ASKED, sent_to=box) for body, box in boxes.items()]
    acts = [lambda asked=asked: commitments.accept(commitment=asked, function="Chef") for asked in requests]

    assert at_once(*acts) == ["done", "has_lead"]
    assert Commitment.objects.accepted().filter(activity=lit).count() == 1


def test_two_closings_at_once_close_once(lamps, ake):
    Issue.objects.filter(pk=lamps.pk).update(step=5)
    copies = [Issue.objects.get(pk=lamps.pk) for _ in range(2)]
    acts = [lambda copy=copy: climbing.close(issue=copy, by=ake, answer={"sv": "Det blev ljust."}) for copy in copies]

    assert at_once(*acts) == ["done", "not_one_step"]
    assert lamps.rounds.get().changes.count() == 1


def test_a_pulse_link_used_twice_at_once_answers_once(ostberga, ake):
    pulse = ostberga.pulses.create(closes_on=timezone.localdate(), opened_by=ake)
    pulse.invites.create(token_hash=token_hash(pulse_answers.LINK, "en"))
    acts = [lambda: pulse_answers.answer(token="en", answers={"vem": 3}) for _ in range(2)]

    assert at_once(*acts) == ["done", "gone"]
    dialogue_batch.write()
    assert pulse.answers.count() == 1


def test_a_question_taken_back_against_its_last_answer_is_one_or_the_other(lamps, ake, tova, may_decide):
    part = make.decision(lamps, ake, tova.affiliations.get().organisation).parts.get()
    asked = Decision.objects.get(pk=part.decision_id)

    def back():
        withdrawing.withdraw(decision=asked, reason="Vi frågade fel.", by=ake)

    assert at_once(back, say(part, PartState.APPROVED, tova)) == ["done", "settled"]
    assert Decision.objects.get(pk=asked.pk).outcome in (DecisionOutcome.WITHDRAWN, DecisionOutcome.IN_FORCE)


def test_a_lead_that_leaves_against_a_start_never_leaves_it_running_alone(lamps, ake, tova, may_decide):
    body = tova.affiliations.get().organisation
    lit = make.activity(lamps, ake, make.decision(lamps, ake, body, answer=PartState.APPROVED))
    promise = make.commitment(lit, body, ake)

    def away():
        commitments.leave(commitment=promise, reason="Vi hinner inte.", by=tova)

    at_once(away, lambda: activity_lifecycle.start(activity=Activity.objects.get(pk=lit.pk), by=ake))
    lit.refresh_from_db()

    assert lit.state in (ActivityState.PLANNED, ActivityState.PAUSED)


@pytest.mark.parametrize("attempt", range(3))
def test_a_mandate_ended_against_an_answer_is_one_or_the_other(lamps, ake, tova, trafikkontoret, attempt):
    """Whoever is first stands: an answer under a mandate in force, or an ended mandate and no answer."""
    part = make.decision(lamps, ake, trafikkontoret).parts.get()
    mandate = tova.mandates.get()
    at_once(say(part, PartState.APPROVED, tova), lambda: ending.end(mandate, by=tova))
    part.refresh_from_db()
    mandate.refresh_from_db()

    assert mandate.ended_at is not None
    assert part.mandate is None or part.answered_at < mandate.ended_at


def test_two_colleagues_who_vouch_at_once_confirm_once(ake, tova, trafikkontoret, ostberga):
    make.registry(trafikkontoret)
    iman, kim = make.user(name="Iman"), make.user(name="Kim")
    for person in (iman, kim):
        make.official(person, trafikkontoret)
    make.mandate(kim, trafikkontoret, ostberga)
    own = {"person": iman, "organisation": trafikkontoret, "collaboration": ostberga, "by": ake}
    mandate = proposing.propose(**own, scopes=["delegation"])
    copies = [(type(mandate).objects.get(pk=mandate.pk), by) for by in (tova, kim)]

    assert at_once(*(lambda copy=copy, by=by: confirming.vouch(copy, by=by) for copy, by in copies)) == [
        "done",
        "not_waiting",
    ]


def test_two_proposals_at_once_make_one(ake, trafikkontoret, ostberga):
    make.registry(trafikkontoret)
    iman = make.user(name="Iman")
    make.official(iman, trafikkontoret)
    own = {"person": iman, "organisation": trafikkontoret, "collaboration": ostberga, "by": ake}

    assert at_once(*[lambda: proposing.propose(**own, scopes=["delegation"])] * 2) == ["done", "waits_already"]


def test_a_registry_link_pressed_twice_at_once_confirms_once(ake, trafikkontoret, ostberga):
    box, iman = make.registry(trafikkontoret), make.user(name="Iman")
    make.official(iman, trafikkontoret)
    own = {"person": iman, "organisation": trafikkontoret, "collaboration": ostberga, "by": ake}
    proposing.propose(**own, scopes=["delegation"])
    token = Letter.objects.get(kind="mandate-asked", to=box).text.partition("/mandat/")[2].partition("/")[0]

    assert at_once(*[lambda: confirming.confirm_by_link(token)] * 2) == ["done", "not_open"]
