"""The rows of the coordinator's week: everything that waits, the most urgent first."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter
from dialogue.models import DialogueEvent, PublishedReport
from dialogue.worklists import week
from tests import factories as make
from tests.dialogue.promises import make_promise

NOW, TODAY = timezone.localtime(), timezone.localdate()
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
HOME = "/samordna/ostberga/"


def waiting_rows(collaboration, today=None):
    """The rows of each box by its name: (what, who, whether it is late)."""
    boxes = week.build_week(collaboration, today).boxes
    return {box.name: [(row.what, row.who, row.is_late) for row in box.rows] for box in boxes}


def test_all_is_done(settled, ake, browse):
    assert week.build_week(settled).boxes == []
    assert "Allt är gjort" in browse(ake).get(HOME).text


def test_what_is_to_be_read_and_reviewed_waits(settled, autumn):
    make.answer(autumn, "Mer ljus")
    make.statement(autumn)
    make.statement(autumn, state="quarantined", state_note="Hot")
    (box,) = week.build_week(settled).boxes

    assert [(row.number, row.what) for row in box.rows] == [
        (3, "svar och anteckningar att läsa"),
        (1, "utsagor att granska innan de får visas"),
        (1, "utsagor i karantän att ta ställning till"),
    ]


def test_a_letter_that_did_not_arrive_waits_where_it_can_be_sent_again(settled):
    letter = {"kind": "invitation", "to": "x@example.se", "subject": "Hej", "kept_text": "Hej", "state": "failed"}
    Letter.objects.create(**letter)  # somebody's new password: not the coordinator's to see
    assert waiting_rows(settled) == {}

    Letter.objects.create(**letter, collaboration=settled)

    assert waiting_rows(settled) == {"brev": [("brev som inte kom fram", "", True)]}


def test_an_issue_tells_the_first_thing_it_lacks_and_how_many_more(calm, bare, ready):
    ready.concerned.all().delete()
    type(ready.perspectives.get()).statements.through.objects.all().delete()
    lacks = {what: who for what, who, _ in waiting_rows(calm)["saknas"]}

    assert lacks == {
        "Soporna": "Frågan vilar inte på något perspektiv ännu.",
        "Lamporna": "Ingen boende har hörts om frågan i den här omgången. + 2 till",
    }


def test_an_issue_with_nothing_missing_can_go_on(calm, ready):
    (box,) = week.build_week(calm).boxes
    ((row, address),) = box.visible_rows

    assert (box.name, row.who) == ("redo", "kan lämna steget Intervjuer")
    assert address == reverse("coordinate:issue-move", args=["ostberga", ready.pk])


def test_a_wave_that_closes_soon_is_told(settled, autumn):
    autumn.closes_on = TOMORROW
    autumn.save()
    (box,) = week.build_week(settled).boxes

    assert [(row.what, row.when) for row in box.rows] == [("Hösten", "stänger i morgon")]


def test_a_step_whose_time_is_out_is_urgent(settled, talk):
    talk.steps.update(end=YESTERDAY)

    assert waiting_rows(settled) == {
        "trappan": [("Steget Intervjuer", "tiden är ute. Är frågorna redo för nästa?", True)]
    }


def test_unconfirmed_partners_and_a_missing_dialogue_wait(ostberga):
    assert {name: len(rows) for name, rows in waiting_rows(ostberga).items()} == {"parter": 1, "dialog": 1}


def test_partners_that_have_not_confirmed_are_one_row_with_their_short_names(ostberga):
    bodies = ostberga.partnerships.order_by("organisation__name").values_list("organisation__short_name", flat=True)

    told = ("parter har inte bekräftat sin beskrivning", " och ".join(bodies), False)
    assert (waiting_rows(ostberga)["parter"], len(bodies)) == ([told], 2)


def test_a_dialogue_that_is_prepared_beside_another_waits(settled, talk):
    make.dialogue(settled, title={"sv": "Parken"}, slug="parken", has_own_address=True, is_current=False)

    assert waiting_rows(settled) == {"dialog": [("«Parken» förbereds. Börja dialogen.", "", False)]}


def test_a_late_answer_and_a_body_with_nobody_to_give_it_wait(settled, ready, ake, trafikkontoret):
    asked = make.decision(ready, ake, trafikkontoret)
    asked.parts.update(due_on=YESTERDAY)

    assert waiting_rows(settled) == {
        "beslut": [(str(asked), "Trafikkontoret", True)],
        "svarar": [("Trafikkontoret", f"ingen har mandat att svara här, föreslå någon: {asked}", True)],
    }


@pytest.mark.parametrize(("days", "rows"), [(7, 1), (8, 0)])
def test_an_answer_due_within_the_week_is_told_calmly(settled, ready, tova, days, rows):
    asked = make.decision(ready, tova, tova.affiliations.get().organisation)
    asked.parts.update(due_on=TODAY + dt.timedelta(days=days))

    assert waiting_rows(settled).get("beslut", []) == [(str(asked), "Trafikkontoret", False)] * rows


def test_who_has_not_answered_is_told_with_how_many_and_since_when(settled, ready, tova):
    body = tova.affiliations.get().organisation
    make.decision(ready, tova, body, title={"sv": "Den nya"})
    long_ago = dt.datetime(2017, 5, 3, 12, tzinfo=dt.UTC)
    make.decision(ready, tova, body, title={"sv": "Den gamla"}, requested_at=long_ago)
    (row,) = next(box.rows for box in week.build_week(settled).boxes if box.name == "svarar")

    assert (row.what, row.who, row.when) == (
        "Trafikkontoret",
        "2 frågor, den äldsta: Den gamla",
        "sedan 3 maj 2017",
    )


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ({"reply": "countered", "answer": "I maj."}, "Trafikkontoret har svarat med ett motbud"),
        ({"reply": "declined", "answer": "Nej."}, "Trafikkontoret sa nej till att ansvara, fråga någon annan"),
        ({"reply": "withdrawn"}, "ingen ansvarar, fråga någon"),
    ],
)
def test_what_bodies_said_about_an_activity_waits(settled, ready, tova, reply, text):
    activity = make.activity(ready, tova)
    make.commitment(activity, tova.affiliations.get().organisation, tova, **reply)

    assert waiting_rows(settled)["aktiviteter"] == [("Byt 22 lampor", text, True)]


def test_a_promise_not_answered_in_time_waits_among_the_answers(settled, ready, tova):
    activity = make.activity(ready, tova)
    make.commitment(activity, tova.affiliations.get().organisation, tova, reply="asked", due_on=YESTERDAY)

    assert waiting_rows(settled)["beslut"] == [("Byt 22 lampor", "Trafikkontoret", True)]


def test_what_is_silent_or_flagged_waits(settled, ready, ake, tova):
    body = tova.affiliations.get().organisation
    held = make.decision(ready, ake, body, answer="approved")
    long_ago = NOW - dt.timedelta(days=100)
    make.commitment(make.activity(ready, ake, held, state="running", planned_at=long_ago), body, ake)
    make.commitment(make.activity(ready, ake, held, title={"sv": "Gå"}, concern="Se över tiden."), body, ake)

    assert waiting_rows(settled)["aktiviteter"] == [
        ("Gå", "Se över tiden.", True),
        ("Byt 22 lampor", "ingen har berättat hur det går", False),
    ]


def test_meetings_to_come_and_minutes_that_wait_are_told(settled, ready, ake):
    group = make.group(ready.dialogue, ake, ready)
    planned = {"begun_at": None, "ready_at": None, "approved_on": None}
    make.meeting(group, ake, on=TOMORROW, **planned)
    make.meeting(group, ake, on=TODAY + dt.timedelta(days=30), **planned)
    make.meeting(group, ake, on=YESTERDAY, **planned)
    make.meeting(group, ake, on=YESTERDAY, approved_on=None)

    assert [who for _, who, _ in waiting_rows(settled)["moten"]] == [
        "inget protokoll är skrivet",
        "protokollet väntar på justering",
        "kallelsen är inte skickad",
    ]


def test_a_promise_from_a_meeting_waits_when_its_day_has_passed(settled, ready, ake):
    promise = make_promise(ready, ake)
    make_promise(ready, ake, text="I morgon", due_on=TOMORROW)

    assert waiting_rows(settled)["loften"] == [("Räkna lamporna", f"{promise.owner}, {promise.meeting.group}", True)]


def test_silence_from_outside_waits(settled, ready, ake):
    body = make.organisation("Region Stockholm")
    days = {"sent_on": TODAY - dt.timedelta(days=9), "reply_due": YESTERDAY}
    ready.outside_questions.create(
        round=ready.rounds.get(), addressee=body, subject={"sv": "Buss 134"}, text="Hej", registered_by=ake, **days
    )

    assert waiting_rows(settled) == {"utanfor": [("Buss 134", "Region Stockholm har inte svarat", True)]}


def test_a_report_that_a_concerned_body_has_not_read_waits(settled, talk, ready, trafikkontoret, tova):
    report = PublishedReport.objects.create(dialogue=talk, slug="varen", title="Våren", published_at=NOW)
    report.issues.add(ready)
    assert waiting_rows(settled) == {"rapporter": [("Våren", "inte läst av Trafikkontoret", False)]}

    report.read_by.create(organisation=trafikkontoret, by=tova)

    assert waiting_rows(settled) == {}


def test_words_written_before_the_last_yes_are_reminded_of(calm, ready, ake, tova):
    make.decision(ready, ake, tova.affiliations.get().organisation, answer="approved")
    type(ready).objects.filter(pk=ready.pk).update(step=4, next_up={"sv": "Trafikkontoret svarar i maj."})
    assert waiting_rows(calm)["orden"] == [
        ("Lamporna", "boende läser fortfarande: «Trafikkontoret svarar i maj.»", False)
    ]

    DialogueEvent.objects.create(dialogue=ready.dialogue, issue=ready, kind="edited", by=ake, at=NOW + dt.timedelta(1))

    assert "orden" not in waiting_rows(calm)


def test_what_is_late_comes_first(settled, autumn, ready, tova):
    make.answer(autumn, "Mer ljus")
    make.commitment(make.activity(ready, tova), make.organisation(), tova, reply="asked", due_on=YESTERDAY)

    assert next(iter(waiting_rows(settled))) == "beslut"
