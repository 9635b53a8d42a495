"""Before a body leaves, its page shows what will happen and asks; what is wrong is said at its field, words kept."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.partners import partnerships
from dialogue.models import Seat
from ostberga.lib.refusal import Refusal
from tests.forms_by_hand import forms_on

TODAY = timezone.localdate()
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def address(busy):
    return reverse("coordinate:partner-leave", args=["ostberga", busy.pk])


@pytest.fixture
def typed(heir):
    return {"ending": "merged", "on": f"{TODAY}", "reason": "Kontoren slås ihop.", "otherwise": f"{heir.pk}"}


@pytest.fixture
def send(ake, address, typed, browse):
    """Send the form as it is typed, with other values for some of the fields."""
    return lambda **other: browse(ake).post(address, typed | other)


def confirming_form(page, address):
    (form,) = [form for form in forms_on(page, address) if "reason" in form.fields]
    return form


def test_nothing_ends_before_the_coordinator_has_seen_what(busy, send):
    page = send()
    busy.refresh_from_db()

    # «Är det du?» gives this page at its own address, so the form says where it is sent.
    assert f'action="{reverse("coordinate:partner-leave", args=["ostberga", busy.pk])}"' in page.text
    told = ("går till Mobilitetsförvaltningen nu", "och Mobilitetsförvaltningen får frågan", "upphör efter sista dagen")
    assert (page.status_code, busy.left_on) == (200, None)
    assert [words for words in told if words not in page.text] == []
    assert 'data-color="danger"' in page.text


def test_the_page_that_asks_carries_all_along(busy, address, send, heir):
    send(**confirming_form(send(), address).fields, confirmed="on")
    busy.refresh_from_db()

    assert busy.left_on == TODAY
    assert Seat.objects.get(role="official", until=None).organisation == heir


def test_she_can_go_back_with_what_she_chose(busy, address, send):
    page = send(**confirming_form(send(), address).fields, andra="ja")
    busy.refresh_from_db()

    assert (page.status_code, "Kontoren slås ihop." in page.text, busy.left_on) == (200, True, None)


def test_a_day_before_a_seat_begins_is_an_error_at_the_day_that_names_the_seat(busy, send):
    Seat.objects.filter(role="official").update(since=TOMORROW)
    page = send(confirmed="on")
    busy.refresh_from_db()

    (why,) = page.context["form"].errors["on"]
    seat = Seat.objects.get(role="official")
    assert (page.status_code, busy.left_on) == (422, None)
    assert why.startswith(f"{seat} i {seat.group} börjar ")
    assert "Kontoren slås ihop." in page.text


def test_a_person_who_leaves_before_her_seat_begins_is_told_so_too(busy, ake, tova, browse):
    Seat.objects.filter(role="official").update(since=TOMORROW)
    place = tova.affiliations.get()
    page = browse(ake).post(reverse("coordinate:end-affiliation", args=["ostberga", place.pk]), {"on": f"{TODAY}"})

    assert (page.status_code, " börjar " in page.context["form"].errors["on"][0]) == (422, True)


def test_a_mandate_that_has_its_last_day_is_not_listed(busy, ake, tova, address, browse):
    tova.mandates.update(until=TODAY)

    assert "Mandat: Tova" not in browse(ake).get(address).text


@pytest.mark.parametrize(("on", "says"), [(TODAY, "tar över efter"), (TODAY - dt.timedelta(days=1), "tog över efter")])
def test_the_tense_follows_the_day(ake, send, browse, on, says):
    Seat.objects.update(since=TODAY - dt.timedelta(days=9))
    send(on=f"{on}", confirmed="on")
    public = browse().get("/ostberga/parter/").text
    workshop = browse(ake).get("/samordna/ostberga/parter/").text

    other = {"tar över efter": "tog över efter", "tog över efter": "tar över efter"}[says]
    assert (says in public, other in public) == (True, False)
    assert says in " ".join(workshop.split())


def test_the_list_of_partners_says_that_one_leaves(ake, send, browse):
    send(confirmed="on")

    assert "Sista dagen" in browse(ake).get("/samordna/ostberga/parter/").text


def test_whoever_answers_for_what_residents_said_stays(busy, ostberga, send, ake):
    ostberga.data_controller = busy.organisation
    ostberga.save()

    page = send(ending="left", otherwise="", confirmed="on")

    busy.refresh_from_db()
    assert (page.status_code, busy.left_on) == (422, None)
    assert "är personuppgiftsansvarig för det boende har sagt, och kan inte lämna samverkan" in page.text
    with pytest.raises(Refusal, match="personuppgiftsansvarig"):
        partnerships.leave(busy, by=ake, on=TODAY, reason="Vi slutar.")
    assert send(ending="shared").status_code == 200
