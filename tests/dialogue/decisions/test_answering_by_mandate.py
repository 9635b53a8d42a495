"""Nobody answers for a body that has not itself said so, in that collaboration."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actors.mandates import confirming, ending, proposing
from actors.models import Letter, User
from actors.models.former.names import rename
from actors.people import inviting
from dialogue.activities import commitments
from dialogue.decisions import answering
from dialogue.models import Commitment, PartDecision
from dialogue.rules.activities import Reply
from dialogue.rules.decisions import DecisionOutcome, FormOfDecision, PartState, forms_covered
from ostberga.lib.refusal import Refusal
from tests import factories as make

FACTS = answering.DecisionFacts(delegation_item="4.2", motivation="Därför.")
YES = {"svar": "approved", "delegation_item": "4.2"}


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


@pytest.fixture
def part(lamps, ake, trafikkontoret):
    """What Trafikkontoret is asked in Östberga."""
    return make.decision(lamps, ake, trafikkontoret).parts.get()


@pytest.fixture
def rut(trafikkontoret):
    """Rut coordinates Rinkeby, where Trafikkontoret is a partner too."""
    rinkeby = make.collaboration("rinkeby", name="Samverkan Rinkeby")
    make.partnership(rinkeby, trafikkontoret)
    user = make.user("rut@rinkeby.example", name="Rut")
    make.coordinator(rinkeby, user)
    return user


@pytest.fixture
def friend(rut, trafikkontoret):
    """Somebody whom Rut has invited for Trafikkontoret, to decide and to make commitments."""
    rinkeby = rut.appointments.get().collaboration
    given: dict[str, Any] = {
        "email": "van@rinkeby.example",
        "name": "Vän",
        "scopes": ["delegation", "register", "commitments"],
    }
    invitation = inviting.invite(collaboration=rinkeby, by=rut, organisation=trafikkontoret, **given)
    return inviting.accept(invitation, name="Vän", password="gatlyktor-och-buskar")


def answer(part, by):
    return answering.answer(part=part, answer=PartState.APPROVED, facts=FACTS, by=by)


def test_whom_another_coordinator_invited_neither_reads_nor_answers_here(friend, part, browse):
    page = reverse("part-decision", args=[part.pk])

    assert [browse(friend).get(page).status_code, browse(friend).post(page, YES).status_code] == [404, 404]
    assert str(part.decision) not in browse(friend).get("/mitt/").text
    with pytest.raises(Refusal) as refused:
        answer(part, friend)
    assert refused.value.code == "may_not"


def test_nor_when_the_body_has_confirmed_her_there(friend, rut, part, trafikkontoret, browse):
    box = make.registry(trafikkontoret)
    mandate = friend.mandates.get()
    proposing.send_again(mandate, by=rut)
    link = Letter.objects.get(kind="mandate-asked", to=box).text.partition("/mandat/")[2].partition("/")[0]
    confirming.confirm_by_link(link)

    assert browse(friend).get(reverse("part-decision", args=[part.pk])).status_code == 404
    assert not PartDecision.objects.awaiting(friend).exists()
    with pytest.raises(Refusal):
        answer(part, friend)


def test_whom_her_own_coordinator_invited_reads_and_waits(ake, ostberga, part, trafikkontoret, browse):
    box = make.registry(trafikkontoret)
    given: dict[str, Any] = {"email": "ake.privat@example.org", "name": "Åke två", "scopes": ["delegation"]}
    invitation = inviting.invite(collaboration=ostberga, by=ake, organisation=trafikkontoret, **given)
    other = inviting.accept(invitation, name="Åke två", password="gatlyktor-och-buskar")
    page = browse(other).get(reverse("part-decision", args=[part.pk]))

    assert "Väntar på att er registrator bekräftar att du svarar för Trafikkontoret." in page.text
    assert (box in page.text, page.context["may_answer"]) == (True, False)
    assert browse(other).post(reverse("part-decision", args=[part.pk]), YES).status_code == 409


def test_a_mandate_covers_only_its_forms(tova, part):
    for form, scope in (("committee", "register"), ("execution", "execution"), ("accession", "commitments")):
        PartDecision.objects.update(form=form)
        tova.mandates.update(scopes=[scope])
        assert PartDecision.objects.awaiting(tova).contains(part)
        tova.mandates.update(scopes=["delegation"])
        assert not PartDecision.objects.awaiting(tova).contains(part)
    assert forms_covered(["delegation"]) == [FormOfDecision.DELEGATION, FormOfDecision.AUTHORITY]
    assert forms_covered(["register"]) == [FormOfDecision.COMMITTEE, FormOfDecision.BOARD]


def test_the_answer_shows_by_which_mandate(tova, ake, part, trafikkontoret, browse):
    answer(part, tova)
    part.refresh_from_db()
    confirmed = f"registrator@{trafikkontoret.slug}.example"

    assert part.mandate == tova.mandates.get()
    assert f"Enligt mandat bekräftat av {confirmed}" in browse(tova).get(part.get_absolute_url()).text
    assert confirmed in browse(ake).get(reverse("coordinate:decision", args=["ostberga", part.decision_id])).text


def test_residents_read_who_confirmed_it_and_no_persons_name(tova, part, lamps, amina):
    answer(part, tova)
    page = amina.get(lamps.get_absolute_url()).text

    assert "Enligt mandat bekräftat av registrator@trafik.example." in page
    assert "Tova" not in page


def test_the_body_ends_it_and_the_open_page_can_no_longer_answer(tova, part, browse):
    her_browser, page = browse(tova), reverse("part-decision", args=[part.pk])
    assert "Godkänn" in her_browser.get(page).text
    ending.end(tova.mandates.get(), by=tova)

    assert her_browser.post(page, YES).status_code == 404  # and it opens no reading here
    part.decision.refresh_from_db()
    assert part.decision.outcome == DecisionOutcome.PENDING


def test_the_database_takes_no_answer_without_a_mandate(tova, part):
    given = {"answer": "approved", "answered_by": tova, "answered_at": part.decision.requested_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        PartDecision.objects.update(**given, decided_on=part.decision.requested_at.date())


def test_a_commitment_by_link_dies_with_the_mandate(tova, lamps, ake, trafikkontoret):
    asked = make.commitment(make.activity(lamps, ake), trafikkontoret, ake, reply=Reply.ASKED, sent_to=tova.email)
    ending.end(tova.mandates.get(), by=tova)
    with pytest.raises(Refusal, match="Du får inte svara för"):
        commitments.accept(commitment=asked, function="Chef")
    assert Commitment.objects.get().reply == Reply.ASKED


def test_a_commitment_is_not_taken_by_who_was_invited_elsewhere(friend, lamps, ake, trafikkontoret, browse):
    asked = make.commitment(make.activity(lamps, ake), trafikkontoret, ake, reply=Reply.ASKED)
    page = reverse("commitment", args=[asked.pk])

    assert browse(friend).get(page).status_code == 404
    assert browse(friend).post(page, {"svar": "accepted"}).status_code == 404


def test_a_commitment_without_a_mandate_is_read_and_not_answered(tova, lamps, ake, trafikkontoret, browse):
    asked = make.commitment(make.activity(lamps, ake), trafikkontoret, ake, reply=Reply.ASKED)
    tova.mandates.update(scopes=["delegation"])
    page = reverse("commitment", args=[asked.pk])

    assert "Du kan läsa, men inte svara" in browse(tova).get(page).text
    assert browse(tova).post(page, {"svar": "accepted"}).status_code == 409


def test_an_answer_keeps_the_names_of_its_day(ready, ake, tova, trafikkontoret, browse):
    make.mandate(tova, trafikkontoret, ready.dialogue.collaboration)
    part = make.decision(ready, ake, trafikkontoret).parts.get()
    facts = answering.DecisionFacts(delegation_item="4.2")
    answering.answer(part=part, answer=PartState.APPROVED, facts=facts, by=tova)
    address, name = ready.get_absolute_url(), trafikkontoret.name
    before = browse().get(address).text
    rename(trafikkontoret, name="Mobilitetsförvaltningen", short_name="MF")
    trafikkontoret.save()
    User.objects.filter(pk=tova.pk).update(name="Tova Ny")
    ready.dialogue.collaboration.bump_public_version()

    story, own = browse().get(address).text, browse(tova).get(part.get_absolute_url()).text

    assert f"{name}</span>: ja" in before
    assert f"{name}</span> (heter nu <span>Mobilitetsförvaltningen</span>): ja" in story
    assert (name in own, "<dd>Tova, " in own) == (True, True)
