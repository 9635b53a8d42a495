"""A question goes through two bodies: the first of them has its say first, and its no fetches the question back."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Letter, SuccessionAnswer
from dialogue.decisions import answering, passing_on, transfers
from dialogue.leaving import bodies, successions
from dialogue.leaving.bodies import Departure
from dialogue.models import QuestionTransfer
from dialogue.rules.decisions import PartState
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.links import link_to

YES = answering.DecisionFacts(delegation_item="4.2")
OLD = "registrator@trafik.example"


@pytest.fixture
def part(ready, ake, tova, trafikkontoret):
    """What Trafikkontoret, whose registry can answer, is asked."""
    make.registry(trafikkontoret, OLD)
    return make.decision(ready, ake, trafikkontoret).parts.get()


@pytest.fixture
def typed_in(ostberga):
    """A body that the coordinator has typed in: nobody there could say no."""
    body = make.organisation("Nya kontoret")
    make.partnership(ostberga, body)
    return body


@pytest.fixture
def park(ostberga):
    body = make.organisation("Parkförvaltningen")
    make.registry(body, "registrator@park.example")
    make.partnership(ostberga, body)
    return body


def official(body, part, name):
    user = make.user(f"{name.lower()}@{body.slug}.example", name=name)
    make.official(user, body)
    make.mandate(user, body, part.decision.dialogue.collaboration)
    return user


def go_up(part, to, by):
    """The body that has the question goes up in another."""
    part.refresh_from_db()
    ostberga = part.decision.dialogue.collaboration
    given = {"on": timezone.localdate(), "reason": "De slås ihop.", "heirs": {}, "otherwise": to}
    partnership = ostberga.partnerships.get(organisation=part.organisation)
    bodies.hand_over_body(partnership=partnership, ending=Departure.MERGED, by=by, **given)
    return ostberga.successions.get(predecessor=partnership.organisation)


def time_passes():
    """Nobody has answered while the links lived."""
    gone = timezone.now() - dt.timedelta(minutes=1)
    SuccessionAnswer.objects.update(expires_at=gone)
    QuestionTransfer.objects.update(expires_at=gone)


def say_no(browse):
    link = link_to(OLD, "succession-asked", "registrator/overtagande")
    assert "har gått tillbaka" in browse().post(link, {"svar": "nej", "skal": "Vi finns kvar."}).text


def refusal(verb, **given):
    with pytest.raises(Refusal) as no:
        verb(**given)
    return no.value.code


def test_a_coordinator_does_not_lead_it_past_who_may_say_no(part, ake, typed_in, park):
    go_up(part, typed_in, ake)

    assert refusal(go_up, part=part, to=park, by=ake) == "sender_awaited"
    part.refresh_from_db()
    assert part.organisation == typed_in


def test_who_got_it_does_not_hand_it_on_while_the_first_may_say_no(part, ake, park, typed_in):
    make.registry(typed_in)
    nils = official(typed_in, part, "Nils")
    go_up(part, typed_in, ake)
    transfers.take(part=part, by=nils)

    given = {"part": part, "to": park, "reason": "Deras.", "by": nils}
    assert refusal(passing_on.hand_to_body, **given) == "sender_awaited"
    time_passes()
    assert passing_on.hand_to_body(**given).receiver == park


@pytest.fixture(params=["by the coordinator", "by the body"])
def twice(request, part, ake, typed_in, park):
    """In silence it went to Parkförvaltningen; then Trafikkontoret's registry is asked again. Pia answers there."""
    first = go_up(part, typed_in, ake)
    time_passes()
    if request.param == "by the coordinator":
        go_up(part, park, ake)
    else:
        make.registry(typed_in)
        nils = official(typed_in, part, "Nils")
        transfers.take(part=part, by=nils)
        passing_on.hand_to_body(part=part, to=park, reason="Deras.", by=nils)
    successions.ask_again(succession=first, by=ake)
    part.refresh_from_db()
    return official(park, part, "Pia")


def test_the_third_does_not_answer_while_the_first_may_say_no(twice, part, park, browse):
    given = {"part": part, "answer": PartState.APPROVED, "facts": YES, "by": twice}
    assert (part.organisation, refusal(answering.answer, **given)) == (park, "sender_awaited")

    browse().post(link_to(OLD, "succession-asked", "registrator/overtagande"), {"svar": "ja"})
    answering.answer(**given)
    assert part.answer == PartState.APPROVED


def test_a_no_from_the_first_fetches_it_back_over_both(twice, part, tova, trafikkontoret, browse):
    answering.prepare(part=part, by=twice)
    page = browse().get(link_to(OLD, "succession-asked", "registrator/overtagande")).text
    assert str(part.decision) in page
    say_no(browse)

    part.refresh_from_db()
    assert (part.organisation, part.answer, part.held_by) == (trafikkontoret, PartState.REQUESTED, None)
    assert not QuestionTransfer.objects.not_returned().exists()
    assert Letter.objects.filter(kind="question-told", to="registrator@park.example").exists()
    assert part.events.filter(what="returned").count() == 1
    answering.answer(part=part, answer=PartState.APPROVED, facts=YES, by=tova)
    assert part.body == "Trafikkontoret"


def test_a_no_from_the_last_leaves_it_with_the_second(twice, part, typed_in, browse):
    asked = link_to("registrator@park.example", "question-arrived", "registrator/fraga")
    transfers.send_back_by_link(asked.split("/")[-2], reason="Inte vår.")

    part.refresh_from_db()
    assert (part.organisation, part.transfers.current().receiver) == (typed_in, typed_in)
    say_no(browse)
    part.refresh_from_db()
    assert part.organisation.name == "Trafikkontoret"
