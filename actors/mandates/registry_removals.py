"""Taking away a wrong registry address: asked for by the administrator, stopped by its owner, done after some days.

A data controller's is replaced instead, after a longer wait: it is what keeps administrators from choosing who
coordinates, and while there is none a coordinator could enter a first one.
"""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from actors.mandates import letters, registry_addresses
from actors.mandates.obstacles import ADMINISTRATOR, first_address_obstacle
from actors.models import Collaboration, Organisation, RegistryRemoval, RegistryRemovalLink, User
from actors.models.collaboration import CollaborationQuerySet
from actors.models.history import Kind, record_event
from actors.models.membership import collaborations_that_show
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import Outcome, record
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

logger = logging.getLogger("ostberga.actors")

# The purpose of its secret links.
LINK = "registry-removal"
# How long the address and the organisation's people have to stop it.
WAITS = dt.timedelta(days=7)
# How long they and everybody appointed have, when the address confirms who coordinates.
CONTROLLER_WAITS = dt.timedelta(days=30)


@transaction.atomic
def remove(organisation: Organisation, *, by: User) -> RegistryRemoval:
    """Ask that a wrong address is taken away after `WAITS`, so that a right one can be entered.

    The address and everybody with a mandate for the organisation get a link that stops it. Raises Refusal for everybody
    but an administrator; when there is no address; when a removal waits; and for the data controller of a running
    collaboration, whose address is replaced.
    """
    _lock_for(organisation, by)
    if place := controlled_by(organisation).first():
        why = f"{organisation} är personuppgiftsansvarig för {place}, och adressen bekräftar vem som samordnar."
        raise Refusal(why, who="Administratören byter den på sidan Driften", code="controller")
    return _ask(organisation, by, WAITS)


@transaction.atomic
def replace(organisation: Organisation, *, address: str, by: User) -> RegistryRemoval:
    """Ask that a data controller's address, which no longer works, is replaced by another after `CONTROLLER_WAITS`.

    Both addresses, everybody with a mandate for the organisation and everybody appointed where it is the data
    controller get a link each that stops it. Raises Refusal as `remove` does, for an organisation that is not the data
    controller of a running collaboration, and for an address that cannot be its registry's.
    """
    _lock_for(organisation, by)
    if not controlled_by(organisation).exists():
        why = f"{organisation} är inte personuppgiftsansvarig för någon samverkan. Ta bort adressen i stället."
        raise Refusal(why, code="no_controller")
    if why := replacement_obstacle(organisation, address):
        raise Refusal(why, who=ADMINISTRATOR, code="not_a_registry")
    removal = _ask(organisation, by, CONTROLLER_WAITS, replacement=address.strip().lower())
    _log(removal, Kind.REGISTRY_ASKED, by=by)
    return removal


def replacement_obstacle(organisation: Organisation, address: str) -> str:
    """Why this address cannot come instead of the present one; empty when it can."""
    if address.strip().lower() == organisation.registry_email:
        return "Den adressen gäller redan."
    return first_address_obstacle(organisation, address.strip().lower())


def controlled_by(organisation: Organisation) -> CollaborationQuerySet:
    """The running collaborations whose data controller it is."""
    return Collaboration.objects.filter(data_controller=organisation, appointments__isnull=False).distinct()


def find_removal(token: str) -> RegistryRemoval | None:
    """The removal that this link stops, unless it is stopped or done. Changes nothing."""
    waiting = RegistryRemoval.objects.waiting().filter(links__token_hash=token_hash(LINK, token))
    return waiting.select_related("organisation", "asked_by").first()


@transaction.atomic
def stop_by_link(token: str) -> RegistryRemoval:
    """Keep the address; everybody who could stop a replacement is told. Raises Refusal when it is stopped or done."""
    link = RegistryRemovalLink.objects.filter(token_hash=token_hash(LINK, token)).first()
    waiting = RegistryRemoval.objects.waiting().select_for_update(no_key=True, of=("self",))
    removal = waiting.select_related("organisation", "asked_by").filter(links=link).first() if link else None
    if link is None or removal is None:
        raise Refusal("Länken är redan använd eller för gammal.", code="not_open")
    removal.stopped_at, removal.stopped_from = timezone.now(), link.sent_to
    removal.save(update_fields=["stopped_at", "stopped_from"])
    record(SecurityKind.RIGHT_CHANGED, by=None, on=removal, outcome=Outcome.REFUSED)
    if removal.replacement:
        _log(removal, Kind.REGISTRY_REFUSED, by=link.sent_to)
        letters.tell_of_stop(removal)
    removal.links.all().delete()
    return removal


