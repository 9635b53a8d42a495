"""The data controller's registry address works no more: the administrator replaces it, unless somebody stops it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from actors.mandates import registry_removals
from actors.models import Collaboration, CollaborationEvent, Letter, RegistryEntry, RegistryRemoval, SecurityEvent, User
from actors.people import appointing
from actors.tasks import remove_registry_addresses
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
NEW, OFFICER = "arkiv@stad.example", "ombud@ostberga.example"
PAGE = "/mitt/drift/organisation/{}/byt/"


@pytest.fixture
def keeper():
    """The technical administrator."""
    return User.objects.create_superuser("drift@ostberga.example", name="Drift")


@pytest.fixture
def controller(ostberga, ake, disa, rut, registry):
    """The data controller, whose address no longer works; Åke and Disa coordinate there, and Rut somewhere else."""
    make.coordinator(ostberga, make.user(OFFICER), role="officer")
    return ostberga.data_controller


@pytest.fixture
def asked(keeper, controller):
    """The replacement, which waits."""
    return registry_removals.replace(controller, address=NEW, by=keeper)


@pytest.fixture
def month_passes():
    """A function that lets the waiting time pass, and runs the task."""

    def wait():
        RegistryRemoval.objects.update(takes_effect_at=timezone.now() - dt.timedelta(minutes=1))
        remove_registry_addresses()

    return wait


def told(kind, text=""):
    """Whom letters of a kind went to, if they say this."""
    return {letter.to for letter in Letter.objects.filter(kind=kind) if text in letter.text}


def stop_link(to):
    """The path of the link that stops, in the letter to an address."""
    letter = Letter.objects.get(kind="registry-removal", to=to)
    return re.findall(r"https?://[^/]+(/registrator/ta-bort/\S+)", letter.text)[0]


def appointed():
    """The addresses of everybody appointed where it is the data controller."""
    there = User.objects.filter(appointments__ended_on=None, appointments__collaboration__slug="ostberga")
    return set(there.values_list("email", flat=True))


def address_of(organisation):
    """The registry address as it is stored."""
    organisation.refresh_from_db()
    return organisation.registry_email


def test_she_asks_on_the_page_of_the_installation_and_everybody_concerned_has_a_link(
    keeper, controller, registry, browse
):
    browser = browse(keeper)
    assert PAGE.format(controller.pk) in browser.get("/mitt/drift/").text
    assert registry in browser.get(PAGE.format(controller.pk)).text

    page = browser.post(PAGE.format(controller.pk), {"address": f"{NEW} "}, follow=True).text

    assert f"{registry} byts till {NEW} 25 december 2026, om ingen stoppar det." in page
    assert "Byt adress som inte fungerar" not in page
    assert told("registry-removal") == {registry, NEW, *appointed()}
    assert len({stop_link(to) for to in told("registry-removal")}) == 5
    assert SecurityEvent.objects.filter(kind="administered", who=keeper).exists()


def test_it_takes_effect_after_a_month_and_the_new_address_appoints(asked, controller, registry, ake, month_passes):
    remove_registry_addresses()
    assert address_of(controller) == registry
    assert asked.takes_effect_at > timezone.now() + dt.timedelta(days=29)

    month_passes()

    assert address_of(controller) == NEW
    assert {registry, ake.email, OFFICER} <= told("registry-removed", NEW)
    assert controller.registry_changes.behind(controller).entered_as == "admin"
    ostberga = Collaboration.objects.get(slug="ostberga")
    assert ostberga.events.get(kind="registry_set").what == f"{NEW}, {controller}"
    proposal = appointing.propose(collaboration=ostberga, user=make.user("ny@x.example"), role="deputy", by=ake)
    assert proposal.sent_to == NEW


@pytest.mark.parametrize("reader", ["registrator@stad.example", NEW, OFFICER])
def test_one_of_them_stops_it_and_all_hear_whose_link_it_was(asked, registry, amina, month_passes, reader):
    path = stop_link(reader)
    assert NEW in amina.get(path).text
    answer = amina.post(path, {"svar": "stoppa"}).text
    month_passes()

    assert ("Bytet är stoppat" in answer, address_of(asked.organisation)) == (True, registry)
    heard = {registry, NEW, asked.asked_by.email, *appointed()}
    assert told("registry-removed", f"brevet till {reader}") == heard
    assert CollaborationEvent.objects.get(kind="registry_refused").by_address == reader
    assert amina.post(path, {"svar": "stoppa"}).status_code == 404


def test_a_coordinator_and_an_officer_cannot(controller, registry, ake, browse):
    for by in (ake, User.objects.get(email=OFFICER)):
        with pytest.raises(Refusal) as refused:
            registry_removals.replace(controller, address=NEW, by=by)
        assert refused.value.code == "may_not"
        assert browse(by).post(PAGE.format(controller.pk), {"address": NEW}).status_code == 404

    assert (address_of(controller), RegistryRemoval.objects.count()) == (registry, 0)


@pytest.mark.parametrize("address", ["drift@ostberga.example", "reg@evil.example", "registrator@stad.example", "x"])
def test_nor_by_an_address_that_is_no_other_registrys(keeper, controller, registry, browse, address):
    page = browse(keeper).post(PAGE.format(controller.pk), {"address": address})

    assert (page.status_code, RegistryRemoval.objects.count(), Letter.objects.count()) == (422, 0, 0)
    with pytest.raises(Refusal):
        registry_removals.replace(controller, address=address, by=keeper)


def test_another_bodys_address_is_taken_away_instead(keeper, trafikkontoret, ake):
    make.registry(trafikkontoret)

    with pytest.raises(Refusal, match="Ta bort adressen i stället"):
        registry_removals.replace(trafikkontoret, address="arkiv@trafikkontoret.example", by=keeper)


@pytest.mark.parametrize("change", ["struck", "dismissed", "moved"])
def test_what_may_not_be_done_when_the_month_has_passed_is_not_done(asked, controller, keeper, month_passes, change):
    if change == "struck":
        RegistryEntry.objects.all().delete()
    elif change == "dismissed":
        User.objects.filter(pk=keeper.pk).update(is_superuser=False)
    else:
        make.registry(controller, "diariet@stad.example")
    before = address_of(controller)

    month_passes()

    assert address_of(controller) == before
    assert appointed() < told("registry-removed", "Det gick inte längre")
