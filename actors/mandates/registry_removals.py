"""Taking away a wrong registry address: asked for by the administrator, stopped by its owner, done after some days."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.mandates import letters
from actors.mandates.obstacles import ADMINISTRATOR
from actors.models import Collaboration, Organisation, RegistryRemoval, User
from actors.models.collaboration import CollaborationQuerySet
from actors.models.history import Kind, record_event
from actors.models.membership import collaborations_that_show
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import Outcome, record
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

# The purpose of its secret links.
LINK = "registry-removal"
# How long the address and the organisation's people have to stop it.
WAITS = dt.timedelta(days=7)


@transaction.atomic
def remove(organisation: Organisation, *, by: User) -> RegistryRemoval:
    """Ask that a wrong address is taken away after `WAITS`, so that a right one can be entered.

    The address and everybody with a mandate for the organisation get a link that stops it. Raises Refusal for everybody
    but an administrator; when there is no address; when a removal waits; and for the data controller of a running
    collaboration, whose address is what keeps administrators from choosing who coordinates.
    """
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören tar bort en adress.", who=ADMINISTRATOR, code="may_not")
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    if not organisation.registry_email:
        raise Refusal(f"{organisation} har ingen registratorsadress.", code="no_registry")
    _refuse_for_controller(organisation)
    if organisation.registry_removals.waiting().exists():
        raise Refusal(f"Adressen till {organisation} är redan på väg bort.", code="removed_already")
    token = new_token()
    removal = organisation.registry_removals.create(
        address=organisation.registry_email, asked_by=by,
        takes_effect_at=timezone.now() + WAITS, token_hash=token_hash(LINK, token),
    )  # fmt: skip
    record(SecurityKind.ADMINISTERED, by=by, on=removal)
    letters.warn_of_removal(removal, token)
    return removal


def find_removal(token: str) -> RegistryRemoval | None:
    """The removal that this link stops, unless it is stopped or done. Changes nothing."""
    waiting = RegistryRemoval.objects.waiting().filter(token_hash=token_hash(LINK, token))
    return waiting.select_related("organisation", "asked_by").first()


@transaction.atomic
def stop_by_link(token: str) -> RegistryRemoval:
    """Keep the address. Raises Refusal when the removal is stopped or done."""
    waiting = (
        RegistryRemoval.objects.waiting().select_for_update(no_key=True, of=("self",)).select_related("organisation")
    )
    removal = waiting.filter(token_hash=token_hash(LINK, token)).first()
    if removal is None:
        raise Refusal("Länken är redan använd eller för gammal.", code="not_open")
    removal.stopped_at = timezone.now()
    removal.save(update_fields=["stopped_at"])
    record(SecurityKind.RIGHT_CHANGED, by=None, on=removal, outcome=Outcome.REFUSED)
    return removal


def take_effect() -> int:
    """Carry out the removals whose days have passed; returns how many."""
    due = RegistryRemoval.objects.waiting().filter(takes_effect_at__lte=timezone.now())
    return sum(_carry_out(pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _carry_out(pk: int) -> bool:
    """Take the address away; a removal of an address that has changed since, or may not be removed now, is stopped."""
    waiting = RegistryRemoval.objects.waiting().select_for_update(no_key=True, of=("self",)).select_related("asked_by")
    removal = waiting.filter(pk=pk).first()
    if removal is None:
        return False
    organisation, now = (
        Organisation.objects.select_for_update(no_key=True).get(pk=removal.organisation_id),
        timezone.now(),
    )
    if organisation.registry_email != removal.address or _controls(organisation).exists():
        removal.stopped_at = now
        removal.save(update_fields=["stopped_at"])
        return False
    removal.done_at = now
    removal.save(update_fields=["done_at"])
    letters.tell_of_removal(organisation)
    organisation.registry_changes.all().replace()
    organisation.registry_email = organisation.registry_contact = ""
    organisation.save(update_fields=["registry_email", "registry_contact"])
    for collaboration in collaborations_that_show(organisation):
        record_event(collaboration, Kind.REGISTRY_SET, by=removal.asked_by, what=f"ingen, {organisation}")
    record(SecurityKind.RIGHT_CHANGED, by=removal.asked_by, on=organisation)
    return True


def _controls(organisation: Organisation) -> CollaborationQuerySet:
    """The running collaborations whose data controller it is."""
    return Collaboration.objects.filter(data_controller=organisation, appointments__isnull=False)


def _refuse_for_controller(organisation: Organisation) -> None:
    place = _controls(organisation).first()
    if place is not None:
        why = f"{organisation} är personuppgiftsansvarig för {place}, och adressen bekräftar vem som samordnar."
        raise Refusal(why, who="Registratorn bekräftar en ny på den gamla adressen", code="controller")