def take_effect() -> int:
    """Carry out the removals whose days have passed; returns how many.

    One that fails is logged, hinders no other, and is tried again the next time.
    """
    due = RegistryRemoval.objects.waiting().filter(takes_effect_at__lte=timezone.now())
    return sum(_try_to_carry_out(pk) for pk in due.order_by("takes_effect_at", "pk").values_list("pk", flat=True))


def _try_to_carry_out(pk: int) -> bool:
    try:
        return _carry_out(pk)
    except Exception:
        logger.exception("the removal of registry address %s failed", pk)
        return False


@transaction.atomic
def _carry_out(pk: int) -> bool:
    """Take the address away or replace it; what may not be done now is stopped."""
    waiting = RegistryRemoval.objects.waiting().select_for_update(no_key=True, of=("self",)).select_related("asked_by")
    removal = waiting.filter(pk=pk).first()
    if removal is None:
        return False
    removal.organisation = Organisation.objects.select_for_update(no_key=True).get(pk=removal.organisation_id)
    if _is_outdated(removal):
        removal.stopped_at = timezone.now()
        removal.save(update_fields=["stopped_at"])
        if removal.replacement:
            letters.tell_of_stop(removal)
    else:
        removal.done_at = timezone.now()
        removal.save(update_fields=["done_at"])
        _change_address(removal)
    removal.links.all().delete()
    return removal.done_at is not None


def _change_address(removal: RegistryRemoval) -> None:
    if removal.replacement:
        letters.tell_of_replacement(removal)
        registry_addresses.let_count(removal.organisation, removal.replacement, removal.asked_by)
        _log(removal, Kind.REGISTRY_SET, by=removal.asked_by)
    else:
        _take_away(removal)


def _is_outdated(removal: RegistryRemoval) -> bool:
    """Whether the address has changed since, or may not be removed or replaced so any more."""
    organisation = removal.organisation
    if organisation.registry_email != removal.address:
        return True
    if not removal.replacement:
        return controlled_by(organisation).exists()
    keeps_it = removal.asked_by.is_active and removal.asked_by.is_superuser
    return not keeps_it or bool(replacement_obstacle(organisation, removal.replacement))


def _take_away(removal: RegistryRemoval) -> None:
    organisation = removal.organisation
    letters.tell_of_removal(organisation)
    organisation.registry_changes.all().replace()
    organisation.registry_email = organisation.registry_contact = ""
    organisation.save(update_fields=["registry_email", "registry_contact"])
    for collaboration in collaborations_that_show(organisation):
        record_event(collaboration, Kind.REGISTRY_SET, by=removal.asked_by, what=f"ingen, {organisation}")
    record(SecurityKind.RIGHT_CHANGED, by=removal.asked_by, on=organisation)


def _lock_for(organisation: Organisation, by: User) -> None:
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören tar bort eller byter en adress.", who=ADMINISTRATOR, code="may_not")
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    if not organisation.registry_email:
        raise Refusal(f"{organisation} har ingen registratorsadress.", code="no_registry")
    if organisation.registry_removals.waiting().exists():
        raise Refusal(f"Adressen till {organisation} är redan på väg bort.", code="removed_already")


def _ask(organisation: Organisation, by: User, waits: dt.timedelta, *, replacement: str = "") -> RegistryRemoval:
    """Write it down, and send each reader a link of her own."""
    removal = organisation.registry_removals.create(
        address=organisation.registry_email,
        replacement=replacement,
        asked_by=by,
        takes_effect_at=timezone.now() + waits,
    )
    record(SecurityKind.ADMINISTERED, by=by, on=removal)
    readers = letters.people_with_a_mandate(organisation) | {removal.address}
    if replacement:
        readers |= letters.people_appointed_by(organisation) | {replacement}
    for address in sorted(readers):
        token = new_token()
        removal.links.create(sent_to=address, token_hash=token_hash(LINK, token))
        letters.warn_of_removal(removal, address, token)
    return removal


def _log(removal: RegistryRemoval, kind: Kind, *, by: User | str) -> None:
    """Log a replacement where the organisation is shown, and where it is only the data controller."""
    shown, controlled = collaborations_that_show(removal.organisation), controlled_by(removal.organisation)
    is_logged_there = kind == Kind.REGISTRY_SET  # by the verb that let the address count
    for collaboration in set(controlled) - set(shown) if is_logged_there else set(controlled) | set(shown):
        record_event(collaboration, kind, by=by, what=f"{removal.replacement}, {removal.organisation}")
