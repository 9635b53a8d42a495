"""Confirming a mandate: at the registry's link, or by a colleague whom the registry confirmed. And saying no."""

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from actors.mandates import letters
from actors.mandates.ending import LINK as END_LINK
from actors.mandates.obstacles import MENDED_BY, registry_obstacle
from actors.mandates.proposing import LINK
from actors.models import Collaboration, Mandate, Organisation, Partnership, RegistryAddressChange, User
from actors.models.history import Kind, record_event
from actors.rules.mandates import in_words, scopes_for
from actors.rules.rights import VOUCH
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.authorization import require
from ostberga.lib.locking import lock
from ostberga.lib.mailboxes import mailbox_of
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash


def find_waiting(token: str) -> Mandate | None:
    """The mandate that this link confirms, unless it is used, expired or withdrawn. Changes nothing."""
    waiting = Mandate.objects.waiting().filter(token_hash=token_hash(LINK, token), expires_at__gt=timezone.now())
    mandate = waiting.select_related("person", "organisation", "collaboration", "proposed_by").first()
    # A link that went to an address that is no longer the registry's confirms nothing.
    return mandate if mandate and mandate.sent_to == mandate.organisation.registry_email else None


@transaction.atomic
def confirm_by_link(token: str) -> Mandate:
    """Confirm for the registry, which gets a new link that ends the mandate. Raises Refusal when the link is used."""
    mandate = _lock_waiting(token)
    if why := registry_obstacle(mandate.organisation):
        raise Refusal(why, who=MENDED_BY, code="no_registry")
    if mailbox_of(mandate.person.email) == mailbox_of(mandate.sent_to):
        raise Refusal("Ingen kan bekräfta sitt eget mandat.", code="her_own")
    mandate.confirmed_by_address = mandate.sent_to
    mandate.registry_change = RegistryAddressChange.objects.all().behind(mandate.organisation)
    _confirm(mandate, by=mandate.sent_to)
    return mandate


@transaction.atomic
def refuse_by_link(token: str) -> Mandate:
    """Say no for the registry. Raises Refusal when the link is used."""
    mandate = _lock_waiting(token)
    mandate.refused_at, mandate.token_hash = timezone.now(), ""
    mandate.save(update_fields=["refused_at", "token_hash"])
    record_event(mandate.collaboration, Kind.MANDATE_REFUSED, by=mandate.sent_to, what=mandate)
    letters.tell_of_refusal(mandate)
    return mandate


@transaction.atomic
def vouch(mandate: Mandate, *, by: User) -> None:
    """Confirm for the organisation as a colleague with a mandate in force that its registry confirmed.

    It lasts no longer than hers. Raises Refusal when she has none, for her own mandate, for more than her own covers,
    for one that she proposed, or in a collaboration that she coordinates: the coordinator never confirms.
    """
    lock(*_partnerships(mandate), mandate)
    if not mandate.is_waiting:
        raise Refusal("Mandatet är redan besvarat eller återtaget.", code="not_waiting")
    require(by, VOUCH, mandate)
    until = _last_day_of_voucher(mandate, by)
    if mandate.proposed_by == by or Collaboration.objects.claimed_by(by).contains(mandate.collaboration):
        raise Refusal("Den som samordnar kan inte bekräfta.", who="Er registrator eller en kollega", code="coordinates")
    mandate.confirmed_by = by
    mandate.until = min(filter(None, [mandate.until, until]), default=None)
    _confirm(mandate, by=by)


def _last_day_of_voucher(mandate: Mandate, by: User) -> dt.date | None:
    """The last day of the voucher's longest mandate that covers this one, which is locked; None: until further notice.

    Raises Refusal if none covers it, or it ends before this one begins.
    """
    held = Mandate.objects.select_for_update(no_key=True, of=("self",)).that_may_vouch()
    held = held.filter(person=by, organisation=mandate.organisation)
    covering = held.filter(scopes__contains=mandate.scopes).order_by(F("until").desc(nulls_first=True), "pk")
    longest = covering.first()
    who = "Er registrator, eller en kollega vars mandat omfattar det"
    if longest is None:
        wider = set(mandate.scopes).difference(*held.values_list("scopes", flat=True)) or mandate.scopes
        raise Refusal(f"Ditt eget mandat omfattar inte att {in_words(wider)}.", who=who, code="wider_than_own")
    if longest.until and longest.until < mandate.since:
        raise Refusal("Ditt eget mandat slutar innan det här börjar.", who=who, code="longer_than_own")
    return longest.until


def _lock_waiting(token: str) -> Mandate:
    known = find_waiting(token)
    if known is not None:  # asked again when the address can no longer change under us
        Organisation.objects.select_for_update(no_key=True).get(pk=known.organisation_id)
        known = find_waiting(token)
        lock(*_partnerships(known) if known else ())
    waiting = (
        Mandate.objects.select_for_update(no_key=True, of=("self",))
        .waiting()
        .filter(token_hash=token_hash(LINK, token))
    )
    mandate = waiting.filter(pk=known.pk).first() if known else None
    if mandate is None:
        raise Refusal("Länken är redan använd eller för gammal.", who="Samordnaren skickar en ny", code="not_open")
    return mandate


def _partnerships(mandate: Mandate) -> QuerySet[Partnership]:
    """The partnership that a confirmed mandate says yes to, locked before the mandate as `leave` does."""
    return Partnership.objects.filter(
        organisation=mandate.organisation_id, collaboration=mandate.collaboration_id, left_on=None
    )


def _confirm(mandate: Mandate, *, by: User | str) -> None:
    if wider := set(mandate.scopes) - set(scopes_for(mandate.organisation.kind)):  # its kind may have changed since
        raise Refusal(f"{mandate.organisation} kan inte ge mandat att {in_words(wider)}.", code="wrong_scopes")
    token = new_token()
    mandate.confirmed_at, mandate.token_hash = timezone.now(), token_hash(END_LINK, token)
    mandate.sent_to = mandate.organisation.registry_email
    mandate.save()
    record_event(mandate.collaboration, Kind.MANDATE_GIVEN, by=by, what=f"{mandate}, {mandate.scopes_in_words}")
    for partnership in _partnerships(mandate):
        partnership.accept()  # a body that says who answers for it here is with us
    user = None if isinstance(by, str) else by
    record(SecurityKind.RIGHT_CHANGED, by=user, on=mandate, collaboration=mandate.collaboration)
    letters.tell_of_confirmation(mandate, token)
