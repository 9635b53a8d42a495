"""Commitments can be left and decisions withdrawn, with a reason; activities under them say so, and can go on."""

import pytest
from django.utils import timezone

from actors.models import CollaborationEvent, Letter
from dialogue.activities import activity_lifecycle, commitments
from dialogue.decisions import answering, requesting, withdrawing
from dialogue.history import receipts
from dialogue.models import Activity, Commitment, Decision, DialogueEvent
from dialogue.rules.activities import ActivityState, Part, Reply
from dialogue.rules.decisions import DecisionOutcome, FormOfDecision, PartState
from dialogue.staircase import gate_facts
from ostberga.lib.refusal import Refusal
from surveys.collecting.receiving import receipt_hash
from surveys.models import Attachment, Response
from tests import factories as make

WHY = "Vi har ingen som kan i höst."


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


@pytest.fixture
def held(lamps, ake, trafikkontoret):
    return make.decision(lamps, ake, trafikkontoret, answer=PartState.APPROVED)


@pytest.fixture
def promise(lamps, ake, tova, trafikkontoret, held):
    """An activity that Trafikkontoret has accepted to lead."""
    return make.commitment(make.activity(lamps, ake, held), trafikkontoret, ake, replied_by=tova)


@pytest.fixture
def running(promise, tova):
    activity_lifecycle.start(activity=promise.activity, by=tova)
    return promise


@pytest.fixture
def asked(lamps, ake, trafikkontoret, polisen):
    """A decision about a proposal, asked of two bodies and not answered."""
    bodies = {trafikkontoret: FormOfDecision.DELEGATION, polisen: FormOfDecision.AUTHORITY}
    question = requesting.DecisionRequest(title={"sv": "Fler lampor"}, ask="Får vi?")
    proposal = make.proposal(lamps, ake, trafikkontoret)
    return requesting.request(
        dialogue=lamps.dialogue, question=question, issues=[lamps], bodies=bodies, by=ake, proposal=proposal
    )


@pytest.fixture
def both(tova, polly):
    return tova, polly


def say_yes(decision, body, by):
    facts = answering.DecisionFacts(delegation_item="1")
    answering.answer(part=decision.parts.get(organisation=body), answer=PartState.APPROVED, facts=facts, by=by)


def results_of(lamps) -> str:
    return f"/{lamps.dialogue.collaboration.slug}/fragor/lamporna/"


def test_tova_leaves_the_lead_and_the_activity_pauses_and_says_why(running, tova, browse, amina, lamps):
    browse(tova).post(f"/mitt/atagande/{running.pk}/lamna/", {"reason": WHY})
    running.activity.refresh_from_db()
    public = amina.get(f"/ostberga/sa-gick-det/{running.activity_id}/").text

    assert running.activity.state == ActivityState.PAUSED
    assert running.activity.started_under.outcome == DecisionOutcome.IN_FORCE
    assert "Trafikkontoret lämnade ansvaret." in public
    assert "Ingen har tackat ja än" in public
    assert "Trafikkontoret lämnade ansvaret." in amina.get(results_of(lamps)).text


def test_the_coordinator_gets_a_letter_and_the_week_says_who_is_missing(running, tova, ake, browse):
    commitments.leave(commitment=running, reason=WHY, by=tova)

    letter = Letter.objects.get(kind="commitment-left")
    assert letter.to == ake.email
    assert (WHY in letter.text, str(tova) in letter.text) == (True, False)
    assert WHY in browse(ake).get("/samordna/ostberga/").text


def test_another_body_says_yes_and_it_goes_on_under_its_decision(running, ake, polly, polisen, held):
    tova = running.replied_by
    commitments.leave(commitment=running, reason=WHY, by=tova)
    with pytest.raises(Refusal, match="Ingen har tackat ja"):
        activity_lifecycle.start(activity=running.activity, by=ake)
    lit = running.activity
    again = commitments.ask(activity=lit, organisation=polisen, part=Part.LEAD, what="Ta över.", by=ake)
    commitments.accept(commitment=again, by=polly)
    activity_lifecycle.start(activity=lit, by=polly)

    assert (lit.state, lit.started_under, lit.concern) == (ActivityState.RUNNING, held, "")


def test_the_same_body_can_be_asked_again(running, ake, tova, trafikkontoret):
    commitments.leave(commitment=running, reason=WHY, by=tova)
    again = commitments.ask(activity=running.activity, organisation=trafikkontoret, part=Part.LEAD, what="Nu?", by=ake)

    assert again.reply == Reply.ASKED


