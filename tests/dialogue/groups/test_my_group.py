"""Pages of a member of a working group (Samira, a resident), and what neither she nor the public may see."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter
from dialogue.groups import seating
from dialogue.meetings import calling
from dialogue.meetings.agenda import Point
from dialogue.models import MinuteItem, PartDecision, Seat
from tests import factories as make
from tests.dialogue.groups.positions import DRAFT

TODAY = timezone.localdate()
NEXT_WEEK = TODAY + dt.timedelta(days=7)
SAMIRA, NAME = "samira@example.se", "Samira Påhittad"
BASHIR, HIS_NAME = "bashir@example.se", "Bashir Påhittad"
SECRETS = (BASHIR, HIS_NAME)


@pytest.fixture
def samira(db):
    return make.user(SAMIRA, name=NAME)


@pytest.fixture
def group(ready, ake, samira, tova, trafikkontoret):
    """Samira and Bashir live here; somebody was elected; Tova is an official; one more resident is only invited."""
    group = make.group(ready.dialogue, ake, ready, roles=("elected",))
    more = {"group": group, "by": ake, "on": group.started_on}
    seating.add_seat(role="resident", user=samira, **more)
    seating.add_seat(
        role="resident", user=make.user(BASHIR, name=HIS_NAME), reason="Gruppen saknade en granne.", **more
    )
    seating.add_seat(role="resident", email="inbjuden@example.se", name="Inbjuden Påhittad", **more)
    seating.add_seat(role="official", organisation=trafikkontoret, user=tova, **more)
    return group


@pytest.fixture
def hers(group, samira, browse):
    return browse(samira)


@pytest.fixture
def coming(group, ake):
    meeting = calling.plan(
        group=group, on=NEXT_WEEK, by=ake, starts_at=dt.time(18), place="Träffpunkten", points=[Point("Gå stråket")]
    )
    calling.call(meeting=meeting, by=ake)
    return meeting


@pytest.fixture
def promise(group, samira, ake):
    met = make.meeting(group, ake, on=TODAY - dt.timedelta(days=9), approved_on=None)
    words = {"text": "Fråga i porten.", "due_on": TODAY - dt.timedelta(days=1), "edited_by": ake}
    return MinuteItem.objects.create(meeting=met, kind="promise", owner=group.seats.get(user=samira), **words)


def page_of(group):
    return reverse("my-group", args=[group.pk])


def public(name, *args):
    return reverse(f"dialogue:{name}", args=["ostberga", *args])


def test_her_page_says_which_seat_is_hers_and_when_they_meet(hers, group, coming):
    page = hers.get(page_of(group)).text

    assert "Du har platsen <strong>Boende 1</strong>" in page
    assert "<li>Gå stråket</li>" in page
    assert reverse("meeting-calendar", args=[coming.pk]) in page


def test_a_meeting_that_is_only_planned_is_a_draft_of_those_who_lead(hers, group, ake, browse):
    calling.plan(group=group, on=NEXT_WEEK, by=ake, points=[Point("Gå stråket")])

    assert "Gå stråket" not in hers.get(page_of(group)).text
    assert "Kallelsen är inte skickad" in browse(ake).get(page_of(group)).text


def test_a_meeting_that_is_off_says_so_until_its_day(hers, group, coming, ake):
    calling.cancel(meeting=coming, reason="Lokalen är stängd.", by=ake)
    page = hers.get(page_of(group)).text

    assert "är inställt. Lokalen är stängd." in page
    assert "Inget möte är bestämt." in page


def test_what_she_took_upon_herself_stands_on_her_page_and_nobody_else_s(hers, group, promise, tova, browse):
    assert "Fråga i porten." in hers.get(page_of(group)).text
    assert "Fråga i porten." not in browse(tova).get(page_of(group)).text


def test_her_desk_has_the_group_the_meeting_and_the_promise(hers, group, coming, promise):
    desk = hers.get(reverse("desk")).text

    assert "Mina grupper" in desk
    assert f"{coming.on.day} " in desk
    assert "kl. 18.00, Träffpunkten" in desk
    assert "Du har tagit på dig: Fråga i porten." in desk
    assert "Du har ingen plats i någon samverkan än" not in desk


def test_she_sees_nothing_of_the_bodies_inner_work(hers, group, ready, ake, trafikkontoret):
    make.decision(ready, ake, trafikkontoret)
    PartDecision.objects.update(motivation="Chefen tvekar om pengarna.")
    page = hers.get(page_of(group))
    shut = [reverse("coordinate:group", args=["ostberga", group.pk]), reverse("coordinate:home", args=["ostberga"])]
    shut += [reverse("part-decision", args=[PartDecision.objects.get().pk])]

    assert "Chefen tvekar" not in page.text
    assert [hers.get(address).status_code for address in shut] == [404, 404, 404]


def test_who_has_no_seat_has_no_page(group, stranger, polly, browse):
    assert [browse(user).get(page_of(group)).status_code for user in (stranger, polly)] == [404, 404]
    assert browse().get(page_of(group)).status_code == 302


@pytest.fixture
def pages(group, coming, promise, ready, ake):
    """Every address about the group that somebody who is not the coordinator could try."""
    locked = make.meeting(group, ake, on=TODAY - dt.timedelta(days=20))
    addresses = [public("groups"), public("group", group.pk), public("group-on", group.pk, TODAY)]
    addresses += [public("issue", ready.slug), public("meeting", locked.pk), reverse("desk"), page_of(group)]
    addresses += [reverse("my-meeting", args=[meeting.pk]) for meeting in (coming, locked, promise.meeting)]
    return [*addresses, reverse("meeting-calendar", args=[coming.pk])]


@pytest.mark.parametrize("reader", ["resident", "official", "nobody"])
def test_names_and_addresses_of_residents_stand_nowhere(pages, group, browse, reader):
    seat = group.seats.filter(role=reader).first()
    browser = browse(seat.user if seat else None)
    hers = {NAME, SAMIRA} if reader == "resident" else set()
    secret = {*SECRETS, NAME, SAMIRA, "inbjuden@example.se", "Inbjuden Påhittad"} - hers

    assert [(page, word) for page in pages for word in secret if word in browser.get(page).text] == []


def test_letters_to_one_say_nothing_of_another(coming):
    to_others = Letter.objects.exclude(to=BASHIR)

    assert to_others.filter(kind="meeting-called").count() == 3
    assert [
        letter.to
        for letter in to_others
        if any(secret in letter.text + letter.html + letter.calendar for secret in SECRETS)
    ] == []


def test_the_coordinator_s_own_page_is_where_the_names_are(group, ake, browse):
    page = browse(ake).get(reverse("coordinate:group", args=["ostberga", group.pk])).text

    assert f"{NAME}, {SAMIRA}" not in page  # an account that others made: only the address written here
    assert SAMIRA in page
    assert "Inbjuden: Inbjuden Påhittad, inbjuden@example.se" in page


def test_everybody_sees_the_seats_the_reasons_and_what_the_group_proposes(group, ready, ake, amina):
    met = make.meeting(group, ake, on=TODAY - dt.timedelta(days=3))
    make.proposal(ready, ake, meeting=met)
    page = amina.get(public("group", group.pk)).text

    assert all(
        f"<dd>{seat}</dd>" in page for seat in ("Boende 1", "Förtroendevald 1", "Tjänsteperson 1, Trafikkontoret")
    )
    assert "Gruppen saknade en granne." in page
    assert "Fler lampor" in page
    assert public("meeting", met.pk) in page


def test_everybody_sees_who_sat_there_on_a_day(group, ake, amina):
    seating.leave_seat(seat=group.seats.get(role="elected"), on=TODAY - dt.timedelta(days=2), reason="Ny post.", by=ake)
    then = TODAY - dt.timedelta(days=5)
    asked = amina.get(public("group", group.pk) + f"?den={then}")
    before = amina.get(asked.headers["Location"]).text

    assert "<dd>Förtroendevald 1</dd>" in before
    assert "Ingen har platsen" in amina.get(public("group", group.pk)).text
    assert "Förtroendevald 1 lämnade" in before


@pytest.mark.parametrize("day", ["2015-01-01", "2199-01-01", "igår", "20261101"])
def test_a_day_outside_the_group_s_life_has_no_page(group, amina, day):
    assert amina.get(public("group-on", group.pk, day)).status_code == 404
    assert amina.get(public("group", group.pk) + f"?den={day}").status_code == 200


def test_a_group_whose_issues_nobody_sees_yet_has_no_public_page(group, ready, amina):
    ready.published_at = None
    ready.save()

    assert amina.get(public("group", group.pk)).status_code == 404
    assert str(group) not in amina.get(public("groups")).text


def test_an_issue_leads_to_its_group(group, ready, amina):
    assert public("group", group.pk) in amina.get(public("issue", ready.slug)).text


def busier(group):
    """One more meeting to come, and one that has been."""
    ake = group.formed_by
    calling.call(meeting=calling.plan(group=group, on=NEXT_WEEK, by=ake, points=[Point("Ljus")]), by=ake)
    make.meeting(group, ake, on=TODAY - dt.timedelta(days=9), approved_on=None)


@pytest.mark.parametrize("page", ["desk", "groups", "group"])
def test_the_pages_cost_the_same_for_one_and_three(group, ready, hers, count_queries, page):
    there = {"desk": reverse("desk"), "groups": public("groups"), "group": page_of(group)}[page]
    busier(group)
    hers.get(there)  # the first visit of the day is noted
    queries_for_one = count_queries(lambda: hers.get(there))
    for _ in range(2):
        other = make.group(ready.dialogue, group.formed_by, ready)
        Seat.objects.filter(group=other, role="resident").update(user=group.seats.get(role="resident", number=1).user)
        busier(other)
        busier(group)

    assert count_queries(lambda: hers.get(there)) == queries_for_one


def test_the_desk_and_the_groups_page_tell_the_same_next_meeting(group, ake, hers):
    opened = make.meeting(group, ake, on=TODAY, approved_on=None, ready_at=None, begun_at=timezone.now())
    desk, own = hers.get(reverse("desk")).text, hers.get(reverse("my-group", args=[group.pk])).text

    assert reverse("my-meeting", args=[opened.pk]) in own
    assert ("nästa möte" in desk, "inget möte bestämt" in desk) == (True, False)


def test_what_the_group_stands_behind_is_told_with_its_objections(group, ready, ake, hers):
    met = make.meeting(group, ake)
    proposal = make.proposal(ready, ake, meeting=met, **DRAFT)
    proposal.positions.create(role="resident", stance="objection", reason="Det bländar.")
    type(proposal).objects.update(stands_since=met.on, agreed_at=met, dissent="Ingen")
    page = hers.get(reverse("my-group", args=[group.pk])).text

    assert "Det gruppen står bakom" in page
    assert "Invändningar följer med till dem som beslutar" in page


def test_a_draft_that_says_only_its_title_says_it_once(group, ready, ake, hers):
    words = {"title": {"sv": "Laga gungan före maj"}, "what": {"sv": "Laga gungan före maj."}}
    make.proposal(ready, ake, meeting=make.meeting(group, ake), **DRAFT, **words)
    page = hers.get(reverse("my-group", args=[group.pk])).text

    assert ("Laga gungan före maj</a></h3>" in page, "Laga gungan före maj.</p>" in page) == (True, False)
