"""The administrator's list of registries: a domain or a whole address, for all bodies or bound to one of them."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from actors import tasks
from actors.mandates import confirming, obstacles, registry_addresses, registry_entries
from actors.models import FormerAddress, Letter, Organisation, RegistryEntry, User
from actors.people import account_changes, appointing
from actors.people.forms.administration import AppointmentProposalForm, NewOrganisationForm
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
MAY_NOT = "not_a_registry"


@pytest.fixture
def listed():
    """A function that lists an entry that counts."""
    return lambda text, body=None: RegistryEntry.objects.create(listed=text, organisation=body)


@pytest.fixture
def bea(rinkeby):
    """Bea coordinates Rinkeby with an address on a listed domain, and had another there long ago."""
    user = make.user("bea@stad.example", name="Bea")
    make.coordinator(rinkeby, user)
    RegistryEntry.objects.create(listed="stad.example")
    account_changes.write_down(user=user, kind="email", old_email="b.old@stad.example")
    user.account_changes.update(at=timezone.now() - dt.timedelta(days=400))
    account_changes.forget_old_changes()
    return user


@pytest.fixture
def admin():
    """The technical administrator."""
    return User.objects.create_superuser("drift@annan.example", name="Drift")


HERS = ["bea@stad.example", "b.old@stad.example", "bold@stad.example", "Be.a@stad.example"]


def test_a_body_with_bound_entries_has_only_those(listed, trafikkontoret, polisen):
    listed("stad.example")
    bound = listed("trafik@stad.example", trafikkontoret)

    def admits(body):
        addresses = ("trafik@stad.example", "reg@stad.example", "trafik@annan.example")
        return [RegistryEntry.objects.admit(address, body) for address in addresses]

    assert (admits(trafikkontoret), admits(polisen)) == ([True, False, False], [False, True, False])
    assert "inte den adress" in obstacles.address_obstacle(trafikkontoret, "reg@stad.example")
    bound.delete()
    assert (admits(trafikkontoret), admits(polisen)) == ([True, True, False], [True, True, False])


def test_a_bound_domain_is_the_bodys_alone_and_an_address_admits_no_neighbour(listed, trafikkontoret, polisen):
    listed("trafik.example", trafikkontoret)
    listed("vakt@polisen.example")

    admit = RegistryEntry.objects.admit
    assert (admit("reg@trafik.example", trafikkontoret), admit("reg@trafik.example", polisen)) == (True, False)
    assert (admit("VAKT@polisen.example", polisen), admit("reg@polisen.example", polisen)) == (True, False)


def test_a_bound_entry_waits_as_others_do_and_so_does_what_it_excludes(admin, ake, trafikkontoret, listed):
    listed("stad.example")
    registry_entries.list_entry(listed="trafik@stad.example", organisation=trafikkontoret, by=admin)
    assert RegistryEntry.objects.admit("reg@stad.example", trafikkontoret)

    RegistryEntry.objects.update(counts_from=timezone.now() - dt.timedelta(minutes=1))
    assert not RegistryEntry.objects.admit("reg@stad.example", trafikkontoret)
    assert trafikkontoret.name in Letter.objects.get(kind="registry-entry", to=ake.email).text


def test_striking_what_is_bound_opens_the_shared_domains_after_some_days(admin, ake, trafikkontoret, polisen, listed):
    listed("stad.example")
    registry_entries.strike_entry(listed("trafik@stad.example", trafikkontoret), by=admin)

    def admits():
        admit = RegistryEntry.objects.admit
        return [admit(address, trafikkontoret) for address in ("trafik@stad.example", "reg@stad.example")]

    assert (admits(), RegistryEntry.objects.admit("trafik@stad.example", polisen)) == ([False, False], False)
    assert "har strukit adressen" in obstacles.address_obstacle(trafikkontoret, "reg@stad.example")
    assert Letter.objects.filter(kind="registry-entry", to=ake.email).exists()
    tasks.remove_registry_addresses()
    registry_entries.strike_entry(RegistryEntry.objects.get(organisation=trafikkontoret), by=admin)
    RegistryEntry.objects.exclude(organisation=None).update(struck_until=timezone.now())
    assert admits() == [True, True]
    tasks.remove_registry_addresses()
    assert RegistryEntry.objects.get().listed == "stad.example"


def test_one_that_was_struck_can_be_listed_anew_and_waits(admin, ake, trafikkontoret, listed):
    registry_entries.strike_entry(listed("trafik@stad.example", trafikkontoret), by=admin)
    anew = registry_entries.list_entry(listed="trafik@stad.example", organisation=trafikkontoret, by=admin)

    assert anew.counts_from > timezone.now()
    assert not RegistryEntry.objects.admit("trafik@stad.example", trafikkontoret)


def test_an_address_that_waits_for_another_body_takes_nothing_from_who_has_it(ostberga, ake, admin, polisen, listed):
    listed("stad.example")
    registry = make.registry(ostberga.data_controller, "registrator@stad.example")
    with pytest.raises(Refusal, match="kan inte bindas"):
        registry_entries.list_entry(listed=registry, organisation=polisen, by=admin)
    listed("ny@stad.example")
    free = make.organisation("Fria nämnden")
    bound = registry_entries.list_entry(listed="ny@stad.example", organisation=polisen, by=admin)
    before = RegistryEntry.objects.admit("ny@stad.example", free)
    RegistryEntry.objects.filter(pk=bound.pk).update(counts_from=timezone.now() - dt.timedelta(minutes=1))

    assert (before, RegistryEntry.objects.admit("ny@stad.example", free)) == (True, False)
    assert appointing.controller_obstacle(ostberga) == ""


def test_the_page_says_that_another_bodys_registry_is_not_bound(admin, browse, trafikkontoret, polisen):
    make.registry(trafikkontoret, "registrator@trafik.example")
    typed = {"listed": "Registrator@trafik.example", "organisation": polisen.pk}
    page = browse(admin).post("/admin/actors/registryentry/add/", typed)

    assert "kan inte bindas till" in page.text
    assert not RegistryEntry.objects.filter(organisation=polisen).exists()


def test_an_account_that_nobody_has_signed_in_to_stops_no_registry(ostberga, bea):
    registry = make.registry(ostberga.data_controller, "registrator@stad.example")
    made = User.objects.create_user(registry, None, name="Ny")
    EmailAddress.objects.create(user=bea, email="regis.trator@stad.example", verified=False)
    assert appointing.controller_obstacle(ostberga) == ""

    User.objects.filter(pk=made.pk).update(last_login=timezone.now())
    assert "någon loggar in med den" in appointing.controller_obstacle(ostberga)


def test_the_administrator_binds_an_entry_on_her_page(admin, browse, trafikkontoret):
    page, row = "/admin/actors/registryentry/", {"listed": "Trafik@Stad.example", "organisation": trafikkontoret.pk}
    assert "eller en hel adress" in browse(admin).post(f"{page}add/", {"listed": "a b@stad.example"}).text

    browse(admin).post(f"{page}add/", {**row, "listed": "trafik@stad.example"})
    entry = RegistryEntry.objects.get()
    browse(admin).post(f"{page}{entry.pk}/change/", {"organisation": "", "listed": "evil.example", "note": "Ja"})

    entry.refresh_from_db()
    assert (entry.listed, entry.organisation, entry.note) == ("trafik@stad.example", trafikkontoret, "Ja")


@pytest.mark.parametrize("address", [*HERS, "bea+reg@stad.example", "b.old+reg@stad.example"])
def test_nobodys_mailbox_is_a_first_address_wherever_it_is_entered(address, bea, admin, browse, trafikkontoret):
    names = {"name": "Nämnden", "short_name": "Nämnden", "slug": "namnden", "kind": "committee_admin"}
    assert "registry_email" in NewOrganisationForm({**names, "registry_email": address}).errors
    for enter, by in ((registry_addresses.enter, bea), (registry_addresses.enter_without_asking, admin)):
        with pytest.raises(Refusal) as refused:
            enter(organisation=trafikkontoret, address=address, by=by)
        assert refused.value.code == MAY_NOT
    page = f"/admin/actors/organisation/{trafikkontoret.pk}/change/"
    assert browse(admin).post(page, {"registry_email": address}).status_code == 200

    trafikkontoret.refresh_from_db()
    assert (trafikkontoret.registry_email, Letter.objects.filter(kind="registry-asked").exists()) == ("", False)


@pytest.mark.parametrize(("hers", "typed"), [("xn--5ca.example", "å.example"), ("å.example", "xn--5ca.example")])
def test_a_mailbox_is_hers_in_whatever_spelling_of_its_domain(hers, typed, listed, admin, trafikkontoret):
    listed("xn--5ca.example")
    make.user(f"asa@{hers}", name="Åsa")

    with pytest.raises(Refusal, match="Adressen kan inte bekräfta åt organisationen"):
        registry_addresses.enter_without_asking(organisation=trafikkontoret, address=f"asa@{typed}", by=admin)
    assert RegistryEntry.objects.admit(f"registrator@{typed}", trafikkontoret)


@pytest.mark.parametrize("address", HERS)
def test_nor_does_it_appoint_for_the_controller(address, bea, ostberga, tova, admin):
    Organisation.objects.filter(pk=ostberga.data_controller_id).update(registry_email=address)
    ostberga.refresh_from_db()

    with pytest.raises(Refusal, match="någon loggar in med den"):
        appointing.propose(collaboration=ostberga, user=tova, role="deputy", by=admin)


def test_nobody_is_appointed_under_the_registrys_own_address(ostberga, admin):
    registry = make.registry(ostberga.data_controller, "registrator@stad.example")
    typed = {"collaboration": ostberga.pk, "role": "deputy", "name": "Ny", "email": registry.replace("@", "+jag@")}
    form = AppointmentProposalForm(typed)

    assert "Skriv personens egen" in str(form.errors["email"])


def test_a_former_mailbox_is_kept_as_a_hash_as_long_as_the_account(bea, rinkeby):
    with connection.cursor() as cursor:
        cursor.execute("SELECT mailbox_hash FROM actors_formeraddress")
        kept = cursor.fetchall()
    assert [(len(row[0]), "old" in row[0]) for row in kept] == [(64, False)]

    growers = make.organisation("Odlarna", kind="association")
    assert "en annan kontaktpersons" in obstacles.address_obstacle(growers, "b.old@stad.example")
    rinkeby.appointments.all().delete()
    bea.delete()
    assert not FormerAddress.objects.hold("b.old@stad.example")


@pytest.fixture
def entered(ake, trafikkontoret, listed, propose, secret):
    """The mandate that waited while Åke entered an address and the registry confirmed it."""
    mandate, address = propose(), "reg@stad.example"
    listed("stad.example")
    Organisation.objects.filter(pk=trafikkontoret.pk).update(registry_email="")
    registry_addresses.enter(organisation=trafikkontoret, address=address, by=ake)
    registry_addresses.confirm_by_link(secret("registry-asked", address))
    return mandate


def test_a_proposal_that_waits_is_sent_when_the_address_is_confirmed_and_its_basis_says_who_entered_it(
    entered, ake, secret, amina
):
    page = amina.get(f"/mandat/{secret('mandate-asked', 'reg@stad.example')}/")
    assert entered.person.name in page.text
    mandate = confirming.confirm_by_link(secret("mandate-asked", "reg@stad.example"))

    assert mandate == entered
    entry = mandate.registry_change
    assert entry is not None
    assert (entry.proposed_by, entry.entered_as) == (ake, "coordinator")
    receipt = amina.get(f"/mandat/{secret('mandate-receipt', 'reg@stad.example')}/").text
    assert "Adressen skrevs in av Åke, samordnaren," in " ".join(receipt.split())


def test_what_the_administrator_enters_counts_at_once_and_says_so(admin, listed, secret, propose, trafikkontoret):
    mandate = propose()
    listed("stad.example")
    Organisation.objects.filter(pk=trafikkontoret.pk).update(registry_email="")
    change = registry_addresses.enter_without_asking(
        organisation=trafikkontoret, address="namnd@stad.example", by=admin
    )

    assert (change.entered_as, change.is_waiting) == ("admin", False)
    assert confirming.confirm_by_link(secret("mandate-asked", "namnd@stad.example")) == mandate
    with pytest.raises(Refusal, match="har redan en adress"):
        registry_addresses.enter_without_asking(organisation=trafikkontoret, address="ny@stad.example", by=admin)
