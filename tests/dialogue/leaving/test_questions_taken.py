"""A coordinator takes no question from a body: what it has begun stays, and what is moved is moved in the open."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import BodySuccession, Letter, Organisation
from dialogue.decisions import answering, passing_on
from dialogue.models import PartDecision
from dialogue.permissions.deciders import deciders_of
from dialogue.rules.decisions import DecisionOutcome, PartState
from ostberga.lib.refusal import Refusal
from tests import factories as make

TODAY = timezone.localdate()
BOARD_DAY = TODAY + dt.timedelta(days=20)


@pytest.fixture
def part(ready, ake, tova, trafikkontoret):
    """What Trafikkontoret, which Tova answers for, is asked."""
    return make.decision(ready, ake, trafikkontoret).parts.get()


@pytest.fixture
def hers(ostberga, ake):
    """Another body, for which the coordinator herself has a mandate."""
    body = make.organisation("Stadsdelsförvaltningen")
    make.registry(body)
    make.partnership(ostberga, body)
    make.official(ake, body)
    make.mandate(ake, body, ostberga)
    return body


def leave(browse, ake, part, ending, heir):
    partner = part.decision.dialogue.collaboration.partnerships.get(organisation=part.organisation)
    typed = {
        "ending": ending,
        "on": TODAY,
        "reason": "Vi behöver det inte.",
        "confirmed": "on",
        f"beslut-{part.pk}": heir,
    }
    page = browse(ake).post(reverse("coordinate:partner-leave", args=["ostberga", partner.pk]), typed)
    part.refresh_from_db()
    return page


def test_a_body_that_stays_answers_its_question_itself(part, ake, hers, trafikkontoret, browse):
    page = leave(browse, ake, part, "shared", hers.pk)

    assert (page.status_code, "finns kvar och svarar själv" in page.text) == (422, True)
    assert (part.organisation, BodySuccession.objects.exists()) == (trafikkontoret, False)


def test_a_question_that_is_being_prepared_is_not_moved(part, ake, tova, hers, browse):
    asked = part.organisation
    answering.prepare(part=part, by=tova, meets_on=BOARD_DAY)
    page = leave(browse, ake, part, "merged", hers.pk)
    with pytest.raises(Refusal) as no:
        passing_on.pass_to_body(part=part, to=hers, reason="Den är vår.", by=ake)

    assert (page.status_code, "börjat bereda" in page.text, no.value.code) == (422, True, "begun")
    assert (part.organisation, part.answer, part.meets_on) == (asked, PartState.PREPARING, BOARD_DAY)


def test_who_moves_a_question_does_not_answer_it(part, ake, hers, browse):
    leave(browse, ake, part, "merged", hers.pk)
    with pytest.raises(Refusal) as no:
        answering.answer(part=part, answer=PartState.APPROVED, facts=answering.DecisionFacts(), by=ake)

    assert (part.organisation, part.is_begun, no.value.code) == (hers, False, "moved_it")
    assert (deciders_of(part), PartDecision.objects.awaiting(ake).exists()) == ([], False)


def test_nobody_who_ever_moved_a_question_answers_it(part, ake, ostberga, hers):
    third = make.organisation("Kulturförvaltningen")
    make.partnership(ostberga, third)
    make.registry(third)
    make.official(ake, third)
    make.mandate(ake, third, ostberga)
    bea = make.user("bea@ostberga.example")
    make.coordinator(ostberga, bea, "deputy")
    passing_on.pass_to_body(part=part, to=hers, reason="Den är vår.", by=ake)
    passing_on.pass_to_body(part=part, to=third, reason="Nej, deras.", by=bea)
    with pytest.raises(Refusal) as no:
        answering.answer(part=part, answer=PartState.APPROVED, facts=answering.DecisionFacts(), by=ake)

    assert (no.value.code, deciders_of(part), PartDecision.objects.awaiting(ake).exists()) == ("moved_it", [], False)


def test_the_body_hears_that_its_question_is_moved(part, ake, tova, hers, browse):
    box = make.registry(part.organisation)
    leave(browse, ake, part, "merged", hers.pk)

    letters = {letter.to: letter for letter in Letter.objects.filter(kind="decision-moved")}
    assert {*letters} == {tova.email, box}
    assert "Samordnarens skäl: Vi behöver det inte." in letters[tova.email].kept_text
    assert part.decision.events.get(what="handed_over").text.startswith("Samordnaren flyttade den från")


def test_an_association_takes_over_no_decision_of_an_authority(part, ake, ostberga, browse):
    club = make.organisation("Östberga IK", kind=Organisation.Kind.ASSOCIATION)
    make.partnership(ostberga, club)
    page = leave(browse, ake, part, "merged", club.pk)

    assert (page.status_code, "kan inte besluta i" in page.text) == (422, True)
    assert part.organisation != club


def test_what_ends_with_the_body_ends_in_the_coordinators_words(part, ake, trafikkontoret, browse):
    leave(browse, ake, part, "left", "avslutas")

    decision = part.decision
    decision.refresh_from_db()
    told = f"Samordnaren: {trafikkontoret} lämnar samverkan. Vi behöver det inte."
    assert (decision.outcome, decision.withdrawn_reason) == (DecisionOutcome.WITHDRAWN, told)
