"""Trafikkontoret stays, and hands a question that is not its own over to another body, which alone says yes or no."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from actors.models import Letter, Organisation
from dialogue.decisions import answering, passing_on, transfers
from dialogue.models import PartDecision, QuestionTransfer
from dialogue.rules.decisions import PartState
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.links import link_to

WHY = "Parken är deras."
YES = answering.DecisionFacts(delegation_item="4.2")


@pytest.fixture
def park(ostberga):
    body = make.organisation("Parkförvaltningen", short_name="Park")
    make.registry(body, "registrator@park.example")
    make.partnership(ostberga, body)
    return body


@pytest.fixture
def pia(park, ostberga):
    """Pia answers for Parkförvaltningen."""
    user = make.user("pia@park.example", name="Pia")
    make.official(user, park)
    make.mandate(user, park, ostberga)
    return user


@pytest.fixture
def part(ready, ake, tova, trafikkontoret):
    return make.decision(ready, ake, trafikkontoret).parts.get()


@pytest.fixture
def handed(part, tova, park, pia):
    passing_on.hand_to_body(part=part, to=park, reason=WHY, by=tova)
    return QuestionTransfer.objects.get()


def story(part, browse):
    return " ".join(browse().get(part.decision.issues.get().get_absolute_url()).text.split())


def test_she_hands_it_over_on_a_page_and_all_hear_of_it(part, tova, pia, park, browse):
    page = browse(tova).get(f"/mitt/beslut/{part.pk}/").text
    sent = browse(tova).post(f"/mitt/beslut/{part.pk}/till-annan/", {"to": park.pk, "reason": WHY})

    part.refresh_from_db()
    assert (f"/mitt/beslut/{part.pk}/till-annan/" in page, sent.url) == (True, "/mitt/")
    assert (part.organisation, part.answer, part.held_by) == (park, PartState.REQUESTED, None)
    told = {letter.to: letter.kind for letter in Letter.objects.filter(kind__startswith="question-")}
    assert told == {part.decision.requested_by.email: "question-told", park.registry_email: "question-arrived"}
    assert WHY in Letter.objects.get(to=pia.email, kind="decision-asked").text
    said = "Trafikkontoret lämnade över frågan. Parkförvaltningen har inte svarat om den tar emot den."
    assert said in story(part, browse)


def test_only_a_body_that_can_say_no_is_offered(part, tova, ostberga, park, browse):
    mute, club = make.organisation("Stum"), make.organisation("IK", kind=Organisation.Kind.ASSOCIATION)
    outside = make.organisation("Utanför")
    for body in (mute, club):
        make.partnership(ostberga, body)
    for body in (club, outside):
        make.registry(body)
    codes = {}
    for body in (mute, club, outside):
        with pytest.raises(Refusal) as no:
            passing_on.hand_to_body(part=part, to=body, reason=WHY, by=tova)
        codes[body.name] = no.value.code

    assert codes == {"Stum": "no_registry", "IK": "wrong_form", "Utanför": "not_here"}
    assert passing_on.receivers_for(part) == [park]


def test_a_body_may_hand_over_what_it_has_begun_but_not_what_it_has_answered(part, tova, park):
    answering.prepare(part=part, by=tova)
    passing_on.hand_to_body(part=part, to=park, reason=WHY, by=tova)
    assert part.answer == PartState.REQUESTED

    other = make.decision(part.decision.issues.get(), tova, Organisation.objects.get(slug="trafik"), answer="approved")
    with pytest.raises(Refusal) as no:
        passing_on.hand_to_body(part=other.parts.get(), to=park, reason=WHY, by=tova)
    assert no.value.code == "answered"


def test_nobody_else_hands_it_over(part, park, pia, stranger, browse):
    rut = make.user("rut@annanstans.example")
    other = make.collaboration("annanstans")
    make.coordinator(other, rut)
    make.official(rut, part.organisation)
    make.mandate(rut, part.organisation, other)  # of the same body, but elsewhere
    path, words = f"/mitt/beslut/{part.pk}/till-annan/", {"to": park.pk, "reason": WHY}

    for person in (part.decision.requested_by, pia, rut, stranger):
        assert browse(person).post(path, words).status_code == 404, person
        with pytest.raises(Refusal), transaction.atomic():
            passing_on.hand_to_body(part=part, to=park, reason=WHY, by=person)
    assert not QuestionTransfer.objects.exists()


def test_the_receiver_takes_it_by_its_registrys_link_once(handed, part, browse):
    link = link_to("registrator@park.example", "question-arrived", "registrator/fraga")
    opened = browse().get(link)
    assert (opened.status_code, QuestionTransfer.objects.waiting().count()) == (200, 1)
    browse().post(link, {"svar": "ja"})

    handed.refresh_from_db()
    assert (handed.is_confirmed, handed.taken_from, handed.token_hash) == (True, "registrator@park.example", "")
    assert browse().post(link, {"svar": "nej", "skal": "Nej."}).status_code == 404
    assert "Parkförvaltningen har tagit emot den." in story(part, browse)


def test_the_receiver_says_no_and_it_comes_back_whole(handed, part, tova, trafikkontoret, browse):
    box = make.registry(trafikkontoret)
    link = link_to("registrator@park.example", "question-arrived", "registrator/fraga")
    without = browse().post(link, {"svar": "nej"})
    browse().post(link, {"svar": "nej", "skal": "Marken är gatumark."})

    part.refresh_from_db()
    assert (without.status_code, "Skriv varför" in without.text) == (422, True)
    assert (part.organisation, part.form, part.answer) == (trafikkontoret, handed.form_before, PartState.REQUESTED)
    letters = Letter.objects.filter(kind="question-told", subject__contains="tillbaka")
    assert {part.decision.requested_by.email, tova.email, box} <= set(letters.values_list("to", flat=True))
    told = story(part, browse)
    assert "Parkförvaltningen svarade att frågan inte är deras, och Trafikkontoret har den igen." in told
    assert ("gatumark" in told, "sa nej" in told) == (True, False)
    answering.answer(part=part, answer=PartState.APPROVED, facts=YES, by=tova)  # who handed it over answers it again
    assert part.answered_as == "Trafikkontoret"


def test_her_own_people_take_it_or_send_it_back_on_a_page(handed, part, pia, tova, browse):
    path = f"/mitt/beslut/{part.pk}/ta-emot/"
    assert browse(tova).get(path).status_code == 404
    browse(pia).post(path, {"svar": "nej", "skal": "Inte vår."})

    handed.refresh_from_db()
    assert (handed.returned_by, handed.returned_as, handed.returned_reason) == (pia, "Parkförvaltningen", "Inte vår.")
    assert browse(pia).get(path).status_code == 404


def test_who_begins_to_answer_has_taken_it(handed, part, pia):
    answering.prepare(part=part, by=pia)
    handed.refresh_from_db()
    assert (handed.taken_by, handed.token_hash) == (pia, "")


def test_the_coordinator_neither_takes_nor_returns_it(handed, part, ake):
    for verb, words in ((transfers.take, {}), (transfers.refuse, {"reason": "Jag vill."})):
        with pytest.raises(Refusal), transaction.atomic():
            verb(part=part, by=ake, **words)
    assert QuestionTransfer.objects.waiting().exists()


def test_a_link_is_dead_when_it_is_old_the_address_is_new_or_the_question_is_settled(handed, part, park, ake, browse):
    link = link_to("registrator@park.example", "question-arrived", "registrator/fraga")
    soon = QuestionTransfer.objects.filter(pk=handed.pk)
    soon.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert browse().get(link).status_code == 404
    transfers.ask_again(transfer=handed, by=ake)
    assert browse().get(link).status_code == 404
    fresh = link_to("registrator@park.example", "question-arrived", "registrator/fraga")
    assert browse().get(fresh).status_code == 200

    make.registry(park, "ny@park.example")
    assert browse().get(fresh).status_code == 404


def test_a_question_that_came_is_taken_before_it_goes_on(handed, part, pia, ostberga):
    third = make.organisation("Kulturförvaltningen")
    make.registry(third)
    make.partnership(ostberga, third)
    with pytest.raises(Refusal) as no:
        passing_on.hand_to_body(part=part, to=third, reason=WHY, by=pia)
    assert no.value.code == "not_taken"

    transfers.take(part=part, by=pia)
    passing_on.hand_to_body(part=part, to=third, reason=WHY, by=pia)
    link = link_to(third.registry_email, "question-arrived", "registrator/fraga")
    transfers.send_back_by_link(link.split("/")[-2], reason="Nej.")
    part.refresh_from_db()
    assert part.transfers.current() == handed  # it stands with the second, as before
    assert PartDecision.objects.awaiting(pia).contains(part)


def test_the_log_tells_who_had_the_question_then(handed, part, pia, ake, browse):
    before = log(part, ake, browse)
    transfers.refuse(part=part, reason="Inte vår.", by=pia)
    answering.hand_over(part=part, to=handed.by, by=handed.by)

    assert before[-1].endswith(
        f"Trafikkontoret: lämnat vidare. Trafikkontoret lämnade över den till Parkförvaltningen. {WHY} (Tova)"
    )
    after = log(part, ake, browse)
    assert after[: len(before)] == before  # nothing that was told has changed
    returned, colleague = after[len(before) :]
    assert returned.endswith(
        "Park: skickat tillbaka. Parkförvaltningen svarade att frågan inte är deras, och Trafikkontoret har den igen. "
        "Inte vår. (Pia)"
    )
    assert colleague.endswith("Trafikkontoret: lämnat vidare. Till Tova. (Tova)")


def test_the_page_says_first_that_a_question_came_and_that_it_came_back(handed, part, pia, browse):
    page, tova = f"/mitt/beslut/{part.pk}/", handed.by
    arrived = browse(pia).get(page).text
    transfers.refuse(part=part, reason="Inte vår.", by=pia)
    back = " ".join(browse(tova).get(page).text.split())

    assert arrived.index("Är frågan er?") < arrived.index("Svara på frågan direkt. Då har ni också tagit emot den")
    assert "Frågan är tillbaka hos Trafikkontoret" in back
    assert (
        back.index("Parkförvaltningen svarade att frågan inte är deras") < back.index("Ert svar") < back.rindex("Park:")
    )
    assert "Är frågan er?" not in back


def test_a_given_answer_says_whose_it_is_and_that_its_grounds_are_of_today(part, tova, ake, browse):
    page, grounds = f"/mitt/beslut/{part.pk}/", "Så ser grunderna ut i dag."
    before = browse(tova).get(page).text
    answering.answer(part=part, answer=PartState.APPROVED, facts=YES, by=tova)
    hers, coordinators = (browse(person).get(page).text for person in (tova, ake))

    assert [grounds in text for text in (before, hers, coordinators)] == [False, True, True]
    assert ("Ert svar är inskrivet" in hers, "Trafikkontoret har svarat" in hers) == (True, False)
    assert ("Ert svar är inskrivet" in coordinators, "Trafikkontoret har svarat" in coordinators) == (False, True)


def log(part, ake, browse):
    """What the coordinator reads under «Det som hänt»."""
    page = browse(ake).get(reverse("coordinate:decision", args=["ostberga", part.decision_id])).text
    events = page.split('id="events-heading"')[1].split("<ul")[1].split("</ul>")[0]
    return [" ".join(strip_tags(event).split()) for event in events.split("<li>")[1:]]


def test_who_is_told_that_it_came_back_gets_a_link_that_opens(handed, part, pia, ake, browse):
    box, tova = make.registry(handed.sender), handed.by
    transfers.refuse(part=part, reason="Inte vår.", by=pia)
    told = {letter.to: letter.text for letter in Letter.objects.filter(subject__contains="tillbaka")}

    assert set(told) == {tova.email, ake.email, box, "registrator@park.example"}
    for person, address in ((browse(tova), tova.email), (browse(ake), ake.email), (browse(), box)):
        link = re.search(r"http\S+", told[address])
        assert link
        assert person.get(urlsplit(link[0]).path).status_code == 200, address
    assert [to for to in told if "tar du tillbaka den" in told[to]] == [ake.email]
    assert "sa nej" not in " ".join(told.values())
