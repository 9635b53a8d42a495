"""How many letters of a kind one collaboration may send to one address in a day."""

import datetime as dt

from django.utils import timezone

from actors.models import Collaboration
from ostberga.lib.refusal import Refusal


def is_flooded(*, kind: str, to: str, collaboration: Collaboration, at_most: int) -> bool:
    """Whether so many have been written in the last 24 hours. Other collaborations' letters do not count."""
    since = timezone.now() - dt.timedelta(days=1)
    return collaboration.letters.filter(kind=kind, to__iexact=to, written_at__gt=since).count() >= at_most


def refuse_flood(*, kind: str, to: str, collaboration: Collaboration, at_most: int) -> None:
    """Raise Refusal if `is_flooded`."""
    if is_flooded(kind=kind, to=to, collaboration=collaboration, at_most=at_most):
        raise Refusal(f"{to} har redan fått {at_most} sådana brev i dag. Vänta till i morgon.", code="flood")
