"""Ending a mandate at once: by the organisation's people, by its registry's link; and withdrawing a proposal."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from actors.mandates import letters
from actors.models import Mandate, Organisation, User
from actors.models.history import Kind, record_event
from actors.models.mandates import MandateQuerySet
from actors.rules.rights import END_MANDATE, PREPARE
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

# The purpose of the links that end.
LINK = "mandate-end"


def find_ending(token: str) -> Mandate | None:
    """The confirmed mandate that this link ends, unless it has ended, or the address is no longer the registry's."""
    mandates = Mandate.objects.filter(
        token_hash=token_hash(LINK, token),
        confirmed_at__isnull=False,
        ended_at__isnull=True,
        sent_to=F("organisation__registry_email"),
    ).exclude(sent_to="")
    return mandates.select_related("person", "organisation", "collaboration", "proposed_by", "confirmed_by").first()


@transaction.atomic
def end(mandate: Mandate, *, by: User, reason: str = "") -> None:
    """End a mandate, or stop a proposal, now. An answer that is being written under it can no longer be given.

    Raises Refusal unless it is her own or she has one in force for the organisation that covers as much, or when it
    has ended.
    """
    _lock_open(mandate)
    require(by, END_MANDATE, mandate)
    _end(mandate, by=by, reason=reason)


@transaction.atomic
def end_by_link(token: str, *, reason: str = "") -> Mandate:
    """End a mandate for the registry. Raises Refusal when the link is used."""
    mandate = find_ending(token)
    if mandate is None:
        raise Refusal("Länken är redan använd.", code="not_open")
    _lock_open(mandate)
    _end(mandate, by=mandate.sent_to, reason=reason)
    return mandate


@transaction.atomic
def send_new_links(organisation: Organisation) -> None:
    """Send the organisation's new registry address links that end the mandates that are not over. Old ones died."""
    confirmed = organisation.mandates.not_over().filter(confirmed_at__isnull=False)
    for mandate in confirmed.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        token = new_token()
        mandate.token_hash, mandate.sent_to = token_hash(LINK, token), organisation.registry_email
        mandate.save(update_fields=["token_hash", "sent_to"])
        letters.send_receipt(mandate, token)


@transaction.atomic
def withdraw(mandate: Mandate, *, by: User) -> None:
    """The coordinator withdraws a proposal; its link stops working. Raises Refusal when it has been answered."""
    require(by, PREPARE, mandate)
    _lock_open(mandate)
    if not mandate.is_waiting:
        raise Refusal("Organisationen har redan svarat. Bara den kan avsluta mandatet.", code="not_waiting")
    _end(mandate, by=by, reason="Återtaget av samordnaren.")


@transaction.atomic
def end_after(mandates: MandateQuerySet, *, by: User, on: dt.date, reason: str) -> None:
    """End those of these mandates that are not over: in the night after a day still to come, otherwise now.

    Somebody has left the organisation, or it the collaboration. Call it from a verb that has asked for that right.
    """
    for mandate in mandates.not_over().select_for_update(no_key=True, of=("self",)).order_by("pk"):
        _end_on(mandate, by=by, on=on, reason=reason)


def _end_on(mandate: Mandate, *, by: User | str, on: dt.date, reason: str) -> None:
    """End one mandate after a day. One that waits is ended now: nobody confirms a person who is leaving."""
    if mandate.is_waiting or on < max(timezone.localdate(), mandate.since):
        _end(mandate, by=by, reason=reason)
    elif mandate.until is None or on < mandate.until:
        mandate.until, mandate.ended_reason = on, reason
        mandate.save(update_fields=["until", "ended_reason"])
        _tell(mandate, by=by)
        _end_vouched_for(mandate, by=by, on=on)


def _lock_open(mandate: Mandate) -> None:
    mandate.refresh_from_db(from_queryset=Mandate.objects.select_for_update(no_key=True))
    if mandate.ended_at or mandate.refused_at:
        raise Refusal("Mandatet är redan avslutat.", code="already_ended")


def _end(mandate: Mandate, *, by: User | str, reason: str) -> None:
    user = None if isinstance(by, str) else by
    mandate.ended_at, mandate.ended_by, mandate.ended_reason = timezone.now(), user, reason.strip()
    mandate.token_hash = ""
    mandate.save(update_fields=["ended_at", "ended_by", "ended_reason", "token_hash"])
    _tell(mandate, by=by)
    _end_vouched_for(mandate, by=by, on=timezone.localdate() - dt.timedelta(days=1))


def _tell(mandate: Mandate, *, by: User | str) -> None:
    record_event(mandate.collaboration, Kind.MANDATE_ENDED, by=by, what=mandate, reason=mandate.ended_reason)
    user = None if isinstance(by, str) else by
    record(SecurityKind.RIGHT_CHANGED, by=user, on=mandate, collaboration=mandate.collaboration)
    letters.tell_of_ending(mandate, ended_by=by)


def _end_vouched_for(mandate: Mandate, *, by: User | str, on: dt.date) -> None:
    """End what this mandate's owner vouched for, unless another mandate of hers can carry it."""
    hers = {"organisation": mandate.organisation, "confirmed_by": mandate.person}
    for vouched in (
        Mandate.objects.not_over().filter(**hers).select_for_update(no_key=True, of=("self",)).order_by("pk")
    ):
        others = Mandate.objects.that_may_vouch().filter(person=mandate.person, organisation=mandate.organisation)
        if not others.exclude(pk=mandate.pk).filter(scopes__contains=vouched.scopes).exists():
            _end_on(vouched, by=by, on=on, reason=f"{mandate.person}, som gick i god, har inte längre mandat.")
