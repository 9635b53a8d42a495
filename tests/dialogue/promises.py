"""A promise made at a meeting, for tests of the week and the desk."""

import datetime as dt
from typing import Any

from django.utils import timezone

from actors.models import User
from dialogue.meetings.minutes_names import collect_names
from dialogue.models import Issue, MinuteItem
from tests import factories as make


def make_promise(issue: Issue, by: User, **fields: Any) -> MinuteItem:
    """A promise made by a seat at a meeting with locked minutes, due yesterday."""
    meeting = make.meeting(make.group(issue.dialogue, by, issue), by, approved_on=None)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    words = {"kind": "promise", "text": "Räkna lamporna", "due_on": yesterday, "owner": meeting.present.first()}
    promise = MinuteItem.objects.create(meeting=meeting, edited_by=by, **{**words, **fields})
    meeting.approved_on, meeting.names = timezone.localdate(), collect_names(meeting)
    meeting.save()
    return promise
