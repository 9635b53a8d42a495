"""The installation's list of domains for registries: a new one counts after some days, and those appointed are told."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.mandates import letters
from actors.mandates.obstacles import ADMINISTRATOR
from actors.models import CoordinatorAppointment, RegistryDomain, User
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.refusal import Refusal

# How long coordinators and data-protection officers have to object, once somebody coordinates in the installation.
WAITS = dt.timedelta(days=7)


@transaction.atomic
def list_domain(*, domain: str, by: User, note: str = "") -> RegistryDomain:
    """Put a domain on the list. It counts after `WAITS`; at once in an installation where nobody has coordinated yet.

    Everybody appointed, in all collaborations, is told. Raises Refusal for everybody but an administrator.
    """
    _refuse_unless_administrator(by)
    listed = RegistryDomain(domain=domain, note=note)
    listed.counts_from = timezone.now() + (WAITS if CoordinatorAppointment.objects.exists() else dt.timedelta())
    listed.save()
    record(SecurityKind.RIGHT_CHANGED, by=by, on=listed)
    letters.tell_of_domain(listed, by)
    return listed


@transaction.atomic
def strike_domain(listed: RegistryDomain, *, by: User) -> None:
    """Strike a domain: its addresses confirm nothing more. Everybody appointed is told."""
    _refuse_unless_administrator(by)
    record(SecurityKind.RIGHT_CHANGED, by=by, on=listed)
    letters.tell_of_domain(listed, by, struck=True)
    listed.delete()


def _refuse_unless_administrator(by: User) -> None:
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören sköter listan över domäner.", who=ADMINISTRATOR, code="may_not")
