"""Minutes are written while people talk: line by line, by several at once, and nothing that anybody wrote is lost."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from actors.models import User
from dialogue.meetings import draft_proposals
from dialogue.models import AgendaPoint, GroupEvent, Issue, ItemWording, Meeting, MinuteItem, Seat
from dialogue.rules.minutes_approval import Phase
from ostberga.lib.refusal import Refusal

Kind = MinuteItem.Kind
NOT_OPEN = {
    Phase.PLANNED: "Protokollet är inte öppnat än.",
    Phase.WAITING: "Protokollet är lämnat för justering. Ta tillbaka det om något ska ändras.",
    Phase.LOCKED: "Protokollet är justerat och ändras inte mer. Skriv ett tillägg i stället.",
    Phase.CANCELLED: "Mötet är inställt.",
}


@dataclass(frozen=True)
class MinuteInput:
    """What a line of the minutes says."""

    text: str
    kind: str = Kind.NOTE
    point: AgendaPoint | None = None
    issue: Issue | None = None  # a proposal needs one before the minutes are handed over
    is_inner: bool = False  # only for the group
    owner: Seat | None = None  # who took a promise upon herself
    due_on: dt.date | None = None


@dataclass(frozen=True)
class SavedLine:
    """Where the words are now: in the line they were meant for, or in one beside it, when somebody else was faster."""

    item: MinuteItem
    version: int  # what the writer goes on from; older than the line's own when it says something else by now
    is_beside: bool = False


@dataclass(frozen=True)
class _Author:
    by: User
    at: dt.datetime
    writer: str = ""


@transaction.atomic
def open_minutes(*, meeting: Meeting, by: User, at: dt.datetime | None = None) -> None:
    """The meeting begins and its minutes may be written."""
    at = at or timezone.now()
    lock_meeting(meeting)
    if meeting.phase != Phase.PLANNED:
        raise Refusal(NOT_OPEN.get(meeting.phase, "Protokollet är redan öppnat."), code="not_planned")
    if timezone.localdate(at) < meeting.on:
        raise Refusal(f"Mötet är den {meeting.on:%Y-%m-%d}. Protokollet öppnas då.", code="too_early")
    meeting.begun_at = at
    meeting.save(update_fields=["begun_at"])
    GroupEvent.note(meeting.group, GroupEvent.Kind.OPENED, by=by, what=f"{meeting.on:%Y-%m-%d}", at=at)


@transaction.atomic
def save_line(
    *,
    meeting: Meeting,
    key: UUID,
    base: int,
    line: MinuteInput,
    by: User,
    at: dt.datetime | None = None,
    after: UUID | None = None,
    writer: str = "",
) -> SavedLine:
    """Save a line. `key` is made by who writes, so that a line sent twice is stored once.

    `base` is the version the words were written from, 0 for a new line. When somebody else saved another text in
    between, the late one becomes a line of its own beside the first. A new line comes after the line `after`, else
    last. `writer` tells two devices of one account apart.
    """
    pen = _Author(by, at or timezone.now(), writer)
    lock_open_minutes(meeting)
    _check(meeting, line)
    stored = MinuteItem.objects.filter(pk=key).first()
    if stored is None:
        first = MinuteItem.objects.filter(pk=after, meeting=meeting).first() if after else None
        made = _create(MinuteItem(pk=key, meeting=meeting), line, pen, after=first)
        return SavedLine(made, made.version)
    if stored.meeting_id != meeting.pk:
        raise Refusal("Raden hör till ett annat möte.", code="other_meeting")
    if _says(stored) != line and (stored.version == base or _is_only_hers(stored, base, by)):
        _change(stored, line, pen)
    elif _says(stored) != line and not _came_before(stored, base, line, by):
        return _merge(stored, base, line, pen)
    return SavedLine(stored, stored.version if stored.text == line.text else base)


@transaction.atomic
def strike_line(*, item: MinuteItem, by: User, at: dt.datetime | None = None) -> None:
    """The line is struck out. It can be brought back until the minutes are locked."""
    _set_struck(item, at or timezone.now(), by, at or timezone.now())


@transaction.atomic
def restore_line(*, item: MinuteItem, by: User, at: dt.datetime | None = None) -> None:
    """The struck line stands again."""
    _set_struck(item, None, by, at or timezone.now())


@transaction.atomic
def keep_both(*, item: MinuteItem, by: User, at: dt.datetime | None = None) -> None:
    """Two texts that were written at the same time may both stand, each as a line."""
    lock_open_minutes(item.meeting)
    item.refresh_from_db()
    item.beside, item.edited_by, item.edited_at = None, by, at or timezone.now()
    item.version += 1
    item.save(update_fields=["beside", "edited_by", "edited_at", "version"])


def lock_meeting(meeting: Meeting) -> None:
    """Hold the meeting until the transaction ends: everybody who changes its minutes waits in line here."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update(of=("self",)))


def lock_open_minutes(meeting: Meeting) -> None:
    """Hold the meeting while its minutes are being written; any other time is refused."""
    lock_meeting(meeting)
    if meeting.phase != Phase.OPEN:
        raise Refusal(NOT_OPEN[meeting.phase], code=f"not_open_{meeting.phase}")


