"""«Vad hände sen?»: Amina's code leads from what she said to what was done, never to her words."""

import pytest
from django.conf import settings

from dialogue.activities import activity_lifecycle
from dialogue.models import BetterAnswer, BetterQuestion, PublishedReport
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import PartState
from dialogue.rules.staircase import Step
from dialogue.staircase import climbing, gate_facts
from ostberga.lib.privacy.codes import receipt_code
from surveys.codebook import perspectives
from surveys.collecting.receiving import receipt_hash
from surveys.models import Response, Statement
from tests import factories as make
from tests.dialogue.lamps import SECRETS, TODAY, build_lamps, days

HER_WORDS = "Sätt upp fler lampor."


@pytest.fixture
def lamps(talk, ake, autumn):
    return build_lamps(talk, ake, autumn)


@pytest.fixture
def code(lamps):
    """Amina said that there should be more lamps."""
    code = receipt_code(settings.RECEIPT_KEY, "Aminas svar")
    Response.objects.filter(answers__statements__text=HER_WORDS).update(receipt_hash=receipt_hash(code))
    return code


@pytest.fixture
def asks(amina, code):
    return lambda: amina.post("/kvitto/", {"kod": code})


def lines(page):
    return [line.kind for feed in page.context["outcome"].feeds for line in feed.since]


def test_she_sees_what_became_of_it_but_never_her_words(lamps, ake, asks):
    activity_lifecycle.end(activity=lamps.activity, state=ActivityState.DONE, outcome={"sv": "Det lyser."}, by=ake)
    page = asks()

    assert sorted(lines(page)) == ["activity", "answers", "yes"]
    assert "Det lyser." in page.text
    assert [word for word in (HER_WORDS, *SECRETS) if word in page.text] == []


def test_a_proposal_that_goes_against_her_says_so(lamps, ake, asks):
    lamps.proposal.sides.update(side="against")

    assert "En grupp lämnade ett förslag som går emot det:" in asks().text


def test_a_no_is_told_with_its_reason(lamps, ake, polisen, asks):
    make.decision(lamps.issue, ake, polisen, answer=PartState.REFUSED, title={"sv": "Kameror"})
    page = asks()

    assert "Svaret blev nej:" in page.text
    assert "Polismyndigheten: Därför." in page.text


def test_the_closing_answer_reaches_her(lamps, ake, asks):
    type(lamps.issue).objects.filter(pk=lamps.issue.pk).update(step=Step.IMPLEMENTATION)
    lamps.issue.refresh_from_db()
    climbing.close(
        issue=lamps.issue,
        by=ake,
        answer={"sv": "Nu lyser det."},
        reason="Klart.",
        despite=gate_facts.missing_requirements(lamps.issue),
    )

    assert "Nu lyser det." in asks().text


def test_five_lines_are_enough(lamps, ake, trafikkontoret, asks):
    for number in range(4):
        more = make.activity(lamps.issue, ake, lamps.decision, title={"sv": f"Lampa {number}"})
        make.commitment(more, trafikkontoret, ake)
        activity_lifecycle.start(activity=more, by=ake)

    assert len(lines(asks())) <= 5


def test_only_what_came_after_her_round_began_is_told(lamps, autumn, asks):
    type(autumn).objects.filter(pk=autumn.pk).update(opens_on=days(1), closes_on=None)

    assert lines(asks()) == []


def test_in_a_new_round_the_old_one_is_not_hers(lamps, asks):
    lamps.issue.rounds.update(started_on=days(-40))
    lamps.issue.rounds.create(number=2, started_on=days(1), cause="Igen")

    assert lines(asks()) == []


def test_an_issue_stays_hers_when_her_words_are_split_off(lamps, ake, asks):
    moved = Statement.objects.get(text=HER_WORDS)
    perspectives.split(perspective=lamps.light, statements=[moved], title={"sv": "Vi som går hem sent"}, by=ake)
    page = asks()

    assert [feed.issue for feed in page.context["outcome"].feeds] == [lamps.issue]
    assert "Vi som går hem sent" in page.text
    assert "answers" in lines(page)


def test_a_draft_and_a_hidden_issue_are_not_hers(lamps, asks):
    lamps.issue.published_at = None
    lamps.issue.save()

    assert asks().context["outcome"].feeds == ()


def test_a_receipt_costs_the_same_for_one_issue_and_three(lamps, ake, asks, count_queries):
    asks()
    few = count_queries(asks)
    for _ in range(2):
        more = make.issue(lamps.issue.dialogue)
        more.links.create(perspective=lamps.light, linked_by=ake)
        make.decision(more, ake, *[part.organisation for part in lamps.decision.parts.all()], answer="approved")
        make.activity(more, ake, lamps.decision, state=ActivityState.RUNNING)

    assert (len(asks().context["outcome"].feeds), count_queries(asks)) == (3, few)


def test_today_counts(lamps, asks):
    assert {line.event.on for feed in asks().context["outcome"].feeds for line in feed.since} == {TODAY}


def close(lamps, by, words):
    """Those who asked in this round get their answer."""
    type(lamps.issue).objects.filter(pk=lamps.issue.pk).update(step=Step.IMPLEMENTATION)
    lamps.issue.refresh_from_db()
    climbing.close(
        issue=lamps.issue, by=by, answer=words, reason="Klart.", despite=gate_facts.missing_requirements(lamps.issue)
    )


def test_who_asked_in_a_round_that_is_over_finds_its_answer_while_the_next_goes_on(lamps, ake, asks):
    """The answer of a closed round stays on the receipt of whoever spoke in it."""
    close(lamps, ake, {"sv": "Huset byggdes. Det öppnade på torget."})
    climbing.begin_round(issue=lamps.issue, by=ake, cause="Huset räcker inte till.")
    page = asks()

    assert "closed" in lines(page)
    assert "Huset byggdes. Det öppnade på torget." in page.text
    assert [feed.is_closed for feed in page.context["outcome"].feeds] == [False]


def test_the_answer_is_among_the_five_however_much_has_happened(lamps, ake, trafikkontoret, asks):
    for number in range(4):
        more = make.activity(lamps.issue, ake, lamps.decision, title={"sv": f"Lampa {number}"})
        make.commitment(more, trafikkontoret, ake)
        activity_lifecycle.start(activity=more, by=ake)
    close(lamps, ake, {"sv": "Nu lyser det."})

    assert "Nu lyser det." in asks().text


def test_all_that_a_letter_tells_is_found_by_the_code(lamps, ake, talk, asks):
    report = PublishedReport.objects.create(dialogue=talk, slug="rapport", title="Så säger vi")
    report.issues.add(lamps.issue)
    activity_lifecycle.end(activity=lamps.activity, state=ActivityState.DONE, outcome={"sv": "Det lyser."}, by=ake)
    asked = BetterQuestion.objects.create(activity=lamps.activity, closes_on=days(-1))
    asked.answers.bulk_create(BetterAnswer(question=asked, answer="yes") for _ in range(6))
    close(lamps, ake, {"sv": "Nu lyser det."})
    page = asks().text
    texts = ("Så säger vi", "Svaret blev ja:", "Det lyser.", "6–10 svarade: 6–10 ja", "Nu lyser det.", "Avslutad")

    assert [words for words in texts if words not in page] == []
