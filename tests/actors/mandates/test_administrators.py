"""An administrator's removals of registry addresses, and her new domains, take days and are told of."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from actors.mandates import registry_entries, registry_removals
from actors.models import Letter, RegistryEntry, RegistryRemoval, SecurityEvent, User
from actors.people import appointing
from actors.security_log.objects import described
from actors.tasks import remove_registry_addresses
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7, minutes=1)


@pytest.fixture
def keeper():
    """The technical administrator."""
    return User.objects.create_superuser("drift@ostberga.example", name="Drift")


@pytest.fixture
def asked(keeper, trafikkontoret, box):
    """The removal of Trafikkontoret's address, which waits."""
    return registry_removals.remove(trafikkontoret, by=keeper)


@pytest.fixture
def days_pass():
    """A function that lets the waiting time of every removal pass, and runs the task."""

    def wait():
        RegistryRemoval.objects.update(takes_effect_at=timezone.now() - dt.timedelta(minutes=1))
        remove_registry_addresses()

    return wait


def stop_link(to):
    """The path of the link that stops, in the newest letter to an address."""
    letter = Letter.objects.filter(kind="registry-removal", to=to).latest("written_at")
    return re.findall(r"https?://[^/]+(/registrator/ta-bort/\S+)", letter.text)[0]


def address_of(organisation):
    """The registry address as it is stored."""
    organisation.refresh_from_db()
    return organisation.registry_email


def test_only_the_administrator_takes_away_a_wrong_address(ake, tova, trafikkontoret, box):
    for by in (ake, tova):
        with pytest.raises(Refusal) as refused:
            registry_removals.remove(trafikkontoret, by=by)
        assert refused.value.code == "may_not"
    assert (address_of(trafikkontoret), RegistryRemoval.objects.count()) == (box, 0)


def test_it_is_gone_after_a_week_and_its_owner_is_told_twice(keeper, tova, trafikkontoret, box, days_pass):
    registry_removals.remove(trafikkontoret, by=keeper)
    remove_registry_addresses()
    assert address_of(trafikkontoret) == box

    days_pass()
    assert address_of(trafikkontoret) == ""
    for kind in ("registry-removal", "registry-removed"):
        assert set(Letter.objects.filter(kind=kind).values_list("to", flat=True)) == {box, tova.email}


@pytest.mark.parametrize("reader", ["registry", "colleague"])
def test_the_old_address_and_a_person_with_a_mandate_stop_it(tova, asked, days_pass, amina, reader):
    trafikkontoret, box = asked.organisation, asked.address
    path = stop_link(box if reader == "registry" else tova.email)
    assert "Drift" in amina.get(path).text
    answer = amina.post(path, {"svar": "stoppa"})
    days_pass()

    assert ("Borttagningen är stoppad" in answer.text, address_of(trafikkontoret)) == (True, box)
    assert amina.post(path, {"svar": "stoppa"}).status_code == 404


def test_a_second_removal_waits_for_the_first(keeper, trafikkontoret, box):
    registry_removals.remove(trafikkontoret, by=keeper)

    with pytest.raises(Refusal, match="redan på väg bort"):
        registry_removals.remove(trafikkontoret, by=keeper)


def test_an_address_that_changed_meanwhile_stays(keeper, trafikkontoret, box, days_pass):
    registry_removals.remove(trafikkontoret, by=keeper)
    make.registry(trafikkontoret, "arkivet@trafik.example")
    days_pass()

    assert address_of(trafikkontoret) == "arkivet@trafik.example"


def test_it_is_known_whose_link_stopped_it(tova, asked, amina):
    amina.post(stop_link(tova.email), {"svar": "stoppa"})

    asked.refresh_from_db()
    logged = described(SecurityEvent.objects.filter(kind="right_changed"))[0]
    assert (asked.stopped_from, asked.links.count()) == (tova.email, 0)
    assert (logged.who, logged.what) == (
        f"En läsare ({tova.email}), med länk",
        "stoppade att en registratorsadress togs bort",
    )


def test_the_data_controllers_address_is_never_taken_away_without_another(keeper, ake, ostberga, registry):
    with pytest.raises(Refusal, match="bekräftar vem som samordnar"):
        registry_removals.remove(ostberga.data_controller, by=keeper)

    assert address_of(ostberga.data_controller) == registry


def test_nor_when_it_became_controller_while_the_removal_waited(asked, ake, ostberga, days_pass):
    ostberga.data_controller = asked.organisation
    ostberga.save()
    days_pass()

    assert address_of(asked.organisation) == asked.address


def test_a_new_domain_confirms_after_a_week_and_everybody_appointed_is_told(keeper, ake, disa, ostberga, rut):
    listed = registry_entries.list_entry(listed="evil.example", by=keeper)
    make.coordinator(ostberga, make.user("ombud@ostberga.example"), role="officer")
    assert not RegistryEntry.objects.admit("reg@evil.example", ostberga.data_controller)
    ostberga.data_controller.registry_email = "reg@evil.example"
    assert "räknas från 2 december" in appointing.controller_obstacle(ostberga)

    registry_entries.strike_entry(listed, by=keeper)
    told = Letter.objects.filter(kind="registry-entry").values_list("to", flat=True)
    assert set(told) == {ake.email, disa.email, rut.email, "ombud@ostberga.example"}


def test_after_the_week_it_counts(keeper, ake, trafikkontoret):
    registry_entries.list_entry(listed="stad.example", by=keeper)
    RegistryEntry.objects.update(counts_from=timezone.now() - dt.timedelta(minutes=1))

    assert RegistryEntry.objects.admit("registrator@stad.example", trafikkontoret)


def test_an_installation_where_nobody_coordinates_yet_does_not_wait(keeper):
    registry_entries.list_entry(listed="stad.example", by=keeper)

    assert RegistryEntry.objects.admit("registrator@stad.example", make.organisation())


def test_nobody_but_an_administrator_keeps_the_list(ake, tova):
    for by in (ake, tova):
        with pytest.raises(Refusal, match="Bara administratören"):
            registry_entries.list_entry(listed="evil.example", by=by)

    assert (RegistryEntry.objects.count(), SecurityEvent.objects.count()) == (0, 0)


def test_a_removal_that_fails_hinders_no_other(keeper, trafikkontoret, polisen, box, monkeypatch):
    make.registry(polisen)
    for body in (trafikkontoret, polisen):
        registry_removals.remove(body, by=keeper)
    RegistryRemoval.objects.update(takes_effect_at=timezone.now() - dt.timedelta(minutes=1))
    take_away = registry_removals._take_away

    def fail_for_one(removal):
        if removal.organisation == trafikkontoret:
            raise RuntimeError
        take_away(removal)

    monkeypatch.setattr(registry_removals, "_take_away", fail_for_one)
    remove_registry_addresses()
    assert RegistryRemoval.objects.waiting().get().organisation == trafikkontoret
    polisen.refresh_from_db()
    assert polisen.registry_email == ""

    monkeypatch.undo()
    remove_registry_addresses()
    assert not RegistryRemoval.objects.waiting().exists()