def _check(meeting: Meeting, line: MinuteInput) -> None:
    if line.point and line.point.meeting_id != meeting.pk:
        raise Refusal("Punkten hör till ett annat möte.", code="other_meeting")
    if line.issue and not meeting.group.issues.contains(line.issue):
        raise Refusal("Välj en av gruppens frågor.", code="other_issue")
    if line.owner and line.owner.group_id != meeting.group_id:
        raise Refusal("Välj någon i gruppen.", code="other_group")


def _says(item: MinuteItem) -> MinuteInput:
    return MinuteInput(item.text, item.kind, item.point, item.issue, item.is_inner, item.owner, item.due_on)


def _is_only_hers(stored: MinuteItem, base: int, by: User) -> bool:
    """A new line whose answer was lost on the way: who made it goes on, since nobody else has written in it."""
    return base == 0 and stored.removed_at is None and not stored.wordings.exclude(by=by).exists()


def _came_before(stored: MinuteItem, base: int, line: MinuteInput, by: User) -> bool:
    """A line sent again because its answer was lost on the way; somebody may have gone on from it since."""
    hers = stored.wordings.filter(by=by, version__gt=base, version__lt=stored.version)
    return hers.filter(text=line.text, kind=line.kind).exists()


def _merge(stored: MinuteItem, base: int, line: MinuteInput, pen: _Author) -> SavedLine:
    """Somebody else has saved since. Whoever did not change the words changes only the rest; else both texts stand."""
    seen = stored.wordings.filter(version__lte=base).order_by("version").last()
    if seen is None or line.text not in (seen.text, stored.text):
        return _beside(stored, base, line, pen)
    now = _says(stored)
    merged = replace(
        now,
        kind=now.kind if line.kind == seen.kind else line.kind,
        issue=line.issue or now.issue,
        is_inner=line.is_inner or now.is_inner,
        owner=line.owner or now.owner,
        due_on=line.due_on or now.due_on,
    )
    if stored.removed_at is None and merged != now:
        _change(stored, merged, pen)
    return SavedLine(stored, stored.version if stored.text == line.text else base)


def _beside(stored: MinuteItem, base: int, line: MinuteInput, pen: _Author) -> SavedLine:
    """The late words become the line right after. Sent again they are stored once, and their writer goes on there."""
    key = uuid5(stored.pk, f"{base} {pen.by.pk} {pen.writer}")
    late = MinuteItem.objects.filter(pk=key).first()
    if late is None:
        new = MinuteItem(pk=key, meeting=stored.meeting, beside=stored)
        late = _create(new, line, pen, after=stored)
    elif _says(late) != line and not _came_before(late, 0, line, pen.by):
        if late.edited_by_id != pen.by.pk or late.removed_at is not None:
            return _beside(late, 0, line, pen)
        _change(late, line, pen)
    return SavedLine(late, late.version if late.text == line.text else 0, is_beside=True)


def _create(new: MinuteItem, line: MinuteInput, pen: _Author, *, after: MinuteItem | None = None) -> MinuteItem:
    items = MinuteItem.objects.filter(meeting=new.meeting)
    if after is None:
        new.position = (items.aggregate(last=Max("position"))["last"] or 0) + 1
    else:
        items.filter(position__gt=after.position).update(position=F("position") + 1)
        new.position = after.position + 1
    new.version = 0
    _change(new, line, pen, is_new=True)
    return new


def _change(item: MinuteItem, line: MinuteInput, pen: _Author, *, is_new: bool = False) -> None:
    was = item.text
    item.text, item.kind, item.point, item.is_inner = line.text, line.kind, line.point, line.is_inner
    item.issue = line.issue or (_issue_of(item) if line.kind == Kind.PROPOSAL else None)
    item.owner, item.due_on = line.owner, line.due_on
    item.version, item.edited_by, item.edited_at = item.version + 1, pen.by, pen.at
    item.save(force_insert=is_new)
    said = {"version": item.version, "text": item.text, "kind": item.kind}
    ItemWording.objects.create(item=item, by=pen.by, at=pen.at, **said)
    draft_proposals.sync_draft(item, was=was, by=pen.by, at=pen.at)


def _issue_of(item: MinuteItem) -> Issue | None:
    """What a proposal is about when there is nothing to choose among."""
    if item.point and item.point.issue:
        return item.point.issue
    found = list(item.meeting.group.issues.all()[:2])
    return found[0] if len(found) == 1 else None


def _set_struck(item: MinuteItem, struck: dt.datetime | None, by: User, at: dt.datetime) -> None:
    lock_open_minutes(item.meeting)
    item.refresh_from_db()
    if (item.removed_at is None) == (struck is None):
        return
    item.removed_at, item.edited_by, item.edited_at = struck, by, at
    item.version += 1
    item.save(update_fields=["removed_at", "edited_by", "edited_at", "version"])
    draft_proposals.sync_draft(item, was=item.text, by=by, at=at)
