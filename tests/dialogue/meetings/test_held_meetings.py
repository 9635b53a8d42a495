"""Meetings registered after they were held: what the form refuses, correcting the day, approval on paper."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.meetings import approving
from dialogue.models import Meeting
from dialogue.rules.minutes_approval import Phase
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


@pytest.fixture
def group(ready, ake):
    return make.group(ready.dialogue, ake, ready)


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def held(group, **more):
    seats = [seat.pk for seat in group.seats.all()]
    typed = {"on": TODAY, "present": seats, "adjusters": seats[:2], "issues": [group.issues.get().pk]}
    return typed | {"notes": "Vi gick längs vägen."} | more


def test_a_held_meeting_is_written_in_and_approved_on_paper(group, at_work):
    at_work.post(url("meeting-new", group.pk), held(group))
    meeting = Meeting.objects.get()
    for seat in meeting.adjusters.all():
        at_work.post(reverse("minutes-approve", args=[meeting.pk]), {"seat": seat.pk, "on": TODAY})
    meeting.refresh_from_db()

    assert (meeting.phase, meeting.approved_on) == (Phase.LOCKED, TODAY)


@pytest.mark.parametrize(("typed", "message"), [
    ({"on": TODAY + dt.timedelta(days=1)}, "Skriv in mötet när det har hållits."),
    ({"on": TODAY - dt.timedelta(days=99)}, "Fanns inte i gruppen den dagen"),
    ({"present": []}, "Kryssa dem som var med."),
    ({"adjusters": []}, "Välj vilka som justerar"),
    ({"notes": "Vi gick längs vägen. Ring 070-174 06 05."}, "070-174 06 05 (telefonnummer)"),
])  # fmt: skip
def test_a_meeting_that_can_not_have_been_is_told_and_kept(group, at_work, typed, message):
    page = at_work.post(url("meeting-new", group.pk), held(group, **typed))

    assert (page.status_code, message in page.text, "Vi gick längs vägen." in page.text) == (422, True, True)


def test_words_that_point_nobody_out_can_be_confirmed(group, at_work):
    words = {"notes": "Ring 070-174 06 05.", "looked": "on"}
    assert at_work.post(url("meeting-new", group.pk), held(group, **words)).status_code == 302


def test_the_day_can_be_mended_until_somebody_has_approved(group, ake, at_work):
    meeting = make.meeting(group, ake, approved_on=None)
    there, day = url("meeting-edit", meeting.pk), TODAY - dt.timedelta(days=3)
    at_work.post(there, {"on": day, "place": "Torget"})
    meeting.refresh_from_db()
    approving.approve(meeting=meeting, seat=meeting.adjusters.all()[0], by=ake)

    assert (meeting.on, meeting.place) == (day, "Torget")
    assert at_work.post(there, {"on": TODAY, "place": "Annorstädes"}).status_code == 409


def test_only_one_who_was_chosen_approves(group, ake, at_work):
    meeting = make.meeting(group, ake, approved_on=None)
    other = group.seats.exclude(pk__in=meeting.adjusters.values("pk")).get()
    page = at_work.post(reverse("minutes-approve", args=[meeting.pk]), {"seat": other.pk, "on": TODAY})

    assert (page.status_code, "är inte vald att justera" in page.text) == (409, True)


def test_the_workshops_address_leads_to_the_meetings_one_page(group, ake, at_work):
    meeting = make.meeting(group, ake)

    assert at_work.get(url("meeting", meeting.pk)).headers["Location"] == reverse("my-meeting", args=[meeting.pk])
