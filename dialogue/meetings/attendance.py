"""Who was at the meeting, who is to approve its minutes, which issues it took up, and in short what it came to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from actors.models import User
from dialogue.meetings.minute_items import lock_meeting, lock_open_minutes
from dialogue.models import GroupEvent, Issue, Meeting, Seat
from dialogue.rules.minutes_approval import Phase
from ostberga.lib.refusal import Refusal


@dataclass(frozen=True)
class MeetingFacts:
    """What is ticked and said about a meeting as a whole. Keys of seats and issues."""

    present: frozenset[int]
    adjusters: frozenset[int]
    issues: frozenset[int]
    notes: str = ""


def read_facts(meeting: Meeting) -> MeetingFacts:
    """As it stands."""
    ticked = (meeting.present, meeting.adjusters, meeting.issues)
    present, adjusters, issues = (frozenset(rows.values_list("pk", flat=True)) for rows in ticked)
    return MeetingFacts(present, adjusters, issues, meeting.notes)


@transaction.atomic
def record_attendance(
    *,
    meeting: Meeting,
    present: Iterable[Seat],
    issues: Iterable[Issue],
    adjusters: Iterable[Seat] = (),
    notes: str = "",
) -> None:
    """Write all of it down at once."""
    there, chosen = frozenset(one.pk for one in present), frozenset(one.pk for one in adjusters)
    update_facts(meeting=meeting, facts=MeetingFacts(there, chosen, frozenset(one.pk for one in issues), notes))


@transaction.atomic
def update_facts(*, meeting: Meeting, facts: MeetingFacts, seen: MeetingFacts | None = None) -> None:
    """Change what this person changed of what she saw: what somebody else ticked meanwhile stands."""
    lock_open_minutes(meeting)
    stored = read_facts(meeting)
    facts = _merged(stored, seen, facts) if seen else facts
    facts = replace(facts, adjusters=facts.adjusters & facts.present)
    _check(meeting, facts)
    meeting.present.set(facts.present)
    meeting.adjusters.set(facts.adjusters)
    meeting.issues.set(facts.issues)
    if facts.notes != meeting.notes:
        meeting.notes = facts.notes
        meeting.save(update_fields=["notes"])


@transaction.atomic
def correct_day_and_place(*, meeting: Meeting, on: dt.date, place: str, by: User) -> None:
    """It was on another day, or at another place. Not once somebody has approved what the minutes say."""
    lock_meeting(meeting)
    if meeting.phase not in (Phase.OPEN, Phase.WAITING) or meeting.approvals.exists():
        raise Refusal("Dag och plats ändras bara innan någon har justerat.", code="not_open")
    before, meeting.on, meeting.place = meeting.on, on, place
    meeting.save(update_fields=["on", "place"])
    GroupEvent.note(meeting.group, GroupEvent.Kind.PLANNED, by=by, what=f"{before:%Y-%m-%d}, nu {on:%Y-%m-%d}")


def seats_on_day(meeting: Meeting) -> list[Seat]:
    """Those that somebody had on the day."""
    related = ("organisation", "user", "invitation__accepted_by")
    return list(meeting.group.seats.all().on(meeting.on).select_related(*related))


def _merged(stored: MeetingFacts, seen: MeetingFacts, now: MeetingFacts) -> MeetingFacts:
    def ticked(name: str) -> frozenset[int]:
        there, before, after = (getattr(one, name) for one in (stored, seen, now))
        return frozenset((there | (after - before)) - (before - after))

    notes = now.notes
    if stored.notes not in (seen.notes, now.notes):  # somebody else wrote too: both stand
        notes = stored.notes if now.notes == seen.notes else f"{stored.notes}\n\n{now.notes}".strip()
    return MeetingFacts(ticked("present"), ticked("adjusters"), ticked("issues"), notes)


def _check(meeting: Meeting, facts: MeetingFacts) -> None:
    if facts.present - {one.pk for one in seats_on_day(meeting)}:
        raise Refusal("Någon av dem hade ingen plats i gruppen den dagen.", code="no_seat")
    theirs = meeting.group.issues.values_list("pk", flat=True)
    if facts.issues - {*theirs, *meeting.issues.values_list("pk", flat=True)}:
        raise Refusal("Välj bland gruppens frågor.", code="other_issue")
