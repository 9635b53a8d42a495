"""Two bodies, or two people of one, say yes and no at the same time: one is heard, and the question has one owner."""

import pytest
from django.utils import timezone

from dialogue.decisions import answering, passing_on, transfers
from dialogue.leaving import bodies, successions
from dialogue.leaving.bodies import Departure
from dialogue.models import PartDecision, QuestionTransfer
from dialogue.rules.decisions import PartState
from tests import factories as make
from tests.dialogue.test_races import at_once
from tests.links import link_to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def park(ostberga):
    body = make.organisation("Parkförvaltningen")
    make.registry(body, "registrator@park.example")
    make.partnership(ostberga, body)
    return body


@pytest.fixture
def part(talk, ake, tova, trafikkontoret):
    return make.decision(make.issue(talk, "Lamporna"), ake, trafikkontoret).parts.get()


def secret(address, kind, piece):
    return link_to(address, kind, piece).split("/")[-2]


def fresh(part):
    return PartDecision.objects.select_related("decision", "organisation").get(pk=part.pk)


def test_a_link_used_twice_at_once_says_one_thing(part, tova, park):
    passing_on.hand_to_body(part=part, to=park, reason="Deras.", by=tova)
    token = secret("registrator@park.example", "question-arrived", "registrator/fraga")

    assert at_once(
        lambda: transfers.take_by_link(token), lambda: transfers.send_back_by_link(token, reason="Inte vår.")
    ) == ["done", "not_open"]
    row = QuestionTransfer.objects.get()
    assert (row.taken_at is None, fresh(part).organisation == park) == (row.returned_at is not None, row.stands)


def test_a_question_is_handed_over_or_answered_but_not_both(part, tova, park):
    facts = answering.DecisionFacts(delegation_item="4.2")
    told = at_once(
        lambda: passing_on.hand_to_body(part=fresh(part), to=park, reason="Deras.", by=tova),
        lambda: answering.answer(part=fresh(part), answer=PartState.APPROVED, facts=facts, by=tova),
    )

    now = fresh(part)
    assert told[0] in {"answered", "done", "may_not", "moved_it"}
    assert told.count("done") == 1
    assert (now.organisation == park) == (now.answer == "requested")


def test_the_receiver_takes_it_while_the_one_before_says_no(part, ake, park, trafikkontoret, ostberga):
    make.registry(trafikkontoret, "registrator@trafik.example")
    given = {"on": timezone.localdate(), "reason": "Slås ihop.", "heirs": {}, "otherwise": park}
    partner = ostberga.partnerships.get(organisation=trafikkontoret)
    bodies.hand_over_body(partnership=partner, ending=Departure.MERGED, by=ake, **given)
    yes = secret("registrator@park.example", "question-arrived", "registrator/fraga")
    no = secret("registrator@trafik.example", "succession-asked", "registrator/overtagande")

    told = at_once(lambda: transfers.take_by_link(yes), lambda: successions.refuse_by_link(no, reason="Vi finns kvar."))
    assert told in (["done", "done"], ["done", "not_open"])
    assert fresh(part).organisation == trafikkontoret
