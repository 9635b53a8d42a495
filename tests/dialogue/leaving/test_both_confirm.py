"""One body goes up in another: it is the coordinator's word until both say so, and either can say no."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import BodySuccession, Letter, RegistryEntry, SuccessionAnswer
from dialogue.decisions import answering
from dialogue.leaving import bodies, successions
from dialogue.leaving.bodies import Departure
from dialogue.models import PartDecision, QuestionTransfer
from dialogue.rules.decisions import PartState
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.links import link_to

YES = answering.DecisionFacts(delegation_item="4.2")
OLD = "registrator@trafik.example"
PIECE = "registrator/overtagande"


@pytest.fixture
def eva(heir, ostberga):
    """Eva answers for the heir."""
    user = make.user("eva@mobilitet.example", name="Eva")
    make.official(user, heir)
    make.mandate(user, heir, ostberga)
    return user


def go_up(partnership, by, heir):
    given = {"on": timezone.localdate(), "reason": "Nämnden har beslutat det.", "heirs": {}, "otherwise": heir}
    bodies.hand_over_body(partnership=partnership, ending=Departure.MERGED, by=by, **given)
    return BodySuccession.objects.get()


@pytest.fixture
def merged(busy, ake, heir, trafikkontoret):
    """Trafikkontoret has gone up in the heir, says the coordinator; both have registries."""
    make.registry(trafikkontoret, OLD)
    return go_up(busy, ake, heir)


def open_part():
    return PartDecision.objects.open().get()


def partners(browse):
    return " ".join(browse().get("/ostberga/parter/").text.split())


def story(part, browse):
    return " ".join(browse().get(part.decision.issues.get().get_absolute_url()).text.split())


def links(heir):
    return [link_to(address, "succession-asked", PIECE) for address in (OLD, heir.registry_email)]


def test_until_both_have_confirmed_it_is_the_coordinators_word_everywhere(merged, heir, ake, browse):
    part = open_part()
    told = story(part, browse)
    assert "Frågan flyttades från Trafikkontoret enligt samordnaren, och det väntar på bekräftelse." in told
    assert '<p class="muted"> <span>Trafikkontoret</span> </p>' in told  # who was asked first
    assert "Det väntar på bekräftelse från båda." in partners(browse)
    assert "väntar på bekräftelse" in browse(ake).get("/samordna/ostberga/parter/").text
    assert "väntar på bekräftelse" in browse(ake).get(f"/samordna/ostberga/beslut/{part.decision_id}/").text
    assert "väntar på bekräftelse" in Letter.objects.get(to=OLD, kind="decision-moved").text

    for link in links(heir):
        assert browse().get(link).status_code == 200
        browse().post(link, {"svar": "ja"})
    assert merged.state.value == "confirmed"
    assert ("Båda har bekräftat det." in partners(browse), "väntar på" in partners(browse)) == (True, False)
    asked = link_to(heir.registry_email, "question-arrived", "registrator/fraga")
    browse().post(asked, {"svar": "ja"})
    assert "Frågan flyttades från Trafikkontoret, och det är bekräftat." in story(part, browse)


def test_opening_a_link_changes_nothing_and_it_works_once(merged, heir, browse):
    old, _new = links(heir)
    browse().get(old)
    assert SuccessionAnswer.objects.filter(confirmed_at=None).count() == 2
    browse().post(old, {"svar": "ja"})
    assert browse().post(old, {"svar": "nej", "skal": "Fel."}).status_code == 404
    assert SuccessionAnswer.objects.exclude(token_hash="").count() == 1


@pytest.mark.parametrize("which", [0, 1])
def test_a_no_from_either_gives_the_question_back_and_says_who_mends_it(merged, heir, ake, which, browse):
    browse().post(links(heir)[which], {"svar": "nej", "skal": "Vi finns kvar."})

    part = open_part()
    assert part.organisation.name == "Trafikkontoret"
    assert QuestionTransfer.objects.get().returned_reason == "Vi finns kvar."
    assert "Vi finns kvar." in partners(browse)
    told = Letter.objects.get(kind="succession-told", to=ake.email).text
    assert "tar med Trafikkontoret som part igen" in told
    assert browse().get(links(heir)[1 - which]).status_code == 404
    assert "tar med" not in story(part, browse)


def test_the_heir_does_not_answer_while_the_other_may_say_no(merged, heir, eva, browse):
    part = open_part()
    answering.prepare(part=part, by=eva)
    with pytest.raises(Refusal) as no:
        answering.answer(part=part, answer=PartState.APPROVED, facts=YES, by=eva)
    assert no.value.code == "sender_awaited"

    browse().post(links(heir)[0], {"svar": "ja"})
    answering.answer(part=part, answer=PartState.APPROVED, facts=YES, by=eva)
    assert part.answer == PartState.APPROVED


def test_what_the_heir_has_begun_goes_back_too_when_the_other_says_no(merged, heir, eva, trafikkontoret, browse):
    answering.prepare(part=open_part(), by=eva)
    browse().post(links(heir)[0], {"svar": "nej", "skal": "Vi finns kvar."})

    part = open_part()
    assert (part.organisation, part.answer, part.held_by) == (trafikkontoret, PartState.REQUESTED, None)


def test_silence_does_not_hold_the_answer_for_ever(merged, heir, eva):
    SuccessionAnswer.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    part = open_part()
    answering.answer(part=part, answer=PartState.APPROVED, facts=YES, by=eva)

    assert "väntar på bekräftelse" in QuestionTransfer.objects.get().in_words


def test_what_is_answered_stands_though_one_says_no_later(merged, heir, eva, ake, browse):
    SuccessionAnswer.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    part = open_part()
    answering.answer(part=part, answer=PartState.APPROVED, facts=YES, by=eva)
    successions.ask_again(succession=merged, by=ake)
    browse().post(links(heir)[0], {"svar": "nej", "skal": "Vi finns kvar."})

    part.refresh_from_db()
    assert (part.organisation, part.answer) == (heir, PartState.APPROVED)
    assert "men det har någon av dem sagt nej till" in story(part, browse)


def test_a_link_that_is_too_old_is_sent_again_by_the_coordinator_alone(merged, heir, ake, elsewhere, browse):
    SuccessionAnswer.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    dead = links(heir)
    path = f"/samordna/ostberga/parter/overtagande/{merged.pk}/igen/"
    assert [elsewhere.post(path).status_code, browse().get(dead[0]).status_code] == [404, 404]
    browse(ake).post(path)

    assert [browse().get(link).status_code for link in links(heir)] == [200, 200]


def test_a_body_without_a_registry_is_not_asked_and_that_is_said(busy, ake, heir, eva, browse):
    go_up(busy, ake, heir)
    page = browse(ake).get("/samordna/ostberga/parter/").text

    assert "Trafikkontoret har ingen adress som kan bekräfta" in page
    answering.answer(part=open_part(), answer=PartState.APPROVED, facts=YES, by=eva)  # nobody there could object
    assert BodySuccession.objects.get().state.value == "waiting"


def test_what_was_written_down_before_anybody_was_asked_says_so(ostberga, ake, heir, trafikkontoret, browse):
    make.registry(trafikkontoret, OLD)
    noted = {"predecessor": trafikkontoret, "predecessor_name": "Trafikkontoret", "successor": heir}
    before = ostberga.successions.create(**noted, reason="Slås ihop.", by=ake)
    page = browse(ake).get("/samordna/ostberga/parter/").text
    assert (before.state.value, "Ingen av dem har fått frågan." in page) == ("unasked", True)

    successions.ask_again(succession=before, by=ake)
    assert Letter.objects.filter(kind="succession-asked").count() == 2


def test_an_address_that_counts_no_more_says_nothing(merged, heir, browse):
    link = links(heir)[0]
    RegistryEntry.objects.filter(listed="trafik.example").delete()
    page = browse().post(link, {"svar": "ja"})

    assert (page.status_code, SuccessionAnswer.objects.exclude(confirmed_at=None).exists()) == (409, False)
