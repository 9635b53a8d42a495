"""A promise from a meeting, for the tests of the week."""

import datetime as dt
from typing import Any

from django.utils import timezone

from actors.models import User
from dialogue.models import Issue, MinuteItem
from tests import factories as make


def make_promise(issue: Issue, by: User, **fields: Any) -> MinuteItem:
    """Something that a seat took upon itself at a meeting that is locked; its day was yesterday."""
    meeting = make.meeting(make.group(issue.dialogue, by, issue), by, approved_on=None)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    words = {"kind": "promise", "text": "Räkna lamporna", "due_on": yesterday, "owner": meeting.present.first()}
    made = MinuteItem.objects.create(meeting=meeting, edited_by=by, **{**words, **fields})
    type(meeting).objects.filter(pk=meeting.pk).update(approved_on=timezone.localdate())
    return made
