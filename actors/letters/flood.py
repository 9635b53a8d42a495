"""How many letters of a kind one collaboration may send to one address in a day."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from actors.models import Collaboration, Letter
from ostberga.lib.refusal import Refusal

# Letters that staff cause as often as they press a button. Everything else follows one of these, is the system's own,
# or is somebody's way in: a code, a link that stops a change.
MOST_A_DAY = {
    "appointment-asked": 5,
    "outside-asked": 5,
}
# To all addresses together: who gets these is typed by whoever sends them, and so is what they say.
MOST_IN_ALL = {"outside-asked": 20}


def is_flooded(*, kind: str, to: str, collaboration: Collaboration, at_most: int) -> bool:
    """Whether so many have been written in the last 24 hours. Other collaborations' letters do not count."""
    return _of_today(collaboration, kind).filter(to__iexact=to).count() >= at_most


def refuse_more(*, kind: str, to: str, collaboration: Collaboration | None) -> None:
    """Raise Refusal if staff have caused as many letters of this kind as they may in a day."""
    if collaboration is None or kind not in MOST_A_DAY:
        return
    refuse_flood(kind=kind, to=to, collaboration=collaboration, at_most=MOST_A_DAY[kind])
    at_most = MOST_IN_ALL.get(kind)
    if at_most and _of_today(collaboration, kind).count() >= at_most:
        raise Refusal(f"I dag har redan {at_most} sådana brev gått ut. Vänta till i morgon.", code="flood")


def refuse_flood(*, kind: str, to: str, collaboration: Collaboration, at_most: int) -> None:
    """Raise Refusal if `is_flooded`."""
    if is_flooded(kind=kind, to=to, collaboration=collaboration, at_most=at_most):
        raise Refusal(f"{to} har redan fått {at_most} sådana brev i dag. Vänta till i morgon.", code="flood")


def _of_today(collaboration: Collaboration, kind: str) -> QuerySet[Letter]:
    since = timezone.now() - dt.timedelta(days=1)
    return collaboration.letters.filter(kind=kind, written_at__gt=since)
