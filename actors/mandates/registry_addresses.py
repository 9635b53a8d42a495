"""The address at which an organisation confirms mandates: entering the first one, and changing it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.mandates import ending, letters, proposing
from actors.mandates.obstacles import (
    ADMINISTRATOR,
    address_obstacle,
    entering_obstacle,
    first_address_obstacle,
    listing_wait,
)
from actors.models import Collaboration, Organisation, RegistryAddressChange, User
from actors.models.history import Kind, record_event
from actors.models.membership import collaborations_that_show
from actors.models.registries.addresses import EnteredAs
from actors.rules.rights import ENTER_REGISTRY
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

# The purpose of its secret links.
LINK = "registry-address"
# How long a link confirms.
OPEN_FOR = dt.timedelta(days=30)
# How many letters one person may cause to one address in a day.
LETTERS_A_DAY = 5


@transaction.atomic
def enter(*, organisation: Organisation, address: str, by: User, contact_name: str = "") -> RegistryAddressChange:
    """Enter an organisation's registry address.

    The first one counts when it is confirmed there, for an association by its named contact; a change, when it is
    confirmed at the old address. It replaces what the same person entered before, not what others did. One that the
    installation's list does not admit yet waits: `ask_those_that_count` sends its letter. Raises Refusal for an address
    that cannot be a registry's, when she has entered too many today, or unless she coordinates where
    the organisation is shown or has a mandate for it.
    """
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    require(by, ENTER_REGISTRY, organisation)
    address, is_association = address.strip().lower(), organisation.kind == Organisation.Kind.ASSOCIATION
    if why := entering_obstacle(organisation, address, entered_by=by):
        raise Refusal(why, who=ADMINISTRATOR, code="not_a_registry")
    if address == organisation.registry_email:
        raise Refusal("Den adressen gäller redan.", code="same_address")
    if is_association and not contact_name.strip():
        raise Refusal("Skriv vem som är föreningens kontaktperson.", code="no_contact")
    change = RegistryAddressChange(organisation=organisation, address=address, proposed_by=by)
    change.contact_name = contact_name.strip() if is_association else ""
    change.entered_as = _capacity_of(by, organisation)
    waits = bool(listing_wait(organisation, address))
    if not waits:
        _refuse_flood(change)
    organisation.registry_changes.filter(proposed_by=by).replace()
    change.save()
    _record(change, Kind.REGISTRY_ASKED, by=by)
    if not waits:
        _ask(change)
    return change


def ask_those_that_count() -> int:
    """Send the letters about addresses that the installation's list admits by now; returns how many."""
    waiting = RegistryAddressChange.objects.waiting_for_list().order_by("pk")
    return sum(_ask_if_it_counts(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _ask_if_it_counts(pk: int) -> bool:
    """Ask about one; one that has come to be no registry's, or whose enterer has lost the right, waits no more."""
    known = RegistryAddressChange.objects.get(pk=pk)
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=known.organisation_id)
    rows = RegistryAddressChange.objects.waiting_for_list().select_for_update(no_key=True, of=("self",))
    change = rows.select_related("proposed_by").filter(pk=pk).first()
    if change is None or listing_wait(organisation, change.address) or _is_flooded(change):
        return False
    change.organisation = organisation
    may_not = not ENTER_REGISTRY.covers(change.proposed_by, organisation)
    if may_not or address_obstacle(organisation, change.address, entered_by=change.proposed_by):
        organisation.registry_changes.filter(pk=pk).replace()
        return False
    _ask(change)
    return True


@transaction.atomic
def enter_without_asking(*, organisation: Organisation, address: str, by: User) -> RegistryAddressChange:
    """Enter a first address that counts at once, as the administrator who keeps the list of them.

    Raises Refusal for everybody but an administrator, when there is an address already, for an address that cannot be a
    registry's, and for an association, whose contact confirms hers herself.
    """
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    address = address.strip().lower()
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören skriver in en adress utan fråga.", who=ADMINISTRATOR, code="may_not")
    if organisation.registry_email:
        raise Refusal(f"{organisation} har redan en adress, som bekräftar en ny.", code="has_registry")
    if why := first_address_obstacle(organisation, address):
        raise Refusal(why, who=ADMINISTRATOR, code="not_a_registry")
    return let_count(organisation, address, by)


def let_count(organisation: Organisation, address: str, administrator: User) -> RegistryAddressChange:
    """Let an address that an administrator has entered count from now on. The caller has asked whether it may."""
    change = RegistryAddressChange(organisation=organisation, address=address, proposed_by=administrator)
    change.entered_as, change.confirmed_at = EnteredAs.ADMINISTRATOR, timezone.now()
    change.save()
    _set(change, by=administrator)
    return change


def find_change(token: str) -> RegistryAddressChange | None:
    """The change that this link confirms, unless it is used, expired or replaced by a later one. Changes nothing."""
    waiting = RegistryAddressChange.objects.waiting().filter(token_hash=token_hash(LINK, token))
    return waiting.select_related("organisation", "proposed_by").first()


@transaction.atomic
def confirm_by_link(token: str) -> RegistryAddressChange:
    """Let the address count. Raises Refusal when the link is used, or the address can no longer be a registry's."""
    change = _lock(token)
    if why := address_obstacle(change.organisation, change.address, entered_by=change.proposed_by):
        raise Refusal(why, who=ADMINISTRATOR, code="not_a_registry")
    change.use_link(at=timezone.now(), is_confirmed=True)
    _set(change, by=change.sent_to)
    return change


@transaction.atomic
def refuse_by_link(token: str) -> RegistryAddressChange:
    """Keep the old address. Raises Refusal when the link is used."""
    change = _lock(token)
    change.use_link(at=timezone.now(), is_confirmed=False)
    _record(change, Kind.REGISTRY_REFUSED, by=change.sent_to)
    return change


def _capacity_of(by: User, organisation: Organisation) -> EnteredAs:
    """Who coordinates, or is proposed to, where the organisation is shown counts as that, whatever else she is."""
    shown = collaborations_that_show(organisation)
    is_coordinator = Collaboration.objects.claimed_by(by).filter(pk__in=shown.values("pk")).exists()
    return EnteredAs.COORDINATOR if is_coordinator else EnteredAs.BODY


def _ask(change: RegistryAddressChange) -> None:
    token = new_token()
    change.sent_to = _reader_of(change)
    change.token_hash, change.expires_at = token_hash(LINK, token), timezone.now() + OPEN_FOR
    change.save()
    letters.ask_for_address(change, token)


def _reader_of(change: RegistryAddressChange) -> str:
    """Who confirms: the address that counts now, otherwise the new one."""
    return change.organisation.registry_email or change.address


def _refuse_flood(change: RegistryAddressChange) -> None:
    if _is_flooded(change):
        why = f"{_reader_of(change)} har fått {LETTERS_A_DAY} brev av dig i dag. Vänta till i morgon."
        raise Refusal(why, code="flood")


def _is_flooded(change: RegistryAddressChange) -> bool:
    today = RegistryAddressChange.objects.filter(proposed_at__gt=timezone.now() - dt.timedelta(days=1))
    return today.filter(proposed_by=change.proposed_by, sent_to=_reader_of(change)).count() >= LETTERS_A_DAY


def _set(change: RegistryAddressChange, *, by: User | str) -> None:
    organisation = change.organisation
    organisation.registry_changes.all().replace()  # they were asked of the address that no longer counts
    organisation.registry_email, organisation.registry_contact = change.address, change.contact_name
    organisation.save(update_fields=["registry_email", "registry_contact"])
    _record(change, Kind.REGISTRY_SET, by=by)
    record(SecurityKind.RIGHT_CHANGED, by=None if isinstance(by, str) else by, on=change)
    letters.tell_of_address(change)
    ending.send_new_links(organisation)
    proposing.send_those_that_wait(organisation)


def _lock(token: str) -> RegistryAddressChange:
    known = find_change(token)
    if known is not None:
        Organisation.objects.select_for_update(no_key=True).get(pk=known.organisation_id)
        waiting = RegistryAddressChange.objects.select_for_update(no_key=True, of=("self",)).waiting()
        change = waiting.select_related("organisation").filter(pk=known.pk).first()
        if change is not None:
            return change
    raise Refusal("Länken är redan använd eller för gammal.", who="Samordnaren skickar en ny", code="not_open")


def _record(change: RegistryAddressChange, kind: Kind, *, by: User | str) -> None:
    """Log the change in every collaboration that shows the organisation."""
    for collaboration in collaborations_that_show(change.organisation):
        record_event(collaboration, kind, by=by, what=f"{change.address}, {change.organisation}")
