"""Adjustments («Skruva lite»): public notes of what was changed in how the collaboration works."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE
from dialogue.models import Adjustment
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal


@transaction.atomic
def adjust(
    *,
    collaboration: Collaboration,
    what: str,
    why: str,
    who: str,
    by: User,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Adjustment:
    """Record an adjustment. It is never edited: another change is another record."""
    require(by, COORDINATE, collaboration)
    at = at or timezone.now()
    on = on or timezone.localdate(at)
    if not all(words.strip() for words in (what, why, who)):
        raise Refusal("Skriv vad som ändrades, varför och vilka som bestämde det.", code="no_words")
    if on > timezone.localdate(at):
        raise Refusal("Skriv in ändringen när den har börjat gälla.", code="not_yet")
    adjustment = Adjustment.objects.create(
        collaboration=collaboration,
        what=what.strip(),
        why=why.strip(),
        who=who.strip(),
        on=on,
        registered_by=by,
        registered_at=at,
    )
    collaboration.bump_public_version()
    return adjustment