def test_what_was_planned_stays_to_read_and_says_that_nobody_leads_it(promise, tova, amina, lamps):
    commitments.leave(commitment=promise, reason=WHY, by=tova)
    public = amina.get(f"/ostberga/sa-gick-det/{promise.activity_id}/")

    assert public.status_code == 200
    assert "Trafikkontoret lämnade ansvaret." in public.text
    assert not Activity.objects.led_on_mandate_of(tova).exists()
    assert gate_facts.facts_of([lamps.pk])[lamps.pk].planned == 0


def test_a_partner_leaves_and_the_activity_goes_on(running, ake, polisen, polly):
    partner = make.commitment(running.activity, polisen, ake, part=Part.PARTNER)
    commitments.leave(commitment=partner, reason=WHY, by=polly)
    running.activity.refresh_from_db()

    assert running.activity.state == ActivityState.RUNNING
    event = running.activity.events.latest("pk")
    assert (event.in_swedish, event.by) == (f"Polismyndigheten är inte längre med. {WHY}", polly)


def test_the_coordinator_notes_that_a_body_without_accounts_has_left(running, ake, tova, browse):
    page = f"/samordna/ostberga/ataganden/{running.pk}/har-lamnat/"
    wrong = browse(ake).post(page, {"reason": " "})
    browse(ake).post(page, {"reason": WHY})
    running.refresh_from_db()

    assert (wrong.status_code, "Skriv varför. Det visas för boende." in wrong.text) == (422, True)
    assert (running.reply, running.left_by, running.left_reason) == (Reply.LEFT, ake, WHY)
    told = Letter.objects.filter(kind="commitment-left").values_list("to", flat=True)
    registry = running.organisation.registry_email
    assert {*told} == {tova.email, registry} - {""}


def test_the_coordinators_note_is_told_as_hers_and_the_body_gets_a_letter(running, ake, amina):
    registry = make.registry(running.organisation)
    commitments.leave(commitment=running, reason=WHY, by=ake)
    public = amina.get(f"/ostberga/sa-gick-det/{running.activity_id}/").text

    assert "Trafikkontoret lämnade ansvaret, enligt samordnaren." in public
    assert Letter.objects.filter(kind="commitment-left", to=registry).exists()


def test_a_promise_is_left_once_by_those_it_belongs_to_and_with_words(running, polly, tova):
    for by, reason, code in ((polly, WHY, "may_not"), (tova, " ", "reason")):
        with pytest.raises(Refusal) as refused:
            commitments.leave(commitment=Commitment.objects.get(), reason=reason, by=by)
        assert refused.value.code == code
    commitments.leave(commitment=running, reason=WHY, by=tova)
    with pytest.raises(Refusal, match="inget åtagande att lämna"):
        commitments.leave(commitment=running, reason=WHY, by=tova)


def test_what_has_ended_is_not_left(running, tova):
    activity_lifecycle.end(activity=running.activity, state=ActivityState.DONE, outcome={"sv": "Ljust."}, by=tova)
    with pytest.raises(Refusal, match="avslutad"):
        commitments.leave(commitment=running, reason=WHY, by=tova)


def test_the_desk_page_keeps_what_was_typed_wrong_beside_the_field(running, tova, browse):
    page = browse(tova).post(f"/mitt/atagande/{running.pk}/lamna/", {"reason": ""})

    assert page.status_code == 422
    assert '<details class="ds-details" open>' in page.text
    assert "Skriv varför. Det visas för boende." in page.text


def test_a_question_is_taken_back_with_a_reason_that_everybody_reads(asked, ake, both, browse, amina):
    browse(ake).post(f"/samordna/ostberga/beslut/{asked.pk}/ta-tillbaka/", {"reason": WHY})
    asked.refresh_from_db()
    page = amina.get(results_of(asked.issues.get())).text

    assert (asked.outcome, asked.settled_on) == (DecisionOutcome.WITHDRAWN, timezone.localdate())
    assert ("Frågan togs tillbaka:" in page, WHY in page, "Vi väntar på svar" in page) == (True, True, False)
    sent = Letter.objects.filter(kind="decision-withdrawn")
    assert {letter.to for letter in sent} == {user.email for user in both}
    assert all(WHY in letter.text for letter in sent)


def test_nobody_is_waited_for_and_what_was_answered_stays_to_read(asked, ake, both, trafikkontoret, browse):
    tova, polly = both
    say_yes(asked, trafikkontoret, tova)
    withdrawing.withdraw(decision=asked, reason=WHY, by=ake)
    waiting, given = asked.parts.get(answer=PartState.REQUESTED), asked.parts.get(answer=PartState.APPROVED)

    assert WHY in browse(polly).get(waiting.get_absolute_url()).text
    assert "Ert svar är inskrivet" in browse(tova).get(given.get_absolute_url()).text
    assert "Fler lampor" not in browse(polly).get("/mitt/").text
    with pytest.raises(Refusal, match="återtaget"):
        answering.answer(part=waiting, answer=PartState.APPROVED, facts=answering.DecisionFacts(), by=polly)


