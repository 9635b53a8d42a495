"""The official's page: what is asked, the answer in one step, and its basis."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter
from dialogue.decisions import requesting
from dialogue.models import PartDecision
from dialogue.rules.decisions import DecisionOutcome, FormOfDecision, PartState
from surveys.models import Attachment
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


@pytest.fixture
def officials(tova, polly):
    """Both may decide for their bodies."""


@pytest.fixture
def asked(lamps, ake, officials, trafikkontoret, polisen):
    """A decision that two bodies have been asked for, with what follows from each answer."""
    question = requesting.DecisionRequest(
        title={"sv": "Fler lampor"}, ask="Ta in lamporna i årets plan?", if_yes="De byts i april.", if_no="Inget görs."
    )
    bodies = {trafikkontoret: FormOfDecision.DELEGATION, polisen: FormOfDecision.AUTHORITY}
    due_on = TODAY + dt.timedelta(days=20)
    return requesting.request(
        dialogue=lamps.dialogue, question=question, issues=[lamps], bodies=bodies, by=ake, due_on=due_on
    )


@pytest.fixture
def hers(asked):
    """Trafikkontoret's part."""
    return asked.parts.get(organisation__slug="trafik")


@pytest.fixture
def committee(hers):
    """The same, when it is the committee that decides."""
    hers.form = FormOfDecision.COMMITTEE
    hers.save()
    return hers


@pytest.fixture
def hers_in_browser(tova, browse):
    """Tova's phone."""
    return browse(tova)


@pytest.fixture
def page(hers):
    return reverse("part-decision", args=[hers.pk])


def answered(part):
    part.refresh_from_db()
    return part.answer


def test_the_letter_leads_through_the_door_to_the_page(asked, hers, page, browse, settings):
    letter = Letter.objects.get(to="trafik@ostberga.example", kind="decision-asked")
    door = browse().get(page)

    assert f"{settings.SITE_URL}{page}" in letter.text
    assert "Ta in lamporna i årets plan?" in letter.text
    assert door.headers["Location"].endswith(f"?next={page}")


def test_what_is_asked_stands_first_and_the_grounds_after_the_answer(page, tova, browse):
    text = browse(tova).get(page).text
    order = [
        "Ta in lamporna i årets plan?",
        "Svara senast",
        "Åke frågar",
        ">Godkänn</button>",
        "Grunderna",
        "Av ett ja",
    ]

    assert sorted(order, key=text.index) == order


def test_tova_approves_in_one_step(hers, page, tova, browse):
    saved = browse(tova).post(page, {"svar": "approved", "delegation_item": "4.2"}, follow=True)

    assert (answered(hers), hers.decided_on, hers.answered_by) == (PartState.APPROVED, TODAY, tova)
    assert "Ert svar är inskrivet" in saved.text
    assert "Polismyndigheten" in saved.text.split("väntar</strong>")[1][:60]


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_is_kept(hers, page, tova, browse):
    answer = browse(tova).post(page, {"svar": "conditions", "delegation_item": "4.2", "motivation": "Bra, men dyrt."})

    assert answer.status_code == 422
    assert [words in answer.text for words in ("Skriv vilka villkoren är.", "Bra, men dyrt.", '"4.2"')] == [True] * 3
    assert answered(hers) == PartState.REQUESTED


@pytest.mark.parametrize("svar", ["refused", "sent_back"])
def test_a_no_asks_for_its_reason(svar, hers, page, tova, browse):
    browser = browse(tova)
    bare = browser.post(page, {"svar": svar})
    browser.post(page, {"svar": svar, "motivation": "Pengarna räcker inte."})

    assert (bare.status_code, answered(hers), hers.motivation) == (422, svar, "Pengarna räcker inte.")


def test_a_no_tells_the_other_body_where_it_can_read_it(hers, page, tova, polly, browse):
    browse(tova).post(page, {"svar": "refused", "motivation": "Pengarna räcker inte."})
    letter = Letter.objects.get(to=polly.email, kind="decision-answered")
    door = reverse("part-decision", args=[hers.decision.parts.exclude(pk=hers.pk).get().pk])

    assert door in letter.text
    assert "Ert svar behövs inte längre" in browse(polly).get(door).text


def test_an_unknown_answer_changes_nothing(hers, page, tova, browse):
    assert [browse(tova).post(page, {"svar": svar}).status_code for svar in ("", "requested", "ja")] == [422] * 3
    assert answered(hers) == PartState.REQUESTED


def test_a_committee_is_never_said_to_be_decided_here(committee, page, tova, browse):
    text = browse(tova).get(page).text

    assert "När tas frågan upp?" in text
    assert "Registrera nämndens beslut" in text
    assert ">Godkänn" not in text


def test_a_committee_is_prepared_and_then_registered(committee, page, tova, browse):
    browser, thursday = browse(tova), TODAY + dt.timedelta(days=9)
    browser.post(page, {"svar": "preparing", "meets_on": thursday.isoformat()})
    assert (answered(committee), committee.meets_on) == (PartState.PREPARING, thursday)
    facts = {"instance": "Trafiknämnden", "paragraph": "§ 12", "registry_number": "T-1", "decided_on": TODAY}
    receipt = browser.post(page, {"svar": "approved", "reservations": "Ett parti.", **facts}, follow=True).text

    assert (answered(committee), committee.paragraph, committee.reservations) == ("approved", "§ 12", "Ett parti.")
    assert "Registrerat av" in receipt


def test_a_committee_without_its_paragraph_is_asked_for_it(committee, page, tova, browse):
    answer = browse(tova).post(page, {"svar": "refused", "instance": "Trafiknämnden"})
    lacking = ("Skriv vilken paragraf", "Skriv ert diarienummer", "Skriv vilken dag beslutet togs", "Skriv varför")

    assert answer.status_code == 422
    assert [words in answer.text for words in lacking] == [True] * 4


