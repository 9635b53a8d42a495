"""An address whose domain does not count on the installation's list waits, and is asked about when it does."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.mandates import registry_addresses, registry_entries
from actors.models import CoordinatorAppointment, Letter, RegistryEntry, User
from actors.tasks import ask_about_registry_addresses
from ostberga.lib.refusal import Refusal
from tests import clock

pytestmark = pytest.mark.django_db
ADDRESS = "registrator@gungan.example"


@pytest.fixture
def admin():
    """The technical administrator."""
    return User.objects.create_superuser("drift@annan.example", name="Drift")


@pytest.fixture
def page(ake, browse, trafikkontoret):
    """A function that opens, or sends an address to, the coordinator's page of Trafikkontoret's registry."""
    path, browser = f"/samordna/ostberga/personer/registrator/{trafikkontoret.pk}/", browse(ake)
    return lambda address=None: browser.post(path, {"address": address}, follow=True) if address else browser.get(path)


def letters():
    return list(Letter.objects.filter(kind="registry-asked").values_list("to", flat=True))


def test_a_domain_nobody_has_listed_is_no_dead_end(page, admin, trafikkontoret):
    sent = page(ADDRESS).text

    assert "väntar på installationens lista" in sent
    assert letters() == []
    shown = page().text
    assert f"{ADDRESS} väntar." in shown
    assert "gungan.example står inte på installationens lista över registratorer." in shown
    assert f"mailto:{admin.email}" in shown


def test_one_that_is_listed_says_from_when_it_counts(page, admin, ake):
    page(ADDRESS)
    registry_entries.list_entry(listed="gungan.example", by=admin)

    waits = "gungan.example står på installationens lista över registratorer och räknas från 2 december 2026 10.00."
    assert waits in page().text
    assert letters() == []


def test_it_is_asked_about_by_itself_when_it_counts(page, admin, trafikkontoret, secret):
    page(ADDRESS)
    registry_entries.list_entry(listed="gungan.example", by=admin)
    ask_about_registry_addresses()
    assert letters() == []
    clock.start(clock.moment() + registry_entries.WAITS + dt.timedelta(minutes=1))

    ask_about_registry_addresses()
    ask_about_registry_addresses()

    assert letters() == [ADDRESS]
    registry_addresses.confirm_by_link(secret("registry-asked", ADDRESS))
    trafikkontoret.refresh_from_db()
    assert trafikkontoret.registry_email == ADDRESS


def test_where_nobody_coordinates_yet_it_counts_at_once(page, admin):
    page(ADDRESS)
    CoordinatorAppointment.objects.update(ended_on=timezone.localdate())
    RegistryEntry.objects.create(listed="gungan.example")

    assert registry_addresses.ask_those_that_count() == 0  # whoever entered it no longer coordinates
    assert letters() == []


def test_another_address_takes_its_place(page, trafikkontoret):
    page(ADDRESS)
    page("arkiv@gungan.example")

    waiting = trafikkontoret.registry_changes.waiting_for_list()
    assert list(waiting.values_list("address", flat=True)) == ["arkiv@gungan.example"]


def test_an_address_that_is_anothers_entry_does_not_wait(ake, trafikkontoret, polisen):
    RegistryEntry.objects.create(listed=ADDRESS, organisation=polisen)

    with pytest.raises(Refusal) as no:
        registry_addresses.enter(organisation=trafikkontoret, address=ADDRESS, by=ake)
    assert no.value.code == "not_a_registry"
