"""What is said of an issue first, on a receipt and in a letter: of the same answers, the same words."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.history.current_status import find_current_status
from dialogue.history.issue_events import list_events
from dialogue.history.receipt_story import DecisionLine, build_receipt_lines
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.lists import listed_rows
from dialogue.models import Decision, round_of
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import DecisionOutcome, PartState, combined_outcome
from tests import factories as make
from tests import listed

NOTHING, AGREED, PLAN = "Inget är bestämt än.", "Det är beslutat", "Nu ska det planeras."
ANSWERS = {
    "asked": PartState.REQUESTED,
    "yes": PartState.APPROVED,
    "condition": PartState.CONDITIONS,
    "no": PartState.REFUSED,
    "back": PartState.SENT_BACK,
}


@pytest.fixture
def issue(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


def decide(issue, by, body, answer, **fields):
    make.decision(issue, by, body, answer=answer, **{"outcome": combined_outcome([answer]), **fields})


def happen(what, issue, by, body):
    """Let something be decided, done or told by a list about the issue."""
    today = timezone.localdate()
    if what in ANSWERS:
        decide(issue, by, body, ANSWERS[what])
    elif what == "expired":
        ran_out = {"outcome": DecisionOutcome.EXPIRED, "valid_until": today - dt.timedelta(days=1)}
        decide(issue, by, body, PartState.APPROVED, **ran_out)
    elif what == "withdrawn":
        back = {"outcome": DecisionOutcome.WITHDRAWN, "withdrawn_reason": "Fel fråga.", "settled_on": today}
        decide(issue, by, body, PartState.REQUESTED, **back)
    elif what == "list":
        listed.decision(issue, by, body)
    else:
        over = {"state": ActivityState.CANCELLED, "ended_on": today, "outcome": {"sv": "Nej."}}
        done = make.activity(issue, by, Decision.objects.last(), **(over if what == "ended" else {}))
        make.commitment(done, body, by)


def first_words(issue):
    """What «Vad händer nu?» says."""
    now = find_current_status(issue, round_of(issue))
    context = {"story": SimpleNamespace(now=now), "issue": issue, "collaboration": issue.dialogue.collaboration}
    context["listed"] = listed_rows.rows_about_issue(issue)
    return " ".join(render_to_string("dialogue/history/_issue_now.html", context).split())


def receipt_lines(issue):
    events = list_events([issue], PerspectiveLineage(issue.dialogue.collaboration))[issue.pk]
    return [line for line in build_receipt_lines(events, (), dt.date.min) if isinstance(line, DecisionLine)]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("asked", "Vi väntar på svar från Trafikkontoret."),
        ("yes", "<strong>Det är beslutat:</strong> <span>Fler lampor i årets plan</span>. Nu ska det planeras."),
        ("condition", "<strong>Det är beslutat, med villkor:</strong> <span>Fler lampor i årets plan</span>."),
        ("no", "<strong> Trafikkontoret har sagt nej: </strong> <span>Fler lampor i årets plan</span>."),
        ("back", "Trafikkontoret har svarat att frågan behöver göras om:"),
        ("expired", "Beslutet slutade gälla: <span>Fler lampor i årets plan</span>"),
        ("list", '<a href="#listed-heading">Listor berättar om beslut eller aktiviteter</a>'),
        ("withdrawn", NOTHING),
    ],
)
def test_what_was_answered_is_said_first(issue, ake, trafikkontoret, what, said):
    happen(what, issue, ake, trafikkontoret)
    words = first_words(issue)

    assert said in words
    assert (NOTHING in words) == (what == "withdrawn")


def test_what_is_decided_is_to_be_planned_until_it_is(issue, ake, trafikkontoret):
    happen("yes", issue, ake, trafikkontoret)
    happen("planned", issue, ake, trafikkontoret)
    words = first_words(issue)

    assert (AGREED in words, PLAN in words, "Byt 22 lampor" in words) == (True, False, True)


@pytest.mark.parametrize(("language", "said"), [("en", "Now it has to be planned."), ("ar", "تقرر ذلك، بشروط:")])
def test_it_is_said_in_the_language_of_the_page(issue, ake, trafikkontoret, language, said):
    happen("condition", issue, ake, trafikkontoret)
    with translation.override(language):
        assert said in first_words(issue)


@pytest.mark.parametrize("name", ["_news_line.txt", "_news_line.html"])
def test_a_letter_and_a_receipt_tell_the_condition(issue, ake, trafikkontoret, name):
    happen("condition", issue, ake, trafikkontoret)
    [line] = receipt_lines(issue)
    letter = render_to_string(f"email/{name}", {"news": {"decision": Decision.objects.get()}})
    receipt = render_to_string(line.template, {"line": line})

    for text in (letter, receipt):
        assert text.index("Svaret blev ja, med villkor:") < text.index("Villkor:") < text.index("Efter budgeten.")


SETTLES = {*ANSWERS, "expired", "list", "planned", "ended"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(st.sampled_from(sorted(SETTLES | {"withdrawn"})), max_size=5))
def test_no_two_sentences_contradict(issue, ake, trafikkontoret, story):
    with transaction.atomic():
        for what in story:
            happen(what, issue, ake, trafikkontoret)
        words, lines = first_words(issue), receipt_lines(issue)
        transaction.set_rollback(True)

    assert (NOTHING in words) == SETTLES.isdisjoint(story)
    assert (AGREED in words) == (not {"yes", "condition"}.isdisjoint(story))
    assert PLAN not in words or AGREED in words
    for line in lines:
        assert line.kind != "yes" or AGREED in words
        assert line.kind != "no" or "har sagt nej" in words or "göras om" in words or "slutade gälla" in words
