"""The coordinator's working groups: create, edit, end, missing roles, and who may open the pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.models import WorkingGroup
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
    """A meeting whose minutes nobody has approved."""
    return make.meeting(group, ake, approved_on=None)


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def described(issue, **more):
    return {"name": "Ljus", "mandate": "Stråket", "issues": [issue.pk], "approval": "two"} | more


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


def test_a_group_ends_and_what_it_did_stays(group, meeting, at_work):
    at_work.post(url("group-end", group.pk), {"on": TODAY})
    page = at_work.get(url("groups")).text

    assert "Avslutad" in page
    assert at_work.get(url("meeting", meeting.pk), follow=True).status_code == 200


def test_the_list_costs_the_same_for_one_and_three(meeting, group, ake, at_work, count_queries):
    queries_for_one = count_queries(lambda: at_work.get(url("groups")))
    for _ in range(2):
        make.meeting(make.group(group.dialogue, ake, group.issues.get()), ake)

    assert count_queries(lambda: at_work.get(url("groups"))) == queries_for_one


@pytest.mark.parametrize("name", ["groups", "group-new", "group", "group-edit", "seat-new", "meeting-new", "meeting"])
def test_for_everybody_else_it_does_not_exist(meeting, elsewhere, stranger, browse, name):
    key = {"groups": [], "group-new": [], "meeting": [meeting.pk]}.get(name, [meeting.group_id])
    there = url(name, *key)

    assert [browser.get(there).status_code for browser in (elsewhere, browse(stranger))] == [404, 404]


def test_every_act_is_told_with_who_did_it(ready, at_work):
    at_work.post(url("group-new"), described(ready))
    group = WorkingGroup.objects.get()
    at_work.post(url("group-edit", group.pk), described(ready, name="Ljus och mörker", approval="chair"))
    at_work.post(url("group-end", group.pk), {"on": TODAY})
    page = at_work.get(url("group", group.pk)).text

    assert [event.kind for event in group.events.all()] == ["ended", "described", "formed"]
    assert all(f"Åke {act}" in page for act in ("bildade gruppen", "ändrade gruppens uppdrag", "avslutade gruppen"))
