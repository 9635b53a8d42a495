"""Factories of helpers' tasks and of the piles that coders are dealt."""

import datetime as dt
from typing import Any

from django.utils import timezone

from actors.models import Collaboration, HelperRole, User
from surveys.models import Answer, Interview, Pile, PiledText, Statement


def helper(collaboration: Collaboration, person: User | None, task: str, by: User, **fields: Any) -> HelperRole:
    """Somebody's task as helper, from today for a month."""
    days = {"ends_on": timezone.localdate() + dt.timedelta(days=30)}
    assert person is not None
    return HelperRole.objects.create(
        collaboration=collaboration, person=person, task=task, given_by=by, **{**days, **fields}
    )


def pile(collaboration: Collaboration, coder: User, by: User, *texts: Answer | Interview | Statement) -> Pile:
    """Texts dealt to a coder: to read, or statements to code a second time."""
    kind = Pile.Kind.SECOND if isinstance(texts[0], Statement) else Pile.Kind.READING
    dealt = Pile.objects.create(collaboration=collaboration, coder=coder, kind=kind, dealt_by=by)
    for text in texts:
        PiledText.objects.create(pile=dealt, **{str(text._meta.model_name): text})
    return dealt
