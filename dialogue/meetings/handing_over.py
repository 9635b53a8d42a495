"""Hand over complete minutes for approval or take them back, and find what is missing in them."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.meetings import attendance, minutes_letters
from dialogue.meetings.approving import approver_ids
from dialogue.meetings.minute_items import lock_meeting, lock_open_minutes
from dialogue.models import AgendaPoint, GroupEvent, Meeting, MinuteItem
from dialogue.rules.minutes_approval import ADJUSTERS, ApprovalRule, Phase, required_approvers
from dialogue.rules.rights import WRITE_MINUTES
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.redaction import detection

Kind = MinuteItem.Kind


@dataclass(frozen=True)
class PrivacyFlag:
    """A public text that may identify a person, as found by the redaction rules."""

    token: str  # hash of the text; sent back to confirm that the text identifies nobody
    text: str
    words: tuple[str, ...]  # «Anna Berg (namn)»


@dataclass
class MissingInMinutes:
    """What must be completed or confirmed before the minutes can be handed over. Falsy when nothing is missing."""

    meeting: list[str] = field(default_factory=list)
    lines: dict[UUID, list[str]] = field(default_factory=lambda: defaultdict(list))
    flags: dict[UUID | None, list[PrivacyFlag]] = field(
        default_factory=lambda: defaultdict(list)
    )  # None: not in a line

    def __bool__(self) -> bool:
        return bool(self.meeting or self.lines or self.flags)


@transaction.atomic
def hand_over(*, meeting: Meeting, by: User, confirmed: Collection[str] = (), at: dt.datetime | None = None) -> None:
    """Hand the minutes over for approval. `confirmed`: tokens of flagged texts that identify nobody.

    Raises Refusal if anything is missing. Empty lines are struck, and those who must approve get a letter.
    """
    require(by, WRITE_MINUTES, meeting)
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
    """Take the minutes back to change them. Approvals already given are deleted and must be given again."""
    require(by, WRITE_MINUTES, meeting)
    lock_meeting(meeting)
    if meeting.phase != Phase.WAITING:
        raise Refusal("Protokollet väntar inte på justering.", code="not_waiting")
    given = [str(approval.seat) for approval in meeting.approvals.select_related("seat__organisation")]
    meeting.approvals.all().delete()
    meeting.ready_at = None
    meeting.save(update_fields=["ready_at"])
    again = f"; justeras igen av {', '.join(given)}" if given else ""
    GroupEvent.note(meeting.group, GroupEvent.Kind.REOPENED, by=by, what=f"{meeting.on:%Y-%m-%d}{again}", at=at)


def find_missing(meeting: Meeting, confirmed: Collection[str] = ()) -> MissingInMinutes:
    """What is missing about the meeting and on each line. A constant number of queries."""
    missing, facts = MissingInMinutes(), attendance.read_facts(meeting)
    lines = list(meeting.items.standing().exclude(text="").select_related("beside", "issue"))
    missing.meeting += _missing_in_meeting(meeting, facts, has_words=bool(lines or facts.notes.strip()))
    for line in lines:
        if messages := _missing_in_line(line, facts, meeting.on):
            missing.lines[line.pk] += messages
        if not line.is_inner:
            _add_flag(missing, line.pk, line.text, confirmed)
    for text in (facts.notes, *AgendaPoint.objects.filter(meeting=meeting).values_list("text", flat=True)):
        _add_flag(missing, None, text, confirmed)
    return missing


@lru_cache(maxsize=600)
def find_privacy_flag(text: str) -> PrivacyFlag | None:
    """The flag of a text that may identify a person; None when nothing is found in it.

    Kept in memory, since the page of open minutes asks about every line each time somebody has saved one.
    """
    findings = detection.find_identifiers(text)
    token = hashlib.sha256(text.encode()).hexdigest()[:16]
    words = tuple(dict.fromkeys(f"{finding.text} ({finding.kind.label})" for finding in findings))
    return PrivacyFlag(token, text, words) if findings else None


def _add_flag(missing: MissingInMinutes, key: UUID | None, text: str, confirmed: Collection[str]) -> None:
    flag = find_privacy_flag(text)
    if flag and flag.token not in confirmed:
        missing.flags[key].append(flag)


def _missing_in_meeting(meeting: Meeting, facts: attendance.MeetingFacts, *, has_words: bool) -> list[str]:
    messages = []
    if not facts.present:
        messages.append("Kryssa vilka som var med.")
    elif not required_approvers(
        ApprovalRule(meeting.group.approval),
        chair=meeting.group.chair_id,
        adjusters=facts.adjusters,
        present=facts.present,
    ):
        number = min(ADJUSTERS, len(facts.present))
        messages.append(f"Välj {'två' if number > 1 else 'en'} som justerar, bland dem som var med.")
    if not facts.issues:
        messages.append("Kryssa minst en fråga som togs upp.")
    if not has_words:
        messages.append("Protokollet är tomt. Skriv minst en rad.")
    return messages


def _missing_in_line(line: MinuteItem, facts: attendance.MeetingFacts, on: dt.date) -> list[str]:
    messages = []
    if line.beside and line.beside.removed_at is None:
        messages.append("Två skrev samtidigt. Stryk den ena texten, eller behåll båda.")
    if line.kind == Kind.PROPOSAL and line.issue_id is None:
        messages.append("Välj vilken fråga förslaget gäller.")
    if line.kind == Kind.PROMISE:
        if line.owner_id is None:
            messages.append("Vem tog på sig det? Välj någon som var med.")
        elif line.owner_id not in facts.present:
            messages.append("Den som tog på sig det var inte med. Ingen får ett åtagande utan att själv ha sagt ja.")
        if line.due_on is None:
            messages.append("När ska det vara gjort? Välj en dag.")
        elif line.due_on < on:
            messages.append("Dagen ligger före mötet.")
    return messages
