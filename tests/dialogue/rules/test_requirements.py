"""What each gate says is missing: word for word, who mends it, and on which page."""

from dataclasses import replace

import pytest

from dialogue.rules.staircase import (
    IssueFacts,
    Move,
    Readiness,
    Requirement,
    Step,
    Thresholds,
    missing_before_start,
    missing_for,
    target_of,
    unaccepted,
)
from tests.dialogue.rules.test_staircase import ALL


def asked(step, limits=None, **facts):
    return missing_for(step, replace(ALL, **facts), limits)


def test_after_the_interviews():
    assert missing_for(Step.INTERVIEWS, IssueFacts()) == [
        Requirement("perspective", "Frågan vilar inte på något perspektiv ännu.", where="issue-perspectives")
    ]
    assert asked(Step.INTERVIEWS, roles=frozenset({"official"}), concerned_bodies=0) == [
        Requirement("resident", "Ingen boende har hörts om frågan i den här omgången.", where="interviews"),
        Requirement(
            "roles", "Frågan vilar på utsagor från 1 av minst 2 roller i den här omgången.", where="interviews"
        ),
        Requirement("body", "Ingen berörd organisation är angiven.", where="issue-bodies"),
    ]


def test_after_the_report():
    assert asked(Step.REPORT, in_published_report=False) == [
        Requirement(
            "report", "Frågan finns inte med i någon rapport som publicerats i den här omgången.", where="reports"
        )
    ]
    assert asked(Step.REPORT, unread_by=("Polisen",)) == [
        Requirement("read:Polisen", "Polisen har inte bekräftat att rapporten är läst.", who="Polisen", where="readers")
    ]


def test_after_the_working_group():
    assert missing_for(Step.WORKING_GROUPS, IssueFacts()) == [
        Requirement("group", "Ingen arbetsgrupp arbetar med frågan.", where="groups")
    ]
    assert asked(Step.WORKING_GROUPS, seats=frozenset({"official"}), has_met=False, proposals=0) == [
        Requirement("seat:resident", "Arbetsgruppen saknar en boende.", where="groups"),
        Requirement("seat:elected", "Arbetsgruppen saknar en förtroendevald.", where="groups"),
        Requirement("meeting", "Inget godkänt möte har behandlat frågan.", where="groups"),
        Requirement("proposal", "Arbetsgruppen står inte bakom något förslag.", where="proposals"),
    ]
    assert asked(Step.WORKING_GROUPS, names_deciders=False) == [
        Requirement("deciders", "Förslaget säger inte vilka som måste besluta.", where="proposals")
    ]


def test_a_seat_of_a_kind_without_words_is_named_as_it_is():
    wanted = Thresholds(seats=("official", "business"))

    assert asked(Step.WORKING_GROUPS, wanted, seats=frozenset()) == [
        Requirement("seat:official", "Arbetsgruppen saknar en tjänsteperson.", where="groups"),
        Requirement("seat:business", "Arbetsgruppen saknar business.", where="groups"),
    ]


NO_ACTIVITY = Requirement("activity", "Ingen planerad aktivitet har en ansvarig som tackat ja.", where="activities")


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (
            {"awaited": ("Polisen",)},
            Requirement("decision:Polisen", "Det saknas ett beslut från Polisen.", who="Polisen", where="decisions"),
        ),
        (
            {"decisions": 1},
            Requirement(
                "refused",
                "Svaret blev nej, eller gäller inte längre. Frågan behöver ett nytt förslag eller en omprövning.",
                where="decisions",
            ),
        ),
        (
            {"decisions": 0},
            Requirement("decision", "Det saknas ett beslut. Inget är begärt ännu.", where="decisions"),
        ),
    ],
)
def test_after_the_decision(facts, missing):
    assert asked(Step.DECISION, in_force=False, planned=0, **facts) == [missing, NO_ACTIVITY]


def test_before_it_is_closed():
    assert asked(Step.IMPLEMENTATION, going_on=("Lamporna",)) == [
        Requirement("activity:Lamporna", "Aktiviteten «Lamporna» är inte avslutad.", where="activities")
    ]


def test_the_coordinator_mends_what_nobody_else_is_named_for():
    assert NO_ACTIVITY.who == "Samordnaren"


@pytest.mark.parametrize("step", Step)
def test_where_a_move_leads(step):
    leads = {move: target_of(move, step) for move in Move}

    assert leads == {
        Move.ONWARD: min(step + 1, 5),
        Move.BACK: max(step - 1, 1),
        Move.AGAIN: 1,
        Move.CLOSE: step,
        Move.START: step,
    }


def test_only_what_was_seen_is_accepted():
    late = Requirement("body", "Ingen berörd organisation är angiven.")

    assert unaccepted([NO_ACTIVITY, late], [NO_ACTIVITY]) == [late]
    assert unaccepted([NO_ACTIVITY], [NO_ACTIVITY, late]) == []


def test_before_a_dialogue_begins():
    nothing = Readiness(
        partners=1,
        unconfirmed=("Polisen", "SISAB", "Trafikkontoret"),
        has_coordinator=False,
        says_what_can_change=False,
    )
    names = "Polisen, SISAB och Trafikkontoret"

    assert missing_before_start(nothing) == [
        Requirement("partners", "Bara en organisation är med i samverkan. Det ska vara minst två.", where="partners"),
        Requirement("confirmed", f"Uppdrag och roll är inte bekräftade av {names}.", where="partners"),
        Requirement("coordinator", "Ingen samordnare är utsedd.", where="people"),
        Requirement("influence", "Det är inte skrivet vad som går att påverka och vad som inte går.", where="dialogue"),
    ]


def test_with_nobody_in_it_nobody_has_confirmed():
    alone = Readiness(partners=0, unconfirmed=(), has_coordinator=True, says_what_can_change=True)

    assert [missing.text for missing in missing_before_start(alone)] == [
        "Ingen organisation är med i samverkan. Det ska vara minst två.",
        "Ingen part har bekräftat sitt uppdrag och sin roll.",
    ]


@pytest.mark.parametrize(("unconfirmed", "names"), [(("SISAB",), "SISAB"), (("A", "B"), "A och B")])
def test_bodies_that_have_not_confirmed_are_named(unconfirmed, names):
    ready = Readiness(partners=2, unconfirmed=unconfirmed, has_coordinator=True, says_what_can_change=True)

    assert [missing.text for missing in missing_before_start(ready)] == [
        f"Uppdrag och roll är inte bekräftade av {names}."
    ]
    assert missing_before_start(replace(ready, unconfirmed=())) == []
