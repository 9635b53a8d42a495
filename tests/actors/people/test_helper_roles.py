"""Åke gives people tasks as helpers for a time, changes and ends them, and mends their names and titles."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actors.letters.flood import MOST_NAMES
from actors.models import HelperRole, Invitation, Letter, SecurityEvent, User
from actors.people import appointing, inviting, memberships, second_factor
from actors.people.helping import roles as helper_roles
from actors.people.names.renaming import change_name, correct_name
from actors.rules.helping import HelperTask
from ostberga.lib.authorization import MAY_NOT
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.house.helping import yesterday

TALKS, CODES = HelperTask.CONVERSATIONS, HelperTask.CODING
A_MONTH = dt.timedelta(days=30)


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def refusal(act, *args, **named):
    with pytest.raises(Refusal) as refused:
        act(*args, **named)
    return refused.value


@pytest.fixture
def nora(ostberga, ake):
    """Nora has accepted an invitation, to no body."""
    person = make.user("nora@ostberga.example", name="Nora")
    now = timezone.now()
    ostberga.invitations.create(
        email=person.email,
        name="Nora",
        token_hash="n",
        invited_by=ake,
        expires_at=now,
        accepted_at=now,
        accepted_by=person,
    )
    return person


@pytest.fixture
def give(ostberga, ake):
    """A function that gives somebody a task until a month from now."""

    def given(person, task=CODES, **days):
        last = {"ends_on": timezone.localdate() + A_MONTH} | days
        return helper_roles.give(collaboration=ostberga, person=person, task=task, by=ake, **last)

    return given


def test_ake_gives_nora_a_task_on_her_page_and_she_is_told(ake, nora, browse):
    last = timezone.localdate() + A_MONTH
    sent = {"task": "coding", "starts_on": timezone.localdate().isoformat(), "ends_on": last.isoformat()}

    page = browse(ake).post(to("person", nora.pk), sent, follow=True)

    assert HelperRole.objects.values_list("person", "task", "ends_on", "given_by").get() == (
        nora.pk,
        CODES,
        last,
        ake.pk,
    )
    assert "Nora är kodare till och med" in page.text
    letter = Letter.objects.get(to=nora.email)
    assert ("kodare" in letter.text, CODES.may[0] in letter.text) == (True, True)
    logged = SecurityEvent.objects.get(kind="right_changed")
    assert (logged.who, logged.object_type) == (ake, "actors.helperrole")


def test_nora_sees_on_her_desk_what_she_may_do_and_until_when(nora, give, browse):
    role = give(nora, TALKS)

    page = browse(nora).get("/mitt/").text

    assert "Du är samtalsledare i Samverkan Östberga" in page
    assert all(words in page for words in role.may)
    assert "Dina samtal" in page


def test_a_task_counts_from_its_first_day_to_its_last_and_not_when_it_was_ended(nora, give):
    today = timezone.localdate()
    role = give(nora, starts_on=today + dt.timedelta(days=2), ends_on=today + dt.timedelta(days=4))

    counted = []
    for days in range(1, 6):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False):
            counted.append(HelperRole.objects.in_force().contains(role))
    assert counted == [False, True, True, True, False]

    role.ended_at, role.ended_by, role.starts_on = timezone.now(), role.given_by, today
    role.save()
    assert not HelperRole.objects.in_force().exists()


def test_who_reads_raw_text_needs_a_second_factor_as_long_as_she_does(nora, give, ake):
    assert not second_factor.is_required_of(nora)

    talks, codes = give(nora, TALKS), give(nora, CODES)

    assert second_factor.is_required_of(nora)
    helper_roles.end(codes, by=ake)
    assert (talks.is_over, second_factor.is_required_of(nora)) == (False, False)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"ends_on": -1}, "Sista dagen kan inte ligga före den första."),
        ({"starts_on": -9, "ends_on": -1}, "Sista dagen har redan passerat."),
        ({"ends_on": 400}, "Ett uppdrag gäller högst ett år."),
    ],
)
def test_a_task_has_days_that_can_be(nora, give, days, words):
    today = timezone.localdate()

    assert (
        words
        in refusal(give, nora, **{name: today + dt.timedelta(days=number) for name, number in days.items()}).message
    )
    assert not HelperRole.objects.exists()


def test_who_coordinates_reviews_or_administers_is_no_helper(give, ake, disa, ostberga):
    officer, technician = make.user(name="Dag"), make.user(name="Tess", is_staff=True)
    make.coordinator(ostberga, officer, role="officer")

    words = [refusal(give, person).message for person in (disa, officer, technician)]

    assert [text.split()[2] for text in words] == ["och", "dataskyddsombud", "teknisk"]
    assert "samordnar" in words[0]


def test_a_helper_is_not_made_officer_over_those_who_read(nora, give, ostberga):
    give(nora)

    why = appointing.appointment_obstacle(collaboration=ostberga, user=nora, role="officer")

    assert "är medhjälpare här" in why


def test_the_same_task_is_not_given_twice_for_the_same_days_but_again_when_it_is_over(nora, give, ostberga, ake):
    make.helper(ostberga, nora, CODES, ake, **yesterday())
    give(nora)

    assert "är redan kodare till" in refusal(give, nora).message
    give(nora, TALKS)


def test_ake_prolongs_and_ends_a_task(nora, give, ake, browse):
    role, last = give(nora), timezone.localdate() + dt.timedelta(days=60)
    browser = browse(ake)

    assert browser.post(to("helper-task", role.pk), {"ends_on": last.isoformat(), "shown": ""}).status_code in (
        302,
        422,
    )
    helper_roles.change_last_day(role, ends_on=last, by=ake)
    browser.post(to("helper-task-end", role.pk))

    role.refresh_from_db()
    assert (role.ends_on, role.ended_by, role.is_over) == (last, ake, True)
    assert refusal(helper_roles.end, role, by=ake).code == "already_ended"
    assert refusal(helper_roles.change_last_day, role, ends_on=last, by=ake).code == "can_not_help"
    assert "Tidigare" in browser.get(to("person", nora.pk)).text


def test_only_the_coordinator_of_this_collaboration_gives_and_ends(nora, give, ostberga):
    elsewhere, role = make.user(), give(nora)
    make.coordinator(make.collaboration("annanstans"), elsewhere)
    given = {"collaboration": ostberga, "person": nora, "task": TALKS, "ends_on": timezone.localdate()}

    assert [refusal(helper_roles.give, by=who, **given).code for who in (elsewhere, nora)] == [MAY_NOT, MAY_NOT]
    assert refusal(helper_roles.end, role, by=elsewhere).code == MAY_NOT


def test_a_new_person_is_invited_as_helper_and_has_the_task_from_the_day_she_accepts(
    ake, ostberga, browse, link_in_letter
):
    last = timezone.localdate() + A_MONTH
    sent = {"email": "kim@ostberga.example", "name": "Kim", "helper_task": "coding", "helper_until": last.isoformat()}
    assert browse(ake).post(to("invite"), sent).status_code == 302
    assert not HelperRole.objects.exists()

    browse().post(link_in_letter("kim@ostberga.example"), {"name": "Kim", "password": "gatlyktor-och-buskar"})

    role = HelperRole.objects.get()
    assert (role.person.email, role.task, role.ends_on, role.given_by) == ("kim@ostberga.example", CODES, last, ake)


def test_an_invitation_gives_no_task_when_whoever_sent_it_coordinates_no_longer(ake, ostberga, browse, link_in_letter):
    last = timezone.localdate() + A_MONTH
    given: dict[str, Any] = {"email": "kim@ostberga.example", "name": "Kim", "helper_task": CODES, "helper_until": last}
    inviting.invite(collaboration=ostberga, by=ake, **given)
    ostberga.appointments.update(ended_on=timezone.localdate())

    browse().post(link_in_letter("kim@ostberga.example"), {"name": "Kim", "password": "gatlyktor-och-buskar"})

    assert User.objects.filter(email="kim@ostberga.example").exists()
    assert not HelperRole.objects.exists()


def test_while_the_controller_is_awaited_nobody_is_invited_as_helper(ostberga):
    ostberga.awaits_controller = True
    ostberga.save()
    prepares = make.user()
    ostberga.appointment_proposals.create(user=prepares, role="coordinator", proposed_by=prepares, token_hash="p")
    given: dict[str, Any] = {"email": "kim@ostberga.example", "name": "Kim"}
    helps = {"helper_task": CODES, "helper_until": timezone.localdate()}

    assert refusal(inviting.invite, collaboration=ostberga, by=prepares, **given, **helps).code == MAY_NOT
    inviting.invite(collaboration=ostberga, by=prepares, **given)


def test_ake_corrects_a_name_and_she_is_told(ake, nora, ostberga, browse):
    page = browse(ake).get(to("person-name", nora.pk))
    shown = page.context["form"]["shown"].value()

    browse(ake).post(to("person-name", nora.pk), {"name": "Nora Ek", "shown": shown})

    nora.refresh_from_db()
    assert (nora.name, nora.earlier_names) == ("Nora Ek", ["Nora"])
    assert "Nora Ek" in Letter.objects.get(to=nora.email).text
    logged = SecurityEvent.objects.get(kind="name_changed")
    assert (logged.who, logged.collaboration) == (ake, ostberga)


def test_nobody_renames_herself_here_or_one_whom_another_collaboration_knows(ake, nora, ostberga):
    other = make.collaboration("annanstans")
    assert "ändrar du under Konto" in refusal(correct_name, ake, collaboration=ostberga, by=ake, name="A").message
    make.helper(other, nora, TALKS, ake)

    refused = refusal(correct_name, nora, collaboration=ostberga, by=ake, name="Nora Ek")

    assert (refused.code, "annan samverkan" in refused.message) == ("not_yours_to_name", True)
    nora.refresh_from_db()
    assert nora.name == "Nora"


def test_a_coordinator_corrects_no_more_names_in_a_day_than_her_own_may_be_changed(ake, nora, ostberga):
    for number in range(MOST_NAMES):
        correct_name(nora, collaboration=ostberga, by=ake, name=f"Nora {number}")

    assert refusal(correct_name, nora, collaboration=ostberga, by=ake, name="Nora Ek").code == "flood"
    change_name(user=ake, name="Åke Ek", keep_former=False)  # his own are counted apart
    assert ake.name == "Åke Ek"


@pytest.mark.parametrize("field", ["is_staff", "is_superuser"])
def test_who_comes_to_administer_the_installation_helps_no_more(nora, give, browse, field):
    give(nora)
    setattr(nora, field, True)
    nora.save()

    assert not HelperRole.objects.in_force().exists()
    assert browse(nora).get(to("coding")).status_code == 404
    assert to("coding") not in browse(nora).get("/mitt/").text


def test_a_title_is_changed_only_where_no_other_collaboration_shows_it(ake, ostberga, trafikkontoret):
    place = make.official(make.user(name="Tor"), trafikkontoret, title="Ingenör")
    memberships.change_title(place, collaboration=ostberga, by=ake, title="Ingenjör")
    assert place.title == "Ingenjör"

    other = make.collaboration("annanstans")
    make.partnership(other, trafikkontoret)
    make.mandate(place.user, trafikkontoret, other)
    make.mandate(place.user, trafikkontoret, ostberga)

    assert (
        refusal(memberships.change_title, place, collaboration=ostberga, by=ake, title="Chef").code == "known_elsewhere"
    )


def test_ending_a_place_ends_its_tasks_and_what_the_invitation_opened(ake, nora, give, ostberga, browse):
    role = give(nora)

    browse(ake).post(to("person-leave", nora.pk))

    role.refresh_from_db()
    assert role.is_over
    assert not memberships.people_of(ostberga).contains(nora)
    assert Invitation.objects.in_effect().count() == 0
    assert browse(ake).get(to("person", nora.pk)).status_code == 404
