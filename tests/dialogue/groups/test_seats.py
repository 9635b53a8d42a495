"""Seats of a group: by e-mail, for an account or without one; leaving, the chair, and the composition on a day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Invitation, Letter, User
from actors.people import inviting
from dialogue.groups import composition, seating
from dialogue.groups.group_overview import list_seat_holders
from dialogue.models import Seat
from ostberga.lib.refusal import Refusal
from tests import factories as make

TODAY = timezone.localdate()
SAMIRA, NAME = "samira@example.se", "Samira Påhittad"


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


@pytest.fixture
def group(ready, ake):
    return make.group(ready.dialogue, ake, ready)


@pytest.fixture
def invited(group, ake):
    """The seat «Boende 2», invited by letter."""
    return seating.add_seat(group=group, role="resident", email=SAMIRA, name=NAME, by=ake)


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def taken(seat):
    """Accept the invitation to the seat. Returns the new user."""
    return inviting.accept(Invitation.objects.get(pk=seat.invitation_id), name=NAME, password="ostberga-demo")


def test_a_resident_is_invited_by_letter_and_gets_a_page_of_her_own(group, at_work, amina):
    typed = {"role": "resident", "since": TODAY, "email": SAMIRA, "name": NAME, "reason": "Gruppen saknade högstadiet."}
    at_work.post(url("seat-new", group.pk), typed)
    letter = Letter.objects.get(to=SAMIRA)
    link = letter.text[letter.text.index("/valkommen/") :].split()[0]
    amina.post(link, {"name": "Samira", "password": "ett-langt-losenord-2026"})

    assert f"Du får en plats i arbetsgruppen {group}: Boende 2." in letter.text
    assert "Du har platsen <strong>Boende 2</strong>" in amina.get(reverse("my-group", args=[group.pk])).text


def test_a_resident_s_invitation_gives_her_no_body_and_nothing_but_the_seat(invited, browse):
    samira = taken(invited)

    assert samira.affiliations.count() == 0
    assert list(Seat.objects.held_by(samira)) == [invited]


def test_an_official_who_is_invited_gets_her_place_in_her_body(group, ake, trafikkontoret):
    seat = seating.add_seat(group=group, role="official", organisation=trafikkontoret, email=SAMIRA, by=ake)

    assert taken(seat).affiliations.get().organisation == trafikkontoret


def test_nobody_learns_here_who_has_an_account_elsewhere(group, ake, stranger):
    emails = [stranger.email, "ingen@annan.example"]
    seats = [seating.add_seat(group=group, role="resident", email=email, name=NAME, by=ake) for email in emails]
    rows = [row for row in list_seat_holders(group, TODAY) if row.seat in seats]
    shown = {row.holder.replace(emails[0], "").replace(emails[1], "") for row in rows}
    assert ([seat.user for seat in seats], len(rows), len(shown)) == ([None, None], 2, 1)

    inviting.join(Invitation.objects.get(email=stranger.email), user=stranger)
    assert list(Seat.objects.held_by(stranger)) == [seats[0]]


def test_who_has_an_account_gets_the_seat_at_once_and_a_letter_about_it(group, ake, tova, trafikkontoret):
    more = {"organisation": trafikkontoret, "email": "TRAFIK@ostberga.example"}
    seat = seating.add_seat(group=group, role="official", by=ake, **more)
    letter = Letter.objects.get(kind="seat-given")

    assert (seat.user, seat.invitation, letter.to) == (tova, None, tova.email)
    assert reverse("my-group", args=[group.pk]) in letter.text


def test_a_seat_without_account_is_entered_by_the_coordinator(group, at_work):
    page = at_work.post(url("seat-new", group.pk), {"role": "resident", "since": TODAY}, follow=True)

    assert "Du skriver in vad personen säger." in page.text
    assert (group.seats.filter(role="resident").count(), Letter.objects.count()) == (2, 0)


def test_an_official_comes_from_a_body_and_a_resident_from_none(group, at_work, trafikkontoret):
    there, typed = url("seat-new", group.pk), {"since": TODAY}
    official = at_work.post(there, {**typed, "role": "official"})
    resident = at_work.post(there, {**typed, "role": "resident", "organisation": trafikkontoret.pk})

    assert (official.status_code, resident.status_code) == (422, 422)
    assert "Välj vilken organisation tjänstepersonen kommer från." in official.text
    assert "En boende företräder ingen organisation." in resident.text


def test_one_seat_has_one_holder(group, at_work, tova):
    page = at_work.post(
        url("seat-new", group.pk), {"role": "elected", "since": TODAY, "email": SAMIRA, "user": tova.pk}
    )

    assert (page.status_code, "inte båda" in page.text, SAMIRA in page.text) == (422, True, True)


def test_nobody_sits_on_two_chairs(group, ake, tova, invited):
    seating.add_seat(group=group, role="elected", user=tova, by=ake)

    for again in ({"user": tova}, {"email": SAMIRA}):
        with pytest.raises(Refusal) as no:
            seating.add_seat(group=group, role="elected", by=ake, **again)
        assert no.value.code == "already_seated"


def test_the_invitation_is_sent_again_with_a_new_link(invited, group, at_work):
    at_work.post(url("seat-invite-again", group.pk, invited.pk))
    first, second = Letter.objects.filter(to=SAMIRA)

    assert first.text != second.text
    assert all("Boende 2" in letter.text for letter in (first, second))


def test_who_leaves_before_she_took_the_invitation_can_not_take_it_after(invited, ake):
    seating.leave_seat(seat=invited, on=TODAY, reason="Har flyttat.", by=ake)

    assert Invitation.objects.get(pk=invited.invitation_id).withdrawn_at is not None


def test_who_leaves_sees_the_page_no_more(invited, group, ake, browse):
    samira = browse(taken(invited))
    page = reverse("my-group", args=[group.pk])
    before = samira.get(page).status_code
    seating.leave_seat(seat=invited, on=TODAY, by=ake, reason="Har flyttat.")
    Seat.objects.filter(pk=invited.pk).update(since=TODAY - dt.timedelta(days=2), until=TODAY - dt.timedelta(days=1))

    assert (before, samira.get(page).status_code) == (200, 404)


def test_a_seat_is_left_with_a_reason(group, at_work):
    seat = group.seats.get(role="resident")
    silent = at_work.post(url("seat-leave", group.pk, seat.pk), {"on": TODAY})
    at_work.post(url("seat-leave", group.pk, seat.pk), {"on": TODAY, "reason": "Har flyttat."})
    seat.refresh_from_db()

    assert silent.status_code == 422
    assert (seat.until, seat.left_reason, seat.left_by.name) == (TODAY, "Har flyttat.", "Åke")


def test_the_group_can_be_seen_as_it_was_on_any_day(group, ake, at_work):
    seat, then = group.seats.get(role="resident"), TODAY - dt.timedelta(days=5)
    seating.leave_seat(seat=seat, on=TODAY - dt.timedelta(days=1), reason="Har flyttat.", by=ake)
    now = at_work.get(url("group", group.pk)).text
    before = at_work.get(url("group", group.pk) + f"?den={then}").text

    assert "Saknar en boende" in now
    assert composition.build_composition(group, then).roles[0].seats == (seat,)
    assert f'Lämnar<span class="visually-hidden">: {seat}' not in before


def test_whoever_came_and_went_is_told_with_the_reason(group, ake, at_work):
    seat = seating.add_seat(group=group, role="elected", reason="Nämnden valde en ny.", by=ake)
    seating.leave_seat(seat=seat, on=TODAY, reason="Lämnade nämnden.", by=ake)
    page = at_work.get(url("group", group.pk)).text

    assert "Nämnden valde en ny." in page
    assert "Lämnade nämnden." in page
    assert "lade till platsen: Förtroendevald 2" in page


def test_the_chair_is_a_seat_held_today_and_gives_way_when_she_leaves(group, ake, at_work):
    seat = group.seats.get(role="elected")
    words = {"name": group.name, "mandate": "Stråket", "issues": [group.issues.get().pk], "approval": "chair"}
    at_work.post(url("group-edit", group.pk), {**words, "chair": seat.pk})
    group.refresh_from_db()
    chosen = group.chair
    seating.leave_seat(seat=seat, on=TODAY, reason="Ny post.", by=ake)

    assert chosen == seat
    assert "ingen är utsedd" in at_work.get(url("group", group.pk)).text


def test_names_and_addresses_of_others_elsewhere_are_not_told(group, at_work, stranger):
    at_work.post(url("seat-new", group.pk), {"role": "resident", "since": TODAY, "email": stranger.email})
    page = at_work.get(url("group", group.pk)).text

    assert stranger.email in page
    assert f"{stranger.name}," not in page


def test_old_seats_are_written_in_without_letters(group, ake, tova, trafikkontoret):
    then = timezone.localtime() - dt.timedelta(days=3000)
    seat = seating.add_seat(group=group, role="official", organisation=trafikkontoret, user=tova, by=ake, at=then)

    assert (seat.since, Letter.objects.count()) == (timezone.localdate(then), 0)
    assert group.events.get(kind="seated").at == then


def test_only_the_coordinator_gives_seats(group, elsewhere, stranger, browse):
    there = [url("seat-new", group.pk), url("seat-leave", group.pk, group.seats.all()[0].pk)]

    assert [browser.get(path).status_code for browser in (elsewhere, browse(stranger)) for path in there] == [404] * 4
    assert User.objects.filter(email=SAMIRA).exists() is False
