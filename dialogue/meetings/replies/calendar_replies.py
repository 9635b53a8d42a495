"""Replies of calendar programs, out of the mailbox.

Anybody can write one. It is believed only if it names the meeting as only those who are called know it, and an address
that was called; and nothing of it but yes, no or maybe.
"""

import re
from email.message import Message

from django.utils import timezone

from dialogue.groups.meeting_calls import calendar_uid
from dialogue.meetings.replies import replying
from dialogue.models import Meeting, MeetingCall
from dialogue.rules.calendar_reply import CalendarReply, replies_in

_UID = re.compile(r"mote-(\d{1,18})\b")


def take_in(message: Message) -> int:
    """Write down what a message replies. Returns how many replies in it need no reader.

    One with words of its own is written down too, but left in the mailbox for people.
    """
    return sum(_note(reply) for reply in replies_in(message))


def _note(reply: CalendarReply) -> bool:
    asked = _call(reply)
    if asked is None:
        return False
    now = timezone.now()
    at = min(reply.written_at or now, now)  # a clock that is fast may not shut out what is said later
    replying.reply(asked=asked, coming=reply.coming, sequence=reply.sequence, at=at)
    return not reply.has_words


def _call(reply: CalendarReply) -> MeetingCall | None:
    name = _UID.match(reply.uid)
    meeting = Meeting.objects.filter(pk=name[1]).first() if name else None
    if meeting is None or calendar_uid(meeting) != reply.uid:
        return None
    return meeting.calls.at(reply.attendee).first()
