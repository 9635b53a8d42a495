"""Åke's working groups: whose voice is missing, who has left, and notes that somebody stands for."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.models import Meeting, WorkingGroup
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


@pytest.fixture
def group(ready, ake):
    return make.group(ready.dialogue, ake, ready)


@pytest.fixture
def meeting(group, ake):
    """A meeting whose notes nobody has approved."""
    return make.meeting(group, ake, approved_on=None)


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def described(issue, **more):
    return {"name": "Ljus", "mandate": "Stråket", "issues": [issue.pk], "approval": "two"} | more


def held(group, **more):
    seats = [seat.pk for seat in group.seats.all()]
    return {"on": TODAY, "present": seats, "issues": [group.issues.get().pk], "notes": "Vi gick stråket."} | more


def test_a_group_is_formed_and_says_whose_voice_is_missing(ready, at_work):
    page = at_work.post(url("group-new"), described(ready), follow=True)

    assert WorkingGroup.objects.get().name == "Ljus"
    assert "Saknar en boende, en förtroendevald och en tjänsteperson" in page.text


def test_a_group_without_an_issue_is_told_beside_the_field(ready, at_work):
    page = at_work.post(url("group-new"), {"name": "Ljus och mörker"})

    assert (page.status_code, "Ljus och mörker" in page.text) == (422, True)
    assert "Välj minst en fråga." in page.text


def test_the_issue_that_the_link_came_from_is_chosen(ready, bare, at_work):
    page = at_work.get(url("group-new") + f"?fraga={bare.pk}")

    assert page.context["form"]["issues"].value() == [bare.pk]


def test_a_meeting_is_written_down_and_mended_until_it_is_approved(group, at_work):
    at_work.post(url("meeting-new", group.pk), held(group))
    meeting = Meeting.objects.get()
    at_work.post(url("meeting-edit", meeting.pk), held(group, notes="Vi gick hela stråket."))
    meeting.adjusters.set(group.seats.all()[:2])
    for seat in meeting.adjusters.all():
        at_work.post(url("meeting", meeting.pk), {"seat": seat.pk, "on": TODAY})
    late = at_work.post(url("meeting-edit", meeting.pk), held(group, notes="Nej"))
    meeting.refresh_from_db()

    assert (meeting.notes, meeting.approved_on) == ("Vi gick hela stråket.", TODAY)
    assert (late.status_code, "Skriv i nästa möte." in late.text) == (409, True)


@pytest.mark.parametrize(("typed", "told"), [
    ({"on": TODAY + dt.timedelta(days=1)}, "Skriv in mötet när det har hållits."),
    ({"on": TODAY - dt.timedelta(days=99)}, "Fanns inte i gruppen den dagen"),
    ({"present": []}, "Kryssa dem som var med."),
])  # fmt: skip
def test_a_meeting_that_can_not_have_been_is_told_and_kept(group, at_work, typed, told):
    page = at_work.post(url("meeting-new", group.pk), held(group, **typed))

    assert (page.status_code, told in page.text, "Vi gick stråket." in page.text) == (422, True, True)


def test_only_one_who_was_there_approves(meeting, group, at_work):
    other = make.group(group.dialogue, group.formed_by)
    page = at_work.post(url("meeting", meeting.pk), {"seat": other.seats.all()[0].pk, "on": TODAY})

    assert page.status_code == 422


def test_a_group_ends_and_what_it_did_stays(group, meeting, at_work):
    at_work.post(url("group-end", group.pk), {"on": TODAY})
    page = at_work.get(url("groups")).text

    assert "Avslutad" in page
    assert at_work.get(url("meeting", meeting.pk)).status_code == 200


def test_the_list_costs_the_same_for_one_and_three(meeting, group, ake, at_work, count_queries):
    one = count_queries(lambda: at_work.get(url("groups")))
    for _ in range(2):
        make.meeting(make.group(group.dialogue, ake, group.issues.get()), ake)

    assert count_queries(lambda: at_work.get(url("groups"))) == one


@pytest.mark.parametrize("name", ["groups", "group-new", "group", "group-edit", "seat-new", "meeting-new", "meeting"])
def test_for_everybody_else_it_does_not_exist(meeting, elsewhere, stranger, browse, name):
    key = {"groups": [], "group-new": [], "meeting": [meeting.pk]}.get(name, [meeting.group_id])
    there = url(name, *key)

    assert [one.get(there).status_code for one in (elsewhere, browse(stranger))] == [404, 404]