def test_the_proposal_can_be_asked_about_again(asked, lamps, ake, trafikkontoret):
    withdrawing.withdraw(decision=asked, reason=WHY, by=ake)
    assert gate_facts.facts_of([lamps.pk])[lamps.pk].decisions == 0
    bodies = {trafikkontoret: FormOfDecision.DELEGATION}
    question = requesting.DecisionRequest(title={"sv": "Igen"}, ask="Får vi?")
    again = requesting.request(
        dialogue=lamps.dialogue, question=question, issues=[lamps], bodies=bodies, by=ake, proposal=asked.proposal
    )

    assert again.outcome == DecisionOutcome.PENDING


def test_a_reconsideration_that_is_taken_back_leaves_the_earlier_in_force(running, held, ake, trafikkontoret, lamps):
    question = requesting.DecisionRequest(title={"sv": "Igen"}, ask="Står ni fast?")
    bodies = {trafikkontoret: FormOfDecision.DELEGATION}
    words = {"dialogue": lamps.dialogue, "question": question, "issues": [lamps], "bodies": bodies, "by": ake}
    again = requesting.request(**words, supersedes=held)
    withdrawing.withdraw(decision=again, reason=WHY, by=ake)
    held.refresh_from_db()
    running.activity.refresh_from_db()

    assert (held.outcome, held.reconsidered_by) == (DecisionOutcome.IN_FORCE, None)
    assert running.activity.state == ActivityState.RUNNING
    assert requesting.request(**words, supersedes=held).supersedes == held
    with pytest.raises(Refusal, match="Begär ett nytt beslut"):
        requesting.request(**words, supersedes=again)


def test_what_was_planned_on_the_answer_says_that_none_will_come(asked, lamps, ake):
    lit = make.activity(lamps, ake, asked)
    withdrawing.withdraw(decision=asked, reason=WHY, by=ake)
    lit.refresh_from_db()

    assert (lit.state, lit.concern) == (ActivityState.PLANNED, f"Frågan om beslut togs tillbaka. {WHY}")


def test_only_the_coordinator_takes_back_and_only_what_waits(asked, held, ake, tova):
    attempts = ((asked, tova, WHY, "may_not"), (asked, ake, " ", "no_reason"), (held, ake, WHY, "settled"))
    for decision, by, reason, code in attempts:
        with pytest.raises(Refusal) as refused:
            withdrawing.withdraw(decision=decision, reason=reason, by=by)
        assert refused.value.code == code

    assert Decision.objects.get(pk=asked.pk).outcome == DecisionOutcome.PENDING


def test_the_receipt_says_that_the_question_was_taken_back(asked, ake, ready_receipt):
    withdrawing.withdraw(decision=asked, reason=WHY, by=ake)
    outcome = receipts.outcome_of(ready_receipt)
    assert outcome is not None
    (feed,) = outcome.feeds

    assert [line.kind for line in feed.since][-1] == "withdrawn"


@pytest.fixture
def ready_receipt(lamps, ake, autumn):
    """A receipt code of an answer that the issue rests on."""
    statement = make.statement(autumn, "Lys upp.", by=ake)
    perspective = make.perspective(lamps.dialogue.collaboration, ake)
    Attachment.objects.create(statement=statement, perspective=perspective, attached_by=ake)
    lamps.links.create(perspective=perspective, linked_by=ake)
    Response.objects.filter(answers=statement.answer).update(receipt_hash=receipt_hash("7K2MX9DHQ4"))
    return "7K2MX9DHQ4"


def test_who_took_a_request_back_or_changed_a_plan_is_remembered(lamps, ake, held, trafikkontoret):
    lit = make.activity(lamps, ake, held)
    question = make.commitment(lit, trafikkontoret, ake, reply=Reply.ASKED)
    commitments.withdraw(commitment=question, by=ake)
    activity_lifecycle.edit(
        activity=lit, plan=activity_lifecycle.ActivityPlan(title=lit.title, period=lit.period), decision=held, by=ake
    )

    events = list(DialogueEvent.objects.order_by("pk").values_list("kind", "what", "by"))
    assert events == [("took_back", "Trafikkontoret: Byt 22 lampor", ake.pk), ("replanned", "Byt 22 lampor", ake.pk)]


def test_who_noted_that_somebody_left_a_body_is_remembered(ake, tova, ostberga, browse):
    place = tova.affiliations.get()
    browse(ake).post(f"/samordna/ostberga/personer/{place.pk}/avsluta/", {"on": timezone.localdate().isoformat()})

    event = CollaborationEvent.objects.get(kind="parted")
    assert (event.by, "Tova – Trafikkontoret" in event.what) == (ake, True)
