"""Checking the chain of seals: whether every event is as it was written, and none is missing or put in between."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction

from actors.models import SecurityEvent, SecuritySeal

Kind = SecurityEvent.Kind


@dataclass(frozen=True)
class Chain:
    """What checking found: how many events, the newest seal as «position:hash», and where the chain breaks, if it does.

    The newest seal kept elsewhere shows later that the chain up to it is the same, also to whoever fears that all of it
    was written anew.
    """

    length: int
    head: str
    fault: str


@transaction.atomic
def verify(head: str = "") -> Chain:
    """Check every event against its seal, in order, and that the chain holds `head`, an earlier Chain's. Reads only."""
    seals, last, fault = 0, None, _unsealed()
    for seal in _seals():
        fault = fault or _fault(seal, last)
        seals, last = seals + 1, seal
    if head and not fault and not _holds(head):
        fault = (
            f"Sigillet {head} finns inte i kedjan: händelser är borttagna från slutet, eller alla sigill är omskrivna."
        )
    return Chain(seals, str(last or ""), fault)


def hash_of(previous: str, event: SecurityEvent) -> str:
    """Return the event's hash. The trigger of the migration 0016 makes the same."""
    at = event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    who, place = (str(key or "") for key in (event.who_id, event.collaboration_id))
    parts = (previous, str(event.pk), at, event.kind, event.outcome, who, place, event.object_type, event.object_key)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _seals() -> Iterator[SecuritySeal]:
    return SecuritySeal.objects.order_by("position").select_related("event").iterator(chunk_size=2000)


def _fault(seal: SecuritySeal, last: SecuritySeal | None) -> str:
    """Return what is wrong with this seal, coming after the last one; empty if nothing is."""
    place = f"Plats {seal.position}, händelse {seal.event_id}"
    if seal.position is None:
        return f"{place}: sigillet är inte ifyllt."
    if last is None:
        began = seal.position == 1 or _disposed_up_to(seal.position - 1)
        fault = "" if began else "händelserna före är borta utan att gallringen har skrivit det."
    else:
        follows = (seal.position, seal.previous) == ((last.position or 0) + 1, last.hash)
        fault = "" if follows else f"följer inte på plats {last.position}: något är borttaget eller omskrivet."
    if not fault and seal.hash != hash_of(seal.previous, seal.event):
        fault = "händelsen är inte som den skrevs."
    return f"{place}: {fault}" if fault else ""


def _unsealed() -> str:
    """Return the first event without a seal or seal without an event, in words."""
    if event := SecurityEvent.objects.filter(seal=None).order_by("pk").first():
        return f"Händelse {event.pk} har inget sigill: den är inskriven förbi databasens spärrar."
    if seal := SecuritySeal.objects.exclude(event__in=SecurityEvent.objects.all()).order_by("position").first():
        return f"Plats {seal.position}: händelse {seal.event_id} är borttagen."
    return ""


def _disposed_up_to(position: int) -> bool:
    disposed = SecurityEvent.objects.filter(kind=Kind.DISPOSED, object_key=str(position))
    return disposed.exists()


def _holds(head: str) -> bool:
    position, _, value = head.partition(":")
    return position.isdecimal() and SecuritySeal.objects.filter(position=int(position), hash=value).exists()
