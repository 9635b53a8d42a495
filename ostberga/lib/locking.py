"""Locking in one order everywhere, so that two transactions never wait for each other (docs/architecture.md)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

# What a transaction locks stands here in the order in which it locks it. The tests hold everything that they do to it.
# Its turn (`take_turns`), of which it has one at most, comes before; the version of a collaboration's public pages is
# raised after all of these, since nearly every change raises it; the table of what waits for the batch comes last.
LOCK_ORDER = (
    "actors.letter",
    "actors.invitation",
    "actors.user",
    "actors.accountchange",
    "actors.affiliation",
    "actors.helperrole",
    "actors.registryremoval",
    "actors.organisation",
    "actors.registryaddresschange",
    "actors.appointmentproposal",
    "actors.jointplan",
    "actors.focusarea",
    "actors.goal",
    "actors.indicator",
    "actors.responsibility",
    "actors.externaladdressee",
    "actors.bodydescription",
    "actors.contact",
    "surveys.survey",
    "surveys.answerimport",
    "surveys.largeimport",
    "surveys.listimport",
    "surveys.guidingquestion",
    "surveys.wave",
    "surveys.question",
    "surveys.channel",
    "surveys.response",
    "surveys.answer",
    "surveys.interview",
    "surveys.codingevent",
    "surveys.pile",
    "surveys.piledtext",
    "surveys.statement",
    "surveys.perspective",
    "surveys.polarity",
    "surveys.theme",
    "surveys.themeperspective",
    "dialogue.dialogue",
    "dialogue.processstage",
    "dialogue.processstep",
    "dialogue.issue",
    "dialogue.concernedbody",
    "dialogue.workinggroup",
    "dialogue.seat",
    "dialogue.meeting",
    "dialogue.meetingcall",
    "dialogue.minuteitem",
    "dialogue.promisehandover",
    "dialogue.proposal",
    "dialogue.openpositions",
    "dialogue.decision",
    "dialogue.partdecision",
    "dialogue.activity",
    "dialogue.commitment",
    "dialogue.listeddecision",
    "dialogue.listedactivity",
    "dialogue.petition",
    "dialogue.outsidequestion",
    "dialogue.follower",
    "dialogue.publishedreport",
    "reports.export",
    "reports.report",
    "reports.reporttheme",
    "reports.reportperspective",
    "reports.reportquote",
    "reports.reportversion",
    "reports.reading",
    "reports.readingcomment",
    "actors.partnership",
    "actors.mandate",
)
MANY_ACTS = "/* many acts */"
_TURN = "SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))"
_PLACES = {label: place for place, label in enumerate(LOCK_ORDER)}


def lock(*rows: Model) -> None:
    """Lock and reload the rows, in the one order. In a transaction; raises DoesNotExist when one has been deleted."""
    for row in sorted(rows, key=lambda each: (place_in_order(each._meta.label_lower), each.pk)):
        manager = type(row)._base_manager
        row.refresh_from_db(from_queryset=manager.select_for_update(no_key=True, of=("self",)))


def take_turns(about: Model) -> None:
    """Let one transaction at a time do what concerns this row as a whole, such as adding something of which it has one.

    Before anything is locked. Nothing that is stored is locked, so that others may change the row itself meanwhile: a
    collaboration's own row is changed at the end of nearly every transaction, by the version of its public pages.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TURN, _turn_of(about))


def take_turns_to(act: str) -> None:
    """Let one transaction at a time do what is done once in an installation. Before anything is locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [act])


@contextmanager
def alone_at(act: str) -> Iterator[bool]:
    """Yield whether no other process is at this now, and keep others from it meanwhile. Waits for nobody.

    Outside transactions, for what talks to another server. Who dies at it lets go with the connection.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [act])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [act])


def take_turns_for_many_acts(about: Model) -> None:
    """The same for a verb that is made of many others, which lock as they go and not in the one order.

    It can wait for another transaction that waits for it; the database then ends one of them, and nothing is half done.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{MANY_ACTS} {_TURN}", _turn_of(about))


def _turn_of(about: Model) -> list[str]:
    return [about._meta.label_lower, str(about.pk)]


def place_in_order(label: str) -> int:
    """Return the place of a model in the order. Raises LookupError for one that has none: give it one."""
    if label not in _PLACES:
        raise LookupError(f"{label} has no place in LOCK_ORDER")
    return _PLACES[label]
