"""The agenda: suggested points from what is open, chosen, added to and put in order by people."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.groups import open_positions
from dialogue.groups.open_positions import GivenPosition
from dialogue.meetings import agenda, calling
from dialogue.meetings.agenda import Point
from dialogue.models import Meeting, MinuteItem, PromiseOutcome
from dialogue.rules.activities import ActivityState, Reply
from dialogue.rules.shown_positions import Stance
from dialogue.rules.staircase import Step
from tests import factories as make

TODAY = timezone.localdate()
NEXT_WEEK = TODAY + dt.timedelta(days=7)


@pytest.fixture
def group(ready, ake):
    ready.step = Step.WORKING_GROUPS
    ready.save()
    return make.group(ready.dialogue, ake, ready)


@pytest.fixture
def draft(group, ready, ake):
    met = make.meeting(group, ake, on=TODAY - dt.timedelta(days=7), approved_on=None)
    return make.proposal(ready, ake, meeting=met, stands_since=None, agreed_at=None, dissent="")


@pytest.fixture
def planned(group, ake):
    """A meeting with three points."""
    return calling.plan(group=group, on=NEXT_WEEK, by=ake, points=[Point("Ett"), Point("Två"), Point("Tre")])


def texts(group, on=NEXT_WEEK):
    return [suggestion.point.text for suggestion in agenda.suggest_points(group, on)]


def promised(group, ake, **fields):
    met = make.meeting(group, ake, on=TODAY - dt.timedelta(days=9), approved_on=None)
    owner = group.seats.get(role="resident")
    words = {"text": "Fråga grannarna.", "owner": owner, "due_on": TODAY, "edited_by": ake}
    return MinuteItem.objects.create(meeting=met, kind=MinuteItem.Kind.PROMISE, **{**words, **fields})


def when(**more):
    return {"on": NEXT_WEEK, "starts_at": "18:00", "ends_at": "20:00", "place": "Träffpunkten"} | more


def order(meeting):
    return [point.text for point in meeting.agenda.all()]


def test_the_issues_in_the_group_s_hands_are_proposed_and_others_are_not(group, bare):
    group.issues.add(bare)

    assert texts(group) == ["Lamporna"]


def test_a_draft_is_proposed_until_every_seat_has_taken_a_stand(group, draft, ake):
    before = texts(group)
    for seat in group.seats.all():
        open_positions.add(draft, GivenPosition(seat.pk, None, Stance.CONSENT, ""))

    assert "Ta ställning till förslaget: Fler lampor" in before
    assert texts(group) == ["Lamporna"]


def test_a_promise_comes_up_when_it_is_due_and_until_its_end_is_told(group, ake):
    mine = promised(group, ake)
    promised(group, ake, text="Långt fram.", due_on=TODAY + dt.timedelta(days=200))
    before = texts(group)
    PromiseOutcome.objects.create(item=mine, became="kept", by=ake)

    assert before == ["Lamporna", "Uppföljning: Boende 1: Fråga grannarna."]
    assert texts(group) == ["Lamporna"]


def test_what_bodies_have_promised_comes_up_but_not_what_they_have_not_answered(group, ready, ake, trafikkontoret):
    held = make.decision(ready, ake, trafikkontoret, answer="approved")
    for title, reply in (("Byt lampor", Reply.ACCEPTED), ("Måla bänkar", Reply.ASKED)):
        activity = make.activity(ready, ake, held, title={"sv": title}, state=ActivityState.RUNNING, end=NEXT_WEEK)
        make.commitment(activity, trafikkontoret, ake, reply=reply)

    assert texts(group)[1:] == ["Trafikkontoret: Byt lampor"]


def test_all_is_ticked_and_what_is_unticked_waits(group, draft, ake, browse):
    page = browse(ake).get(reverse("meeting-plan", args=[group.pk]))
    keys = [suggestion.key for suggestion in agenda.suggest_points(group, NEXT_WEEK)]
    browse(ake).post(reverse("meeting-plan", args=[group.pk]), when(points=keys[:1], own="Fika\n\n Nästa möte "))

    assert page.text.count("checked") == len(keys) == 2
    assert order(Meeting.objects.get(on=NEXT_WEEK)) == ["Lamporna", "Fika", "Nästa möte"]


@pytest.mark.parametrize(("typed", "message"), [
    ({"on": TODAY - dt.timedelta(days=1)}, "Välj en dag som inte har varit."),
    ({"ends_at": "17:00"}, "Mötet kan inte sluta innan det har börjat."),
    ({"own": "x" * 241}, "En punkt får ha högst 240 tecken."),
    ({"place": ""}, "Adress och rum"),
])  # fmt: skip
def test_what_can_not_be_is_told_and_kept(group, ake, browse, typed, message):
    page = browse(ake).post(reverse("meeting-plan", args=[group.pk]), when(own="Egen punkt") | typed)

    assert (page.status_code, message in page.text, Meeting.objects.count()) == (422, True, 0)
    assert "Lamporna" in page.text


def test_points_change_places_without_a_script(planned, ake, browse):
    here, act = browse(ake), reverse("agenda-change", args=[planned.pk])
    _, two, three = planned.agenda.all()
    here.post(act, {"punkt": f"upp:{three.pk}"})
    here.post(act, {"punkt": f"bort:{two.pk}"})
    here.post(act, {"punkt": f"upp:{planned.agenda.first().pk}"})

    assert order(planned) == ["Ett", "Tre"]
    assert [point.position for point in planned.agenda.all()] == [1, 2]


def test_one_s_own_point_and_one_that_is_open_are_added_last(planned, ake, browse):
    here, act = browse(ake), reverse("agenda-add", args=[planned.pk])
    here.post(act, {"text": "Fyra"})
    here.post(act, {"forslag": agenda.suggest_points(planned.group, NEXT_WEEK)[0].key})
    again = here.get(reverse("meeting-call", args=[planned.pk])).text

    assert order(planned) == ["Ett", "Två", "Tre", "Fyra", "Lamporna"]
    assert "Mer som är öppet" not in again


def test_an_empty_point_is_told_beside_the_field(planned, ake, browse):
    page = browse(ake).post(reverse("agenda-add", args=[planned.pk]), {"text": "  "})

    assert (page.status_code, planned.agenda.count()) == (422, 3)


def test_the_meeting_takes_up_what_its_points_are_about(group, bare, ake):
    group.issues.add(bare)
    meeting = calling.plan(group=group, on=NEXT_WEEK, by=ake, points=[Point("Soporna", issue=bare)])

    assert list(meeting.issues.all()) == [bare]


def test_what_is_open_costs_the_same_for_one_and_three(group, ready, draft, ake, count_queries):
    promised(group, ake)
    queries_for_one = count_queries(lambda: agenda.suggest_points(group, NEXT_WEEK))
    for _ in range(2):
        promised(group, ake)
        words = {"stands_since": None, "agreed_at": None, "dissent": ""}
        make.proposal(ready, ake, meeting=draft.group.meetings.first(), **words)

    assert count_queries(lambda: agenda.suggest_points(group, NEXT_WEEK)) == queries_for_one
