"""The installation's list of domains and addresses for registries: a new entry counts after some days, and is told."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.mandates import letters, registry_addresses
from actors.mandates.obstacles import ADMINISTRATOR
from actors.models import CoordinatorAppointment, Organisation, RegistryEntry, User
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.refusal import Refusal

# How long coordinators and data-protection officers have to object, once somebody coordinates in the installation.
WAITS = dt.timedelta(days=7)


@transaction.atomic
def list_entry(*, listed: str, by: User, organisation: Organisation | None = None, note: str = "") -> RegistryEntry:
    """Put a domain or a whole address on the list, for one organisation or for all.

    It counts after `WAITS`; at once in an installation where nobody has coordinated yet. Everybody appointed, in all
    collaborations, is told. Raises Refusal for everybody but an administrator, and for another one's present registry.
    """
    _refuse_unless_administrator(by)
    if why := binding_obstacle(listed, organisation):
        raise Refusal(why, code="another_bodys_registry")
    entry = RegistryEntry(listed=listed, organisation=organisation, note=note)
    entry.counts_from = timezone.now() + (WAITS if CoordinatorAppointment.objects.exists() else dt.timedelta())
    entry.save()
    record(SecurityKind.RIGHT_CHANGED, by=by, on=entry)
    letters.tell_of_entry(entry, by)
    registry_addresses.ask_those_that_count()
    return entry


def binding_obstacle(listed: str, organisation: Organisation | None) -> str:
    """Why this address cannot be bound to the organisation; empty if nothing prevents it."""
    others = Organisation.objects.exclude(pk=organisation.pk) if organisation else Organisation.objects.none()
    holder = others.filter(registry_email__iexact=listed.strip()).first()
    return f"{listed} är registratorsadress för {holder}, och kan inte bindas till {organisation}." if holder else ""


@transaction.atomic
def strike_entry(entry: RegistryEntry, *, by: User) -> None:
    """Strike a domain or address: it confirms nothing more. Everybody appointed is told.

    One that is bound to an organisation keeps it from using any other for `WAITS`, so that there is time to object.
    """
    _refuse_unless_administrator(by)
    if entry.struck_until:
        return
    record(SecurityKind.RIGHT_CHANGED, by=by, on=entry)
    letters.tell_of_entry(entry, by, struck=True)
    if entry.organisation and entry.counts_from <= timezone.now():
        entry.struck_until = timezone.now() + WAITS
        entry.save(update_fields=["struck_until"])
    else:
        entry.delete()


def forget_struck() -> int:
    """Delete the entries that were struck and keep their organisation from nothing more; returns how many."""
    return RegistryEntry.objects.filter(struck_until__lte=timezone.now()).delete()[0]


def _refuse_unless_administrator(by: User) -> None:
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören sköter listan över registratorer.", who=ADMINISTRATOR, code="may_not")
