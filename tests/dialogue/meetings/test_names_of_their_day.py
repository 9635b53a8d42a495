"""Locked minutes keep the names of the day they were locked, whatever is renamed afterwards."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actors.models import Collaboration, Organisation
from actors.models.former.names import rename
from dialogue.groups import forming
from dialogue.meetings import approving, minute_items, minutes_document
from dialogue.models import Meeting
from tests import factories as make
from tests.dialogue.group_setup import TODAY, lock, say, seat


@pytest.fixture
def locked(meeting, berit, ake, tova, trafikkontoret):
    """Locked minutes: Tova of Trafikkontoret has promised something, and a proposal is about an issue."""
    meeting.group.seats.filter(role="official").update(organisation=trafikkontoret)
    minute_items.open_minutes(meeting=meeting, by=ake)
    say(meeting, tova, "Byta lampan", kind="promise", owner=seat(meeting, "official"), due_on=TODAY)
    say(meeting, berit, "Fler lampor", kind="proposal", issue=meeting.issues.get())
    lock(meeting, berit, ake)
    return meeting


def rename_everything(group, by, trafikkontoret):
    """Rename the body, the group, the issue and the collaboration."""
    rename(trafikkontoret, name="Mobilitetsförvaltningen", short_name="MF")
    trafikkontoret.save()
    forming.update_group(group=group, name="Mörkret", mandate="", issues=group.issues.all(), by=by)
    texts = {"title": make.in_all_languages("Natten"), "description": {}, "next_up": {}}
    group.issues.get().describe(by=by, slug="natten", **texts)
    Collaboration.objects.update(name="Samverkan Söder", controller_name="Södernämnden")


def test_the_page_and_the_document_stay_as_they_were(locked, ake, trafikkontoret, browse):
    address = reverse("dialogue:meeting", args=["ostberga", locked.pk])
    before = browse().get(address).text
    group, short = locked.group.name, trafikkontoret.short_name
    controller = locked.group.dialogue.collaboration.controller_name
    rename_everything(locked.group, ake, trafikkontoret)

    minutes = minutes_document.build_minutes(Meeting.objects.get(pk=locked.pk), public=False)
    after = browse().get(address).text

    assert (minutes.group, minutes.controller) == (group, controller)
    assert [line.owner for line in minutes.promises] == [f"Tjänsteperson 1, {short}"]
    assert [issue.title["sv"] for issue in minutes.issues] == ["Lamporna"]
    assert (
        before[before.index("<article") : before.index("</article>")].replace("/lamporna/", "/natten/")
        == (after[after.index("<article") : after.index("</article>")])
    )


def test_open_minutes_follow_the_renaming(meeting, ake, trafikkontoret):
    meeting.group.seats.filter(role="official").update(organisation=trafikkontoret)
    meeting.present.set(meeting.group.seats.all())
    rename_everything(meeting.group, ake, trafikkontoret)

    minutes = minutes_document.build_minutes(Meeting.objects.get(pk=meeting.pk), public=False)

    assert (minutes.group, minutes.issues[0].title["sv"]) == ("Mörkret", "Natten")
    assert "Tjänsteperson 1, MF" in minutes.present


def test_an_addition_keeps_them_too(locked, ake, trafikkontoret):
    rename_everything(locked.group, ake, trafikkontoret)
    approving.add_addition(meeting=locked, text="Lampan var röd.", by=ake)

    assert minutes_document.build_minutes(Meeting.objects.get(pk=locked.pk), public=True).group != "Mörkret"


def test_the_database_refuses_other_names_and_none(locked, meeting, ake):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=locked.pk).update(names={"group": "Mörkret"})
    nameless = make.meeting(locked.group, ake, approved_on=None)
    with pytest.raises(IntegrityError, match="meeting_locked_with_names"), transaction.atomic():
        Meeting.objects.filter(pk=nameless.pk).update(approved_on=TODAY)


def test_a_group_tells_what_it_was_called(locked, ake, browse):
    first, issues = locked.group.name, locked.group.issues.all()
    forming.update_group(group=locked.group, name="Mörkert", mandate="", issues=issues, by=ake)
    forming.update_group(group=locked.group, name="Mörkret", mandate="", issues=issues, by=ake)

    page = browse().get(reverse("dialogue:group", args=["ostberga", locked.group_id])).text

    assert f"Hette tidigare: <span>{first}</span>" in page
    assert "Mörkert" not in page  # it did not last a day


def test_search_finds_a_body_by_the_name_it_had(locked, ake, trafikkontoret, browse):
    old = trafikkontoret.name
    rename_everything(locked.group, ake, trafikkontoret)

    public = browse().get(reverse("actors:partners", args=["ostberga"]), {"q": old.lower()}).text
    staff = browse(ake).get(reverse("coordinate:search", args=["ostberga"]), {"q": old.lower()}).text

    assert Organisation.objects.get(pk=trafikkontoret.pk).earlier_names == [old]
    assert f'<a href="#{trafikkontoret.slug}">Mobilitetsförvaltningen</a>' in public
    assert f"#{trafikkontoret.slug}" in staff
