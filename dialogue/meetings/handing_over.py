"""The minutes are whole and handed over for approval, or taken back: what is missing is said beside the line."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.meetings import attendance, minutes_letters
from dialogue.meetings.approving import approver_ids
from dialogue.meetings.minute_items import lock_meeting, lock_open_minutes
from dialogue.models import AgendaPoint, GroupEvent, Meeting, MinuteItem
from dialogue.rules.minutes_approval import ADJUSTERS, ApprovalRule, Phase, required_approvers
from ostberga.lib.refusal import Refusal
from surveys.redaction import detection

Kind = MinuteItem.Kind


@dataclass(frozen=True)
class PrivacyFlag:
    """A text that everybody will read and that seems to point somebody out."""

    token: str  # says which text it is; who has looked and seen that it is no person sends it back
    text: str
    words: tuple[str, ...]  # «Anna Berg (namn)»


@dataclass
class MissingInMinutes:
    """What stands in the way of handing over."""

    meeting: list[str] = field(default_factory=list)
    lines: dict[UUID, list[str]] = field(default_factory=lambda: defaultdict(list))
    flags: dict[UUID | None, list[PrivacyFlag]] = field(
        default_factory=lambda: defaultdict(list)
    )  # None: not in a line

    def __bool__(self) -> bool:
        return bool(self.meeting or self.lines or self.flags)


@transaction.atomic
def hand_over(*, meeting: Meeting, by: User, confirmed: Collection[str] = (), at: dt.datetime | None = None) -> None:
    """Hand the minutes over to those who approve them. `confirmed` are the flags of texts that point nobody out."""
    at = at or timezone.now()
    lock_open_minutes(meeting)
    if find_missing(meeting, confirmed):
        raise Refusal("Protokollet är inte klart att justera. Det som saknas står vid raderna.", code="not_whole")
    meeting.items.standing().filter(text="").update(removed_at=at)
    meeting.ready_at = at
    meeting.save(update_fields=["ready_at"])
    GroupEvent.note(meeting.group, GroupEvent.Kind.READY, by=by, what=f"{meeting.on:%Y-%m-%d}", at=at)
    minutes_letters.send_minutes_ready(meeting, approver_ids(meeting), by, at)


@transaction.atomic
def reopen(*, meeting: Meeting, by: User, at: dt.datetime | None = None) -> None:
    """Take the minutes back to change them. Whoever has approved them already does so again, since they change."""
    lock_meeting(meeting)
    if meeting.phase != Phase.WAITING:
        raise Refusal("Protokollet väntar inte på justering.", code="not_waiting")
    given = [str(one.seat) for one in meeting.approvals.select_related("seat__organisation")]
    meeting.approvals.all().delete()
    meeting.ready_at = None
    meeting.save(update_fields=["ready_at"])
    again = f"; justeras igen av {', '.join(given)}" if given else ""
    GroupEvent.note(meeting.group, GroupEvent.Kind.REOPENED, by=by, what=f"{meeting.on:%Y-%m-%d}{again}", at=at)


def find_missing(meeting: Meeting, confirmed: Collection[str] = ()) -> MissingInMinutes:
    """What is missing, of the meeting and of each line. A constant number of queries."""
    found, facts = MissingInMinutes(), attendance.read_facts(meeting)
    lines = list(meeting.items.standing().exclude(text="").select_related("beside", "issue"))
    found.meeting += _of_meeting(meeting, facts, has_words=bool(lines or facts.notes.strip()))
    for line in lines:
        if lacks := _of_line(line, facts, meeting.on):
            found.lines[line.pk] += lacks
        if not line.is_inner:
            _flag(found, line.pk, line.text, confirmed)
    for text in (facts.notes, *AgendaPoint.objects.filter(meeting=meeting).values_list("text", flat=True)):
        _flag(found, None, text, confirmed)
    return found


def find_privacy_flag(text: str) -> PrivacyFlag | None:
    """Whether a text seems to point somebody out, and with what."""
    findings = detection.find_identifiers(text)
    token = hashlib.sha256(text.encode()).hexdigest()[:16]
    return PrivacyFlag(token, text, tuple(f"{one.text} ({one.kind.label})" for one in findings)) if findings else None


def _flag(found: MissingInMinutes, key: UUID | None, text: str, confirmed: Collection[str]) -> None:
    raised = find_privacy_flag(text)
    if raised and raised.token not in confirmed:
        found.flags[key].append(raised)


def _of_meeting(meeting: Meeting, facts: attendance.MeetingFacts, *, has_words: bool) -> list[str]:
    lacks = []
    if not facts.present:
        lacks.append("Kryssa vilka som var med.")
    elif not required_approvers(
        ApprovalRule(meeting.group.approval),
        chair=meeting.group.chair_id,
        adjusters=facts.adjusters,
        present=facts.present,
    ):
        number = min(ADJUSTERS, len(facts.present))
        lacks.append(f"Välj {'två' if number > 1 else 'en'} som justerar, bland dem som var med.")
    if not facts.issues:
        lacks.append("Kryssa minst en fråga som togs upp.")
    if not has_words:
        lacks.append("Protokollet är tomt. Skriv minst en rad.")
    return lacks


def _of_line(line: MinuteItem, facts: attendance.MeetingFacts, on: dt.date) -> list[str]:
    lacks = []
    if line.beside and line.beside.removed_at is None:
        lacks.append("Två skrev samtidigt. Stryk den ena texten, eller behåll båda.")
    if line.kind == Kind.PROPOSAL and line.issue_id is None:
        lacks.append("Välj vilken fråga förslaget gäller.")
    if line.kind == Kind.PROMISE:
        if line.owner_id is None:
            lacks.append("Vem tog på sig det? Välj någon som var med.")
        elif line.owner_id not in facts.present:
            lacks.append("Den som tog på sig det var inte med. Ingen får ett åtagande utan att själv ha sagt ja.")
        if line.due_on is None:
            lacks.append("När ska det vara gjort? Välj en dag.")
        elif line.due_on < on:
            lacks.append("Dagen ligger före mötet.")
    return lacks
