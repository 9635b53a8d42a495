"""What an event did to a right, and who did it by a link: read from the row it is about, whose own moments tell."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Model

from actors.models import HelperRole, Mandate, RegistryAddressChange, RegistryRemoval, SecurityEvent

# The event has the time of its transaction, the row that of the moment in it.
SAME_MOMENT = dt.timedelta(seconds=60)
# Texts that a coder has been dealt. Its model is of an app that stands above this one.
PILE = "surveys.pile"


@dataclass(frozen=True)
class ChangedRight:
    """What was done, and the address whose link did it; empty words when the row tells nothing.

    The reader is what that address is called.
    """

    what: str = ""
    by_link_to: str = ""
    reader: str = "Registratorn"


def changed_right(event: SecurityEvent, row: Model | None) -> ChangedRight:
    """Return what an event of the kind RIGHT_CHANGED did, from the row as it is now."""
    if isinstance(row, Mandate):
        moments = [(row.ended_at, "avslutade ett mandat"), (row.confirmed_at, "bekräftade ett mandat")]
        moments.append((row.refused_at, "sa nej till ett mandat"))
        return ChangedRight(_at(event, moments), row.confirmed_by_address or row.sent_to)
    if isinstance(row, HelperRole):
        moments = [
            (row.ended_at, "avslutade ett uppdrag som medhjälpare"),
            (row.given_at, "gav ett uppdrag som medhjälpare"),
        ]
        return ChangedRight(_at(event, moments) or "ändrade tiden för ett uppdrag som medhjälpare")
    if row is not None and event.object_type == PILE:
        moments = [
            (getattr(row, "taken_back_at", None), "tog tillbaka en hög"),
            (getattr(row, "dealt_at", None), "delade ut en hög"),
        ]
        return ChangedRight(_at(event, moments))
    if isinstance(row, RegistryAddressChange):
        return ChangedRight("bekräftade en registratorsadress", row.sent_to)
    if isinstance(row, RegistryRemoval):
        is_a_readers = row.stopped_from not in {"", row.address}
        what = f"stoppade att en registratorsadress {'byttes' if row.replacement else 'togs bort'}"
        return ChangedRight(what, row.stopped_from or row.address, "En läsare" if is_a_readers else "Registratorn")
    return ChangedRight()


def _at(event: SecurityEvent, moments: list[tuple[dt.datetime | None, str]]) -> str:
    return next((what for at, what in moments if at is not None and abs(at - event.at) < SAME_MOMENT), "")
