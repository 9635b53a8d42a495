"""What waits for the coordinator, and what lies on everybody's desk."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter, Partnership
from dialogue import week
from dialogue.models import ConcernedBody, ProcessStep
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def calm(talk):
    """Everything is done: profiles confirmed, steps planned, one issue in order."""
    by = make.user()
    Partnership.objects.update(confirmed_at=timezone.now(), confirmed_by=by)
    ProcessStep.objects.create(dialogue=talk, step=1, start=dt.date(2016, 4, 1), precision="day")
    return talk.collaboration


def waits(collaboration):
    return {one.where: one for one in week.of(collaboration).waiting}


def test_all_is_done(calm, ready, ake, browse):
    ready.rounds.update(closed_at=timezone.now(), closed_by=ake, answer={"sv": "Det blev ljust."})

    assert week.of(calm).waiting == ()
    assert "Allt är gjort" in browse(ake).get(reverse("coordinate:home", args=["ostberga"])).text


def test_an_answer_nobody_has_read_waits(calm, autumn):
    make.answer(autumn, "Mer ljus")

    assert waits(calm)["coding"].number == 1


def test_raw_and_quarantined_statements_wait(calm, autumn, ake):
    make.statement(autumn)
    make.statement(autumn, state="quarantined", state_note="Hot")
    texts = [one.text for one in week.of(calm).urgent]

    assert "utsagor att granska innan de får visas" in texts
    assert "utsagor i karantän att ta ställning till" in texts


def test_a_letter_that_did_not_arrive_waits_where_it_can_be_sent_again(calm):
    letter = {"kind": "invitation", "to": "x@example.se", "subject": "Hej", "text": "Hej", "state": "failed"}
    Letter.objects.create(**letter)  # somebody's new password: not the coordinator's to see
    assert "letters" not in waits(calm)

    Letter.objects.create(**letter, collaboration=calm)

    assert waits(calm)["letters"].is_urgent


def test_an_issue_tells_what_it_lacks(calm, bare):
    assert waits(calm)["issue"].text == "Soporna: Frågan vilar inte på något perspektiv ännu."


def test_of_many_missing_things_the_first_is_told(calm, ready):
    ready.concerned.all().delete()
    type(ready.perspectives.get()).statements.through.objects.all().delete()

    assert waits(calm)["issue"].text == "Lamporna: Ingen boende har hörts om frågan i den här omgången. + 2 till"


def test_a_wave_that_closes_soon_is_told(calm, autumn):
    autumn.closes_on = TODAY + dt.timedelta(days=1)
    autumn.save()

    assert waits(calm)["survey"].text == "Hösten stänger i morgon"


def test_a_step_whose_time_is_out_is_urgent(calm, talk, ready):
    yesterday = TODAY - dt.timedelta(days=1)
    talk.steps.update(end=yesterday)

    assert waits(calm)["issues"].is_urgent


def test_unconfirmed_partners_and_a_missing_dialogue_wait(ostberga):
    assert [one.where for one in week.of(ostberga).waiting] == ["partners", "dialogue-new"]


def busy(issue, by, body):
    """A decision that is late, an activity with a counter-offer, and a meeting nobody has approved."""
    asked = make.decision(issue, by, body)
    asked.parts.update(due_on=TODAY - dt.timedelta(days=1))
    make.commitment(make.activity(issue, by, asked), body, by, reply="countered", answer="I maj.")
    make.meeting(make.group(issue.dialogue, by, issue), by, approved_on=None)


def test_the_week_costs_the_same_whatever_waits(calm, talk, autumn, ready, count_queries):
    by = ready.links.get().linked_by
    make.answer(autumn)
    busy(ready, by, make.organisation())
    few = count_queries(lambda: week.of(calm))
    for _ in range(3):
        make.answer(autumn)
        make.statement(autumn)
        busy(make.issue(talk), by, make.organisation())

    assert count_queries(lambda: week.of(calm)) == few


def told(collaboration):
    """What waits, but for the issue itself, which could go on."""
    waiting = [one for one in week.of(collaboration).waiting if "inget saknas" not in one.text]
    return {one.text: (one.where, one.is_urgent) for one in waiting}


def test_a_late_answer_and_a_body_with_nobody_to_give_it_wait(calm, ready, ake, trafikkontoret):
    asked = make.decision(ready, ake, trafikkontoret)
    asked.parts.update(due_on=TODAY - dt.timedelta(days=1))

    assert told(calm) == {
        "Ingen på Trafikkontoret kan svara här. Bjud in någon.": ("people", True),
        f"{asked}: svaret är försenat från Trafikkontoret": ("decision", True),
    }


@pytest.mark.parametrize(("days", "waits_for"), [(14, 1), (15, 0)])
def test_an_answer_due_within_two_weeks_is_told_calmly(calm, ready, tova, days, waits_for):
    asked = make.decision(ready, tova, tova.affiliations.get().organisation)
    asked.parts.update(due_on=TODAY + dt.timedelta(days=days))

    assert list(told(calm).values()) == [("decision", False)] * waits_for


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ({"reply": "countered", "answer": "I maj."}, "Trafikkontoret har svarat med ett motbud"),
        ({"reply": "declined", "answer": "Nej."}, "Trafikkontoret sa nej till att ansvara. Fråga någon annan."),
        ({"reply": "asked", "due_on": TODAY - dt.timedelta(days=1)}, "Trafikkontoret har inte svarat i tid"),
    ],
)
def test_what_bodies_said_or_did_not_say_waits(calm, ready, tova, reply, text):
    activity = make.activity(ready, tova)
    make.commitment(activity, tova.affiliations.get().organisation, tova, **reply)

    assert told(calm) == {f"{activity}: {text}": ("activity", True)}


def test_what_is_silent_or_flagged_and_notes_nobody_approved_wait(calm, ready, ake, tova):
    held = make.decision(ready, ake, tova.affiliations.get().organisation, answer="approved")
    long_ago = timezone.now() - dt.timedelta(days=100)
    make.activity(ready, ake, held, state="running", planned_at=long_ago)
    make.activity(ready, ake, held, title={"sv": "Gå"}, concern="Se över tiden.")
    make.meeting(make.group(ready.dialogue, ake, ready), ake, approved_on=None)
    found = told(calm)

    assert found["Byt 22 lampor: ingen har berättat hur det går på länge"] == ("activity", False)
    assert found["Gå: Se över tiden."] == ("activity", True)
    assert ("meeting", False) in found.values()


def test_the_coordinators_desk_leads_to_the_week(talk, autumn, ake, browse):
    make.answer(autumn)
    page = browse(ake).get("/mitt/").text

    assert reverse("coordinate:home", args=["ostberga"]) in page
    assert "<strong>1</strong> svar och anteckningar väntar" in page


def test_the_officials_desk_shows_what_concerns_her_bodies(ready, bare, tova, polisen, browse):
    make.official(tova, polisen)
    ConcernedBody.objects.create(issue=bare, organisation=polisen, why="Går där.")
    page = browse(tova).get("/mitt/").text

    assert [words in page for words in ("Sköter lamporna.", "Går där.", "inte bekräftad")] == [True] * 3


def test_a_confirmed_text_is_read_or_changed_not_confirmed(ready, tova, trafikkontoret, browse):
    trafikkontoret.partnerships.update(confirmed_at=timezone.now(), confirmed_by=tova)
    ready.concerned.update(why="")

    page = browse(tova).get("/mitt/").text

    assert "Läs eller ändra den" in page
    assert "Läs och bekräfta" not in page
    assert "·" not in page.split("Frågor som berör er")[1].split("</section>")[0]


def test_a_place_that_has_ended_is_not_on_the_desk(ready, tova, browse):
    tova.affiliations.update(since=TODAY - dt.timedelta(days=9), until=TODAY - dt.timedelta(days=1))

    assert "Sköter lamporna." not in browse(tova).get("/mitt/").text


def test_a_hidden_issue_is_not_on_the_officials_desk(ready, tova, ake, browse):
    ready.unpublish(by=ake)

    assert "Lamporna" not in browse(tova).get("/mitt/").text


def test_whoever_has_no_place_is_told_who_invites(stranger, browse):
    page = browse(stranger).get("/mitt/")

    assert "Det är samordnaren som bjuder in." in page.text


def test_the_desk_costs_the_same_for_one_place_and_three(ready, tova, browse, count_queries):
    browser = browse(tova)
    one = count_queries(lambda: browser.get("/mitt/"))
    for _ in range(2):
        body = make.organisation()
        make.official(tova, body)
        make.partnership(ready.dialogue.collaboration, body)

    assert count_queries(lambda: browser.get("/mitt/")) == one


def test_an_issue_with_nothing_missing_is_said_to_be_ready(ready, ake, browse):
    assert f"{ready}: inget saknas, frågan kan gå vidare" in browse(ake).get("/samordna/ostberga/").text