def test_a_decision_of_tomorrow_is_not_written_down(hers, page, tova, browse):
    tomorrow = (TODAY + dt.timedelta(days=1)).isoformat()
    answer = browse(tova).post(page, {"svar": "approved", "delegation_item": "4.2", "decided_on": tomorrow})

    assert answer.status_code == 422
    assert "Dagen har inte varit än." in answer.text


def test_the_same_button_twice_is_answered_once(hers, page, tova, browse):
    sent = {"svar": "approved", "delegation_item": "4.2"}
    codes = [browse(tova).post(page, sent).status_code for _ in range(2)]

    assert codes == [302, 409]
    assert Letter.objects.filter(kind="decision-answered").count() == 1


def test_a_question_is_handed_to_a_colleague_who_gets_the_letter(hers, page, tova, trafikkontoret, browse):
    colleague = make.user("kollega@ostberga.example", name="Kim")
    make.official(colleague, trafikkontoret)
    make.mandate(colleague, trafikkontoret, hers.decision.dialogue.collaboration)
    browse(tova).post(reverse("part-hand-over", args=[hers.pk]), {"till": colleague.pk})
    letter = Letter.objects.get(to=colleague.email)

    assert "Tova har lämnat över en fråga till dig." in letter.text
    assert "Frågan ligger hos Kim." in browse(tova).get(page).text


def test_it_is_not_handed_to_another_body(hers, tova, polly, browse):
    answer = browse(tova).post(reverse("part-hand-over", args=[hers.pk]), {"till": polly.pk})

    assert answer.status_code == 422
    assert not Letter.objects.filter(to=polly.email, kind="decision-asked", kept_text__contains="lämnat över").exists()


def test_a_colleague_without_the_right_reads_and_is_told_who_can(hers, page, trafikkontoret, browse):
    other = make.user()
    make.official(other, trafikkontoret)
    text = browse(other).get(page).text
    refused = browse(other).post(page, {"svar": "approved", "delegation_item": "4.2"})

    assert "Trafikkontoret svarar genom Tova." in text
    assert "</button>" not in text.split("<main")[1].split("</main>")[0]
    assert (refused.status_code, answered(hers)) == (409, PartState.REQUESTED)


@pytest.mark.parametrize(("who", "code"), [("ake", 200), ("tova", 200), ("polly", 404), ("stranger", 404)])
def test_who_reads_the_page_and_for_whom_it_is_not_there(who, code, page, request, browse):
    assert browse(request.getfixturevalue(who)).get(page).status_code == code


def test_others_do_not_answer_and_the_coordinator_only_reads(page, ake, polly, elsewhere, browse):
    assert elsewhere.get(page).status_code == 404
    assert browse(polly).post(page, {"svar": "approved", "delegation_item": "4"}).status_code == 404
    assert "</form>" not in browse(ake).get(page).text.split("<main")[1].split("</main>")[0]


@pytest.fixture
def proposed(lamps, autumn, ake, trafikkontoret, hers):
    """The decision is about a proposal that answers one perspective and goes against another; with hidden quotes."""
    for title, words, side in (
        ("Vi som vill se", "Mer ljus.", "answers"),
        ("Vi som vill sova", "Inte in till mig.", "against"),
    ):
        seen = make.perspective(lamps.dialogue.collaboration, ake, title)
        confirmed = make.statement(autumn, words, by=ake)
        raw = make.statement(autumn, "HEMLIGT om grannen")
        for statement in (confirmed, raw):
            Attachment.objects.create(statement=statement, perspective=seen, attached_by=ake)
        proposal = hers.decision.proposal or make.proposal(
            lamps, ake, trafikkontoret, dissent="Boende 2 vill ha stolpar."
        )
        proposal.sides.create(perspective=seen, side=side)
        hers.decision.proposal = proposal
        hers.decision.save()
    return proposal


def test_both_sides_stand_there_with_what_may_be_quoted(proposed, page, tova, browse):
    text = browse(tova).get(page).text
    answers, against = text.split("Förslaget svarar mot")[1].split("Förslaget går emot")

    assert [words in answers for words in ("Vi som vill se", "Mer ljus.")] == [True] * 2
    assert [words in against for words in ("Vi som vill sova", "Inte in till mig.")] == [True] * 2
    assert "HEMLIGT" not in text
    assert "1 boende, 1 förtroendevald, 1 tjänsteperson" in against
    assert "Boende 2 vill ha stolpar." in against


def test_the_page_costs_the_same_for_one_quote_and_many(proposed, page, hers_in_browser, autumn, count_queries):
    browser, ake = hers_in_browser, proposed.written_by
    few = count_queries(lambda: browser.get(page))
    for number in range(5):
        seen = make.perspective(proposed.issue.dialogue.collaboration, ake, f"Vi {number}")
        proposed.sides.create(perspective=seen, side="answers")
        Attachment.objects.create(statement=make.statement(autumn, by=ake), perspective=seen, attached_by=ake)

    assert count_queries(lambda: browser.get(page)) == few


def test_the_receipt_says_what_it_makes_of_the_whole(asked, page, tova, polly, browse):
    other = asked.parts.get(organisation__slug="polisen")
    browse(polly).post(reverse("part-decision", args=[other.pk]), {"svar": "approved"})
    text = browse(tova).post(page, {"svar": "approved", "delegation_item": "4.2"}, follow=True).text

    asked.refresh_from_db()
    assert asked.outcome == DecisionOutcome.IN_FORCE
    assert "<strong>beslutet gäller</strong>" in text
    assert not PartDecision.objects.awaiting(tova).exists()
