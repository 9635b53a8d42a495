"""The story of an issue, and the chain behind an activity."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogue.activities import activity_lifecycle
from dialogue.decisions import answering, requesting
from dialogue.history import activity_chain, issue_story
from dialogue.history.events.event_types import ProposalMade
from dialogue.issues.quotes import PERSPECTIVES_PER_PAGE
from dialogue.models import IssuePerspective, round_of
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import FormOfDecision, PartState
from dialogue.rules.staircase import Step
from dialogue.staircase import climbing, gate_facts
from surveys.codebook import perspectives
from surveys.models import Polarity, Statement
from tests import factories as make
from tests.dialogue.lamps import SECRETS, build_lamps, days, make_quoted_statement, propose


@pytest.fixture
def lamps(talk, ake, tova, autumn):
    return build_lamps(talk, ake, autumn)


def text_of(browser, path):
    response = browser.get(path)
    assert response.status_code == 200
    return response.text


def activity_page(lamps):
    return reverse("dialogue:activity", args=["ostberga", lamps.activity.pk])


def finish(lamps, ake, state=ActivityState.DONE):
    activity_lifecycle.end(activity=lamps.activity, state=state, outcome={"sv": "22 lampor lyser."}, by=ake)


def close(lamps, ake):
    lamps.issue.step = Step.IMPLEMENTATION
    lamps.issue.save()
    missing = gate_facts.missing_requirements(lamps.issue)
    climbing.close(issue=lamps.issue, by=ake, answer={"sv": "Nu lyser det."}, reason="Klart.", despite=missing)


def test_the_story_goes_from_words_to_light(lamps, ake, amina):
    finish(lamps, ake)
    text = text_of(amina, lamps.issue.get_absolute_url())
    steps = [
        "Sätt upp fler lampor.",
        "En grupp föreslog:",
        "Trafikkontoret</span>: ja",
        "vi gör det",
        "22 lampor lyser.",
    ]

    assert sorted(steps, key=text.index) == steps


def test_a_proposal_says_whom_it_answers_whom_it_goes_against_and_who_disagreed(lamps, amina):
    text = text_of(amina, lamps.issue.get_absolute_url()).split("En grupp föreslog:")[1]

    assert text.index("Svarar mot") < text.index("Vi som vill se") < text.index("Går emot")
    assert text.index("Går emot") < text.index("Vi som vill sova")
    assert "Boende 1 vill inte ha starkt ljus." in text


def test_a_no_is_told_with_its_reason(lamps, ake, polisen, amina):
    make.decision(lamps.issue, ake, polisen, answer=PartState.REFUSED)
    text = text_of(amina, lamps.issue.get_absolute_url())

    assert "Polismyndigheten</span>: nej" in text
    assert "Polismyndigheten har sagt nej:" in text.split("Det här har sagts")[0]


def test_what_is_waited_for_is_said_first(lamps, ake, polisen, amina):
    asked = make.decision(lamps.issue, ake, polisen)
    asked.parts.update(due_on=days(9))

    assert "Vi väntar på svar från Polismyndigheten, senast" in text_of(amina, lamps.issue.get_absolute_url())


def test_an_earlier_decision_stays_when_a_new_one_takes_its_place(lamps, ake, tova, trafikkontoret, amina):
    question = requesting.DecisionRequest(title={"sv": "Lampor, igen"}, ask="Gäller det än?")
    asked = {
        "question": question,
        "issues": [lamps.issue],
        "bodies": {trafikkontoret: FormOfDecision.DELEGATION},
        "by": ake,
    }
    again = requesting.request(dialogue=lamps.issue.dialogue, supersedes=lamps.decision, **asked)
    facts = answering.DecisionFacts(motivation="Pengarna är slut.", decided_on=days(0))
    answering.answer(part=again.parts.get(), answer=PartState.REFUSED, facts=facts, by=tova)
    for path in (lamps.issue.get_absolute_url(), activity_page(lamps)):
        text = text_of(amina, path)
        assert text.index("Fler lampor i årets plan") < text.rindex("Lampor, igen")
        assert "Pengarna är slut." in text


@pytest.fixture
def agreed(lamps, ake):
    """Four bodies have said yes, one of them on a condition."""
    bodies = [make.organisation(f"Kontor {number}", slug=f"kontor-{number}") for number in range(4)]
    decision = make.decision(lamps.issue, ake, *bodies[1:], answer=PartState.APPROVED, title={"sv": "Vi samverkar"})
    answered = {
        "answered_by": ake,
        "answered_at": timezone.now(),
        "decided_on": days(0),
        "form": FormOfDecision.DELEGATION,
        **make.answered_under(bodies[0], ake),
    }
    decision.parts.create(organisation=bodies[0], answer=PartState.CONDITIONS, conditions="Om vi hinner.", **answered)
    return decision


def test_many_plain_yeses_are_told_together_and_a_condition_by_itself(agreed, lamps, amina):
    text = text_of(amina, lamps.issue.get_absolute_url())

    assert "4 organisationer" in text
    assert "Kontor 0</span>: ja, med villkor" in text
    assert "Kontor 1</span>: ja" not in text
    assert text.index("Alla har sagt ja: <span>Vi samverkar") < text.index("Vad var och en svarade")


@pytest.mark.parametrize("where", ["issue", "activity", "results", "front"])
def test_nothing_leaks(lamps, amina, where):
    addresses = {
        "issue": lamps.issue.get_absolute_url(),
        "activity": activity_page(lamps),
        "results": reverse("dialogue:results", args=["ostberga"]),
        "front": "/ostberga/",
    }
    text = text_of(amina, addresses[where])

    assert [word for word in SECRETS if word in text] == []


def test_an_activity_nobody_promised_or_of_a_hidden_issue_has_no_page(lamps, amina):
    addresses = [reverse("dialogue:activity", args=["ostberga", pk]) for pk in (lamps.activity.pk + 1, 0)]
    lamps.issue.published_at = None
    lamps.issue.save()

    assert [amina.get(path).status_code for path in (*addresses, activity_page(lamps))] == [404, 404, 404]


def test_backwards_from_what_was_done_to_what_was_said(lamps, amina):
    text = text_of(amina, activity_page(lamps))
    steps = [
        "Byt 22 lampor",
        "Beslutet</h2>",
        "Fler lampor i årets plan",
        "Svarar mot",
        "Sätt upp fler lampor.",
    ]

    assert sorted(steps, key=text.index) == steps
    assert "Lys inte in till mig." in text


def test_the_chain_survives_a_merge(lamps, ake, talk):
    whole = make.perspective(talk.collaboration, ake, "Vi som vill se och synas")
    perspectives.merge(perspective=lamps.light, into=whole, by=ake)
    chain = activity_chain.build_chain(lamps.activity)

    assert chain.proposal
    assert chain.proposal.answers == (whole,)
    assert [quote.text for perspective in chain.quotes.unopposed for quote in perspective.quotes] == []
    assert chain.quotes.opposites[0].other.perspective == whole or chain.quotes.opposites[0].one.perspective == whole


def test_the_chain_survives_a_split(lamps, ake):
    moved = Statement.objects.get(text="Sätt upp fler lampor.")
    part = perspectives.split(perspective=lamps.light, statements=[moved], title={"sv": "Vi som går hem sent"}, by=ake)
    chain = activity_chain.build_chain(lamps.activity)

    assert chain.proposal
    assert chain.proposal.answers == (lamps.light, part)
    assert [quote.text for perspective in chain.quotes.unopposed for quote in perspective.quotes] == [
        "Sätt upp fler lampor."
    ]


def test_a_part_split_off_before_the_proposal_was_not_meant(lamps, ake, autumn):
    extra = make_quoted_statement(autumn, ake, "Bänkar!", lamps.light)
    part = perspectives.split(perspective=lamps.light, statements=[extra], title={"sv": "Vi som vill sitta"}, by=ake)
    later = propose(lamps.issue, ake, lamps.light, lamps.sleep, written_at=timezone.now())

    assert later.sides.count() == 2
    events = issue_story.build_story(lamps.issue).current.events
    summaries = [event.summary for event in events if isinstance(event, ProposalMade)]
    assert part not in summaries[-1].answers


def test_a_quote_masked_anew_is_told_as_it_is_now_and_one_in_quarantine_not_at_all(lamps, amina):
    Statement.objects.filter(text="Sätt upp fler lampor.").update(text="Sätt upp [fler] lampor.")
    Statement.objects.filter(text="Lys inte in till mig.").update(state="quarantined", state_note="Hot")
    text = text_of(amina, activity_page(lamps))

    assert "Sätt upp [fler] lampor." in text
    assert "Lys inte in till mig." not in text


def test_a_closed_issue_shows_its_answer_first(lamps, ake, amina):
    finish(lamps, ake)
    close(lamps, ake)
    text = text_of(amina, lamps.issue.get_absolute_url())

    assert text.index("Nu lyser det.") < text.index("Sätt upp fler lampor.")
    assert "Vad händer nu?" not in text


def test_a_new_round_tells_its_cause_and_folds_the_old_one(lamps, ake, amina):
    finish(lamps, ake, ActivityState.NO_EFFECT)
    close(lamps, ake)
    climbing.begin_round(issue=lamps.issue, by=ake, cause="Det är mörkt igen.")
    text = text_of(amina, lamps.issue.get_absolute_url())
    now, folded = text.split("<details", 1)[0], text.split("Tidigare omgångar")[1]

    assert "Det är mörkt igen." in now
    assert "22 lampor lyser." not in now
    assert "22 lampor lyser." in folded
    assert "Nu lyser det." in folded


def test_a_new_round_shows_what_is_said_in_it_and_both_sides(lamps, ake, autumn):
    type(autumn).objects.filter(pk=autumn.pk).update(closes_on=days(-1))
    lamps.issue.rounds.update(started_on=days(-40))
    lamps.issue.rounds.create(number=2, started_on=days(0), cause="Igen")
    before = issue_story.build_story(lamps.issue)
    make_quoted_statement(make.wave(autumn.survey, opened_at=None), ake, "Lamporna är sönder.", lamps.light)
    pair = issue_story.build_story(lamps.issue).current.quotes.opposites[0]

    assert (before.is_echo, round_of(lamps.issue).number) == (True, 2)
    assert [side.quotes[0].text for side in (pair.one, pair.other)] == ["Lamporna är sönder.", "Lys inte in till mig."]


def test_what_was_missing_is_said_calmly(lamps, ake, amina):
    missing = gate_facts.missing_requirements(lamps.issue)
    climbing.climb(issue=lamps.issue, by=ake, reason="Lamporna kan inte vänta.", despite=missing)
    text = text_of(amina, lamps.issue.get_absolute_url())

    assert "Allt var inte på plats. Det här saknades:" in text
    assert missing[0].text in text


def more_happens(lamps, ake, body, number):
    """A perspective more, a proposal about it, a decision, an activity under it, and news of the first one."""
    more = make.perspective(lamps.issue.dialogue.collaboration, ake, f"Vi {number}")
    IssuePerspective.objects.create(issue=lamps.issue, perspective=more, linked_by=ake)
    wanted = propose(lamps.issue, ake, more, lamps.sleep)
    decided = make.decision(lamps.issue, ake, body, answer=PartState.APPROVED, proposal=wanted)
    begun = make.activity(lamps.issue, ake, decided)
    make.commitment(begun, body, ake)
    activity_lifecycle.start(activity=begun, by=ake)
    activity_lifecycle.add_news(activity=lamps.activity, by=ake, text="Det går framåt.")


@pytest.mark.parametrize("which", ["issue", "activity", "results"])
def test_a_page_costs_the_same_however_much_has_happened(lamps, polisen, count_queries, which):
    paths = {
        "issue": lamps.issue.get_absolute_url(),
        "activity": activity_page(lamps),
        "results": "/ostberga/sa-gick-det/",
    }
    Client().get(paths[which])
    few = count_queries(lambda: Client().get(paths[which]))
    for number in range(3):
        more_happens(lamps, lamps.decision.requested_by, polisen, number)

    assert count_queries(lambda: Client().get(paths[which])) == few


def test_when_there_are_many_perspectives_each_is_told_on_some_page(talk, ake, amina):
    issue = make.issue(talk, "Allt", slug="allt")
    many = [
        make.perspective(talk.collaboration, ake, f"Vi som tycker {number:02}")
        for number in range(PERSPECTIVES_PER_PAGE + 5)
    ]
    Polarity.objects.create(one=many[0], other=many[-1])
    issue.links.bulk_create(
        IssuePerspective(issue=issue, perspective=perspective, linked_by=ake) for perspective in many
    )
    pages = [amina.get(f"{issue.get_absolute_url()}sagt/{number}/") for number in (1, 2, 3)]
    titles = [f"Vi som tycker {number:02}" for number in range(PERSPECTIVES_PER_PAGE + 5)]

    assert [page.status_code for page in pages] == [200, 200, 404]
    assert [sum(title in page.text for page in pages[:2]) for title in titles] == [1] * len(titles)
    assert f"{issue.get_absolute_url()}sagt/1/" in amina.get(issue.get_absolute_url()).text
