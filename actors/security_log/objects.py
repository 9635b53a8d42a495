"""What security events were about, in words: the name of an object whose name is no content, or the page's address."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from actors.models import SecurityEvent
from actors.rules.city_login import Reason
from actors.security_log.recording import PRACTICE
from actors.security_log.rights import PILE, ChangedRight, changed_right

# Models whose names may be read by whoever reads the log. Of all others only kind and number are told.
NAMED = frozenset(
    [
        *("actors.user", "actors.organisation", "actors.collaboration", "actors.mandate", "actors.affiliation"),
        *("actors.appointmentproposal", "actors.coordinatorappointment", "reports.reportversion", "dialogue.meeting"),
        *("actors.registryaddresschange", "actors.registryremoval", "actors.registryentry", "surveys.survey"),
        *("actors.helperrole", PILE),
    ]
)
# What is recorded by a word of its own instead of a page's name.
WORDS = {
    "webauthn": "nyckel",
    "totp": "app med koder",
    "recovery_codes": "reservkoder",
    "city_login": "stadens inloggning",
}
# Before the reason why a city's login let nobody in.
CITY_LOGIN = "city_login:"
REASONS = {
    Reason.CANCELLED: "vände själv",
    Reason.EXPIRED: "tog för lång tid",
    Reason.AWAY: "svarar inte",
    Reason.DENIED: "säger nej",
    Reason.MISCONFIGURED: "är inte rätt inställd",
    Reason.UNTRUSTED: "gav ett svar som inte går att lita på",
    Reason.WEAK: "var inte stark nog",
    Reason.NOT_CONNECTED: "är inte kopplad till något konto",
    Reason.NO_EMAIL: "gav ingen adress",
    Reason.UNVERIFIED_EMAIL: "gav en adress som inte är kontrollerad",
    Reason.UNKNOWN: "gav en adress som ingen här har",
    Reason.CLOSED: "hör till ett stängt konto",
    Reason.OCCUPIED: "och kontot har redan en annan koppling",
    Reason.TAKEN: "är kopplad till ett annat konto",
    Reason.MOVED: "har bytt system",
    Reason.OTHER_ADDRESS: "och inbjudan gäller en annan adress",
    Reason.SOMEBODY_ELSE: "var någon annans",
    Reason.STALE: "frågade inte på nytt",
}
PAGE = "page"
FILE = "fil:"  # before the name of a file with a table, which has no row of its own


@dataclass(frozen=True)
class ToldEvent:
    """An event as it is read: who, what and on which object, in words."""

    event: SecurityEvent
    who: str
    what: str
    about: str


def described(events: Iterable[SecurityEvent]) -> list[ToldEvent]:
    """Return the events in words; one query for each kind of named object."""
    events = list(events)
    keys = defaultdict(set)
    for event in events:
        if event.object_type in NAMED:
            keys[event.object_type].add(event.object_key)
    rows = {
        (label, str(row.pk)): row
        for label, wanted in keys.items()
        for row in apps.get_model(label)._default_manager.filter(pk__in=wanted)
    }
    return [_told(event, rows.get((event.object_type, event.object_key))) for event in events]


def _told(event: SecurityEvent, row: Model | None) -> ToldEvent:
    right = changed_right(event, row) if event.kind == SecurityEvent.Kind.RIGHT_CHANGED else ChangedRight()
    by_link = f"{right.reader} ({right.by_link_to}), med länk" if right.by_link_to else "Okänd"
    what = right.what or event.get_kind_display()
    return ToldEvent(event, str(event.who or by_link), what, _words(event, str(row) if row else ""))


def _words(event: SecurityEvent, name: str) -> str:
    if event.object_type == PAGE and event.object_key.startswith(PRACTICE):
        return "påhittade uppgifter i en övning"
    if event.object_type == PAGE and event.object_key.startswith(FILE):
        return f"filen {event.object_key.removeprefix(FILE)}"
    if event.object_type == PAGE and event.object_key.startswith(CITY_LOGIN):
        reason = event.object_key.removeprefix(CITY_LOGIN)
        return f"{WORDS['city_login']} {REASONS.get(Reason(reason), '') if reason in Reason else ''}".strip()
    if event.object_type == PAGE:
        return WORDS.get(event.object_key) or f"sidan {_routes().get(event.object_key, event.object_key)}"
    if not event.object_type:
        return ""
    try:
        kind = str(apps.get_model(event.object_type)._meta.verbose_name)
    except (LookupError, ValueError):  # a model of an earlier version
        kind = event.object_type
    return f"{kind} {name or event.object_key}"


@cache
def _routes() -> dict[str, str]:
    """The address of each page by its name, with «…» for what differs."""
    return dict(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: Iterable[URLPattern | URLResolver], route: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, here, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}", re.sub(r"<[^>]+>", "…", here)
