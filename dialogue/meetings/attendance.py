"""Facts of a meeting as a whole: who was present, who approves the minutes, issues taken up, short notes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from actors.models import User
from actors.rules.rights import COORDINATE
from dialogue.meetings.minute_items import lock_meeting, lock_open_minutes
from dialogue.models import GroupEvent, Issue, Meeting, Seat
from dialogue.rules.minutes_approval import Phase
from dialogue.rules.rights import WRITE_MINUTES
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal


@dataclass(frozen=True)
class MeetingFacts:
    """Ticked boxes and notes of a meeting. The sets hold keys of seats and issues."""

    present: frozenset[int]
    adjusters: frozenset[int]
    issues: frozenset[int]
    notes: str = ""


def read_facts(meeting: Meeting) -> MeetingFacts:
    """The stored facts of the meeting. Three queries."""
    ticked = (meeting.present, meeting.adjusters, meeting.issues)
    present, adjusters, issues = (frozenset(rows.values_list("pk", flat=True)) for rows in ticked)
    return MeetingFacts(present, adjusters, issues, meeting.notes)


@transaction.atomic
def record_attendance(
    *,
    meeting: Meeting,
    present: Iterable[Seat],
    issues: Iterable[Issue],
    by: User,
    adjusters: Iterable[Seat] = (),
    notes: str = "",
) -> None:
    """Store all facts at once, replacing what was stored."""
    seats, approvers = frozenset(seat.pk for seat in present), frozenset(seat.pk for seat in adjusters)
    facts = MeetingFacts(seats, approvers, frozenset(issue.pk for issue in issues), notes)
    update_facts(meeting=meeting, facts=facts, by=by)


@transaction.atomic
def update_facts(*, meeting: Meeting, facts: MeetingFacts, by: User, seen: MeetingFacts | None = None) -> None:
    """Store the facts. With `seen`, apply only the difference from what the user saw, keeping concurrent changes."""
    require(by, WRITE_MINUTES, meeting)
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
    """Correct the day and place of a meeting. Refused once somebody has approved the minutes."""
    require(by, COORDINATE, meeting)
    lock_meeting(meeting)
    if meeting.phase not in (Phase.OPEN, Phase.WAITING) or meeting.approvals.exists():
        raise Refusal("Dag och plats ändras bara innan någon har justerat.", code="not_open")
    before, meeting.on, meeting.place = meeting.on, on, place
    meeting.save(update_fields=["on", "place"])
    GroupEvent.note(meeting.group, GroupEvent.Kind.PLANNED, by=by, what=f"{before:%Y-%m-%d}, nu {on:%Y-%m-%d}")


def seats_on_day(meeting: Meeting) -> list[Seat]:
    """Seats of the group that were held on the day of the meeting."""
    related = ("organisation", "user", "invitation__accepted_by")
    return list(meeting.group.seats.all().on(meeting.on).select_related(*related))


def _merged(stored: MeetingFacts, seen: MeetingFacts, now: MeetingFacts) -> MeetingFacts:
    def ticked(name: str) -> frozenset[int]:
        kept, before, after = (getattr(facts, name) for facts in (stored, seen, now))
        return frozenset((kept | (after - before)) - (before - after))

    notes = now.notes
    if stored.notes not in (seen.notes, now.notes):  # somebody else wrote too: keep both texts
        notes = stored.notes if now.notes == seen.notes else f"{stored.notes}\n\n{now.notes}".strip()
    return MeetingFacts(ticked("present"), ticked("adjusters"), ticked("issues"), notes)


def _check(meeting: Meeting, facts: MeetingFacts) -> None:
    if facts.present - {seat.pk for seat in seats_on_day(meeting)}:
        raise Refusal("Någon av dem hade ingen plats i gruppen den dagen.", code="no_seat")
    group_issues = meeting.group.issues.values_list("pk", flat=True)
    if facts.issues - {*group_issues, *meeting.issues.values_list("pk", flat=True)}:
        raise Refusal("Välj bland gruppens frågor.", code="other_issue")
