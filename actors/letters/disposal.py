"""The disposal plan for letters: which go by themselves and when, and which wait for a decision.

The handbook for the data-protection officer shows the same plan; a test compares them.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from actors.models import Collaboration, Disposal, Letter, User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

# Days after which letters of these kinds are deleted: to sign in with, and to those who follow an issue.
DAYS: Mapping[str, int] = {"account": 30, "follow": 30, "news": 30}
# Days after which a letter that could not be sent loses its link. Until then the coordinator can try again.
DAYS_OF_FAILED_LINKS = 30
# A pulse's letters are deleted when it closes (dialogue/pulse/pulses.py). All other letters are records.
WITH_THEIR_PULSE = "pulse"


def dispose_of_due(today: dt.date) -> int:
    """Delete the letters whose days are over, and the links of those that could not be sent; how many were deleted."""
    deleted = 0
    for kind, days in DAYS.items():
        last = Coalesce("sent_at", "written_at")
        over = _finished().filter(kind=kind).annotate(last=last).filter(last__date__lt=today - dt.timedelta(days=days))
        deleted += over.delete()[0]
    day = today - dt.timedelta(days=DAYS_OF_FAILED_LINKS)
    Letter.objects.filter(state=Letter.State.FAILED, written_at__date__lt=day).exclude(sealed="").update(sealed="")
    return deleted


def records(collaboration: Collaboration) -> QuerySet[Letter]:
    """The letters of a collaboration that are records: calls, requests, answers. Those still waiting are not done."""
    return _finished().filter(collaboration=collaboration).exclude(kind__in=[*DAYS, WITH_THEIR_PULSE])


@transaction.atomic
def dispose_of_records(*, collaboration: Collaboration, before: dt.date, decision_number: str, by: User) -> Disposal:
    """Delete the records written before a day, by a decision, and log it. Raises Refusal if there is nothing to do."""
    require(by, COORDINATE, collaboration)
    if not decision_number.strip():
        raise Refusal("Brev gallras bara efter beslut. Skriv beslutets nummer.", code="no_decision")
    if before > timezone.localdate():
        raise Refusal("Välj en dag som har varit.", code="not_yet")
    due = records(collaboration).filter(written_at__date__lt=before)
    if not (number := due.delete()[0]):
        raise Refusal("Det finns inga brev från före den dagen.", code="nothing")
    facts = {"decision_number": decision_number.strip(), "before": before, "letters": number}
    return Disposal.objects.create(collaboration=collaboration, by=by, **facts)


def _finished() -> QuerySet[Letter]:
    return Letter.objects.exclude(state=Letter.State.WAITING)
