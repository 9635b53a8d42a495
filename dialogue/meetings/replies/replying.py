"""Saying whether one comes to a meeting; can be changed until it begins."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from dialogue.models import Meeting, MeetingCall
from dialogue.models.meeting import REPLY_LINK
from dialogue.rules.calendar_reply import Coming
from dialogue.rules.minutes_approval import Phase
from ostberga.lib.web.secret_links import token_hash

# Minutes tell who was there. Who said what before is of no use then.
KEPT_FOR = dt.timedelta(days=30)


def find_by_token(token: str) -> MeetingCall | None:
    """Return the call with this link, to a meeting whose day has not passed and that has not begun; else None.

    Cancelled meetings are among them, so that the page can say so.
    """
    related = ("meeting__group__dialogue__collaboration", "seat")
    asked = MeetingCall.objects.select_related(*related).filter(token_hash=token_hash(REPLY_LINK, token)).first()
    is_waited_for = asked is not None and (asked.meeting.phase == Phase.CANCELLED or takes_replies(asked.meeting))
    return asked if is_waited_for else None


def takes_replies(meeting: Meeting) -> bool:
    """Whether it still matters who comes."""
    return meeting.phase == Phase.PLANNED and meeting.on >= timezone.localdate()


@transaction.atomic
def reply(*, asked: MeetingCall, coming: Coming, sequence: int, at: dt.datetime) -> bool:
    """Write down what was replied to the call with this number. Returns whether it counts.

    It does not if the meeting has moved since, has begun or is cancelled, or if a later reply has been given.
    """
    row = (
        MeetingCall.objects.select_for_update(no_key=True, of=["self"])
        .select_related("meeting")
        .filter(pk=asked.pk)
        .first()
    )
    if row is None or sequence < row.since_sequence or not takes_replies(row.meeting):
        return False
    if row.replied_at is not None and at < row.replied_at:
        return False
    row.coming, row.replied_at = coming, at
    row.save(update_fields=["coming", "replied_at"])
    return True


def forget_old() -> None:
    """Delete who was called, and what they replied, a month after the meeting."""
    MeetingCall.objects.filter(meeting__on__lt=timezone.localdate() - KEPT_FOR).delete()
