"""How many letters of a kind staff of one collaboration may cause to one mailbox in a day."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from actors.models import Collaboration, Letter, Organisation, SecurityEvent, User
from actors.rules.mandates import domain_of
from ostberga.lib.mailboxes import mailbox_of
from ostberga.lib.refusal import Refusal

# Letters that staff cause as often as they press a button, each with what its reader would call it. Every other kind
# is in FOLLOWS, or written without a collaboration: what is the system's own, and the ways in.
MOST_A_DAY = {
    "appointment-asked": (5, "frågor om vem som ska samordna"),
    "commitment-asked": (20, "frågor om åtaganden"),
    "decision-asked": (20, "frågor om beslut"),
    "invitation": (5, "inbjudningar"),
    "mandate-asked": (30, "frågor om mandat"),
    "meeting-called": (12, "kallelser"),
    "minutes-ready": (12, "brev om protokoll att läsa"),
    "outside-asked": (5, "brev"),
    "outside-replied": (5, "brev om svar som samordnaren har skrivit in"),
    "person-told": (12, "brev om uppdrag och namn"),
    "question-arrived": (20, "brev om överlämnade frågor"),
    "seat-given": (12, "brev om platser"),
    "succession-asked": (5, "frågor om övertaganden"),
}
# New names of hers, and of organisations that she names: they are told to the coordinators of several collaborations.
MOST_NAMES = 5
# To all addresses together: who gets these is typed by whoever sends them, and so is what they say.
MOST_IN_ALL = {"outside-asked": 20}
# Readers of these may be residents or another collaboration's coordinators, whose addresses not everybody sees.
UNNAMED = frozenset(["meeting-called", "minutes-ready", "seat-given"])
# What each of the other kinds follows: at most one or two of it come of each of those, of what a reader does, or of a
# day that has come.
FOLLOWS = {
    "activity-silent": "a day",
    "appointment": "the registry's answer",
    "appointment-told": "appointment-asked",
    "body-renamed": "a new name, of which one may give few in a day",
    "commitment-answered": "commitment-asked",
    "commitment-left": "commitment-asked",
    "decision-answered": "decision-asked",
    "decision-moved": "decision-asked",
    "decision-reminder": "a day",
    "decision-withdrawn": "decision-asked",
    "follow": "what a stranger asks for, which has its own limit",
    "listed-removed": "what its reader wrote against a row, which goes with the row",
    "mandate-closed": "mandate-asked",
    "mandate-confirmed": "mandate-asked",
    "mandate-receipt": "mandate-asked",
    "meeting-cancelled": "meeting-called",
    "meeting-released": "meeting-called",
    "minutes-locked": "minutes-ready",
    "news": "a day",
    "person-renamed": "a new name, of which one may give few in a day",
    "question-told": "question-arrived",
    "succession-told": "succession-asked",
    "task-ended": "person-told, of the task that was given",
    "outside-spoke": "outside-replied",
    "pulse": "a pulse, of which one is open at a time",
}


# Within an act that counts as one: the kinds and mailboxes that were let through.
_let_through: ContextVar[set[tuple[str, str]] | None] = ContextVar("let_through", default=None)


@contextmanager
def counted_as_one() -> Iterator[None]:
    """Let an act that must be whole write as many letters as it needs: only what was written before it stops it.

    A body with more promises than a day's letters could otherwise never be taken over. For acts in a collaboration
    that end what they hand over, so that nobody does them again and again. Its letters count when the next one asks.
    """
    token = _let_through.set(set())
    try:
        yield
    finally:
        _let_through.reset(token)


def refuse_more_names(author: User, *, to: User | Organisation) -> None:
    """Raise Refusal if she has given as many new names as she may in a day; what others have given does not count.

    Her own name and those that she gives others are counted apart: to correct others' takes nothing from her own.
    """
    since = Now() - dt.timedelta(days=1)  # as the log has its times: by the database's clock
    given = SecurityEvent.objects.filter(kind=SecurityEvent.Kind.NAME_CHANGED, who=author, at__gt=since)
    her_own = Q(object_type=User._meta.label_lower, object_key=str(author.pk))
    if given.filter(her_own if to == author else ~her_own).count() >= MOST_NAMES:
        why = f"Du har gett {MOST_NAMES} nya namn det senaste dygnet, och varje gång går det brev. Vänta till i morgon."
        raise Refusal(why, code="flood")


def is_flooded(*, kind: str, to: str, collaboration: Collaboration) -> bool:
    """Whether the mailbox has got all of the kind that it may in 24 hours. Other collaborations' do not count."""
    near = _of_today(collaboration, kind).filter(to__iendswith=f"@{domain_of(to)}").values_list("to", flat=True)
    at_most, _words = MOST_A_DAY[kind]
    return sum(mailbox_of(each) == mailbox_of(to) for each in near) >= at_most


def refuse_more(*, kind: str, to: str, collaboration: Collaboration | None) -> None:
    """Raise Refusal if staff have caused as many letters of this kind as they may in a day."""
    if kind not in MOST_A_DAY or collaboration is None:
        return
    let_through, letter = _let_through.get(), (kind, mailbox_of(to))
    if let_through is not None and letter in let_through:
        return
    at_most, words = MOST_A_DAY[kind]
    if is_flooded(kind=kind, to=to, collaboration=collaboration):
        who = "En av dem som brevet går till" if kind in UNNAMED else to
        raise Refusal(f"{who} har redan fått {at_most} {words} det senaste dygnet. Vänta till i morgon.", code="flood")
    in_all = MOST_IN_ALL.get(kind)
    if in_all and _of_today(collaboration, kind).count() >= in_all:
        raise Refusal(f"{in_all} {words} har redan gått ut det senaste dygnet. Vänta till i morgon.", code="flood")
    if let_through is not None:
        let_through.add(letter)


def _of_today(collaboration: Collaboration, kind: str) -> QuerySet[Letter]:
    since = timezone.now() - dt.timedelta(days=1)
    return Letter.objects.filter(collaboration=collaboration, kind=kind, written_at__gt=since)
