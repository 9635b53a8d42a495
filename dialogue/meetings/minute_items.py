"""Write minutes line by line, by several people at once, with optimistic versions: no text is ever lost."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, F, Max, Sum
from django.db.models.functions import Length
from django.utils import timezone

from actors.models import User
from dialogue.meetings import draft_proposals
from dialogue.models import AgendaPoint, GroupEvent, Issue, ItemWording, Meeting, MinuteItem, Seat
from dialogue.rules.minutes_approval import Phase
from dialogue.rules.rights import WRITE_MINUTES
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

Kind = MinuteItem.Kind
NOT_OPEN = {
    Phase.PLANNED: "Protokollet är inte öppnat än.",
    Phase.WAITING: "Protokollet är lämnat för justering. Ta tillbaka det om något ska ändras.",
    Phase.LOCKED: "Protokollet är justerat och ändras inte mer. Skriv ett tillägg i stället.",
    Phase.CANCELLED: "Mötet är inställt.",
}
# More than any meeting writes, and no more than the page of the minutes can send back in one form: see
# DATA_UPLOAD_MAX_NUMBER_FIELDS, and DATA_UPLOAD_MAX_MEMORY_SIZE (a character is at most 12 bytes when it is sent).
MOST_LINES, MOST_CHARACTERS = 300, 150_000


class MinutesFull(Refusal):
    """Raised when the minutes have no room for another line or a longer text."""

    def __init__(self, full: str) -> None:
        super().__init__(f"{full} Skriv kortare i en rad som finns, eller töm den nya och stryk en annan.", code="full")


@dataclass(frozen=True)
class MinuteInput:
    """The content of a line of the minutes, as somebody writes it."""

    text: str
    kind: str = Kind.NOTE
    point: AgendaPoint | None = None
    issue: Issue | None = None  # a proposal needs one before the minutes are handed over
    is_inner: bool = False  # only for the group
    owner: Seat | None = None  # the seat that made a promise
    due_on: dt.date | None = None


@dataclass(frozen=True)
class SavedLine:
    """Result of saving: the line that holds the text, which is a new line beside it after a conflict."""

    item: MinuteItem
    version: int  # base of the writer's next save; older than the line's version if others have changed the text since
    is_beside: bool = False


@dataclass(frozen=True)
class _Author:
    by: User
    at: dt.datetime
    writer: str = ""


@transaction.atomic
def open_minutes(*, meeting: Meeting, by: User, at: dt.datetime | None = None) -> None:
    """Begin the meeting and open its minutes for writing. Refused before its day, or if it has begun."""
    require(by, WRITE_MINUTES, meeting)
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
    """Save a line. The client makes `key`, so that a line sent twice is stored once.

    `base` is the version that the text was written from, 0 for a new line. If somebody else has saved another text
    since, the late text becomes a new line beside the first. A new line is placed after the line `after`, else last.
    `writer` tells two devices of one account apart.
    """
    require(by, WRITE_MINUTES, meeting)
    author = _Author(by, at or timezone.now(), writer)
    lock_open_minutes(meeting)
    _check(meeting, line)
    stored = MinuteItem.objects.filter(pk=key).first()
    if stored is None:
        previous = MinuteItem.objects.filter(pk=after, meeting=meeting).first() if after else None
        item = _create(MinuteItem(pk=key, meeting=meeting), line, author, after=previous)
        return SavedLine(item, item.version)
    if stored.meeting_id != meeting.pk:
        raise Refusal("Raden hör till ett annat möte.", code="other_meeting")
    if _content_of(stored) != line and (stored.version == base or _is_retried_create(stored, base, by)):
        _change(stored, line, author)
    elif _content_of(stored) != line and not _is_retried_change(stored, base, line, by):
        return _merge(stored, base, line, author)
    return SavedLine(stored, stored.version if stored.text == line.text else base)


@transaction.atomic
def strike_line(*, item: MinuteItem, by: User, at: dt.datetime | None = None) -> None:
    """Strike the line out. It can be restored until the minutes are handed over."""
    require(by, WRITE_MINUTES, item.meeting)
    _set_struck(item, at or timezone.now(), by, at or timezone.now())


@transaction.atomic
def restore_line(*, item: MinuteItem, by: User, at: dt.datetime | None = None) -> None:
    """Restore a struck line."""
    require(by, WRITE_MINUTES, item.meeting)
    _set_struck(item, None, by, at or timezone.now())


@transaction.atomic
def keep_both(*, item: MinuteItem, by: User, at: dt.datetime | None = None) -> None:
    """Keep both texts of a conflict: the line is no longer marked as written beside another."""
    require(by, WRITE_MINUTES, item.meeting)
    lock_open_minutes(item.meeting)
    item.refresh_from_db()
    item.beside, item.edited_by, item.edited_at = None, by, at or timezone.now()
    item.version += 1
    item.save(update_fields=["beside", "edited_by", "edited_at", "version"])


def lock_meeting(meeting: Meeting) -> None:
    """Lock the meeting's row until the transaction ends. Every change of its minutes takes this lock."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update(no_key=True, of=("self",)))


def lock_open_minutes(meeting: Meeting) -> None:
    """Lock the meeting's row. Raises Refusal unless its minutes are open for writing."""
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


def _content_of(item: MinuteItem) -> MinuteInput:
    return MinuteInput(item.text, item.kind, item.point, item.issue, item.is_inner, item.owner, item.due_on)


def _is_retried_create(stored: MinuteItem, base: int, by: User) -> bool:
    """Retry of a create whose response was lost. Safe to overwrite, since nobody else has written in the line."""
    return base == 0 and stored.removed_at is None and not stored.wordings.exclude(by=by).exists()


def _is_retried_change(stored: MinuteItem, base: int, line: MinuteInput, by: User) -> bool:
    """Retry of a change whose response was lost: this user's same text is stored as an earlier version."""
    own = stored.wordings.filter(by=by, version__gt=base, version__lt=stored.version)
    return own.filter(text=line.text, kind=line.kind).exists()


def _merge(stored: MinuteItem, base: int, line: MinuteInput, author: _Author) -> SavedLine:
    """Resolve a conflict: if the text was not changed, merge the other fields; else keep both texts, side by side."""
    seen = stored.wordings.filter(version__lte=base).order_by("version").last()
    if seen is None or line.text not in (seen.text, stored.text):
        return _save_beside(stored, base, line, author)
    now = _content_of(stored)
    merged = replace(
        now,
        kind=now.kind if line.kind == seen.kind else line.kind,
        issue=line.issue or now.issue,
        is_inner=line.is_inner or now.is_inner,
        owner=line.owner or now.owner,
        due_on=line.due_on or now.due_on,
    )
    if stored.removed_at is None and merged != now:
        _change(stored, merged, author)
    return SavedLine(stored, stored.version if stored.text == line.text else base)


def _save_beside(stored: MinuteItem, base: int, line: MinuteInput, author: _Author) -> SavedLine:
    """Store the late text as the line right after. Its key is derived, so that a retry or a later save finds it."""
    key = uuid5(stored.pk, f"{base} {author.by.pk} {author.writer}")
    late = MinuteItem.objects.filter(pk=key).first()
    if late is None:
        new = MinuteItem(pk=key, meeting=stored.meeting, beside=stored)
        late = _create(new, line, author, after=stored)
    elif _content_of(late) != line and not _is_retried_change(late, 0, line, author.by):
        if late.edited_by_id != author.by.pk or late.removed_at is not None:
            return _save_beside(late, 0, line, author)
        _change(late, line, author)
    return SavedLine(late, late.version if late.text == line.text else 0, is_beside=True)


def _create(new: MinuteItem, line: MinuteInput, author: _Author, *, after: MinuteItem | None = None) -> MinuteItem:
    items = MinuteItem.objects.filter(meeting=new.meeting)
    if items.count() >= 2 * MOST_LINES:
        raise MinutesFull(f"Protokollet har redan {2 * MOST_LINES} rader, de strukna medräknade.")
    if after is None:
        new.position = (items.aggregate(last=Max("position"))["last"] or 0) + 1
    else:
        items.filter(position__gt=after.position).update(position=F("position") + 1)
        new.position = after.position + 1
    new.version = 0
    _change(new, line, author, is_new=True)
    return new


def _change(item: MinuteItem, line: MinuteInput, author: _Author, *, is_new: bool = False) -> None:
    was = item.text
    if is_new or len(line.text) > len(was):
        _require_room(item, line.text)
    item.text, item.kind, item.point, item.is_inner = line.text, line.kind, line.point, line.is_inner
    item.issue = line.issue or (_issue_of(item) if line.kind == Kind.PROPOSAL else None)
    item.owner, item.due_on = line.owner, line.due_on
    item.version, item.edited_by, item.edited_at = item.version + 1, author.by, author.at
    item.save(force_insert=is_new)
    wording = {"version": item.version, "text": item.text, "kind": item.kind}
    ItemWording.objects.create(item=item, by=author.by, at=author.at, **wording)
    draft_proposals.sync_draft(item, was=was, by=author.by, at=author.at)


def _require_room(item: MinuteItem, text: str) -> None:
    """Raise MinutesFull if the line with this text does not fit among the others that stand."""
    others = MinuteItem.objects.filter(meeting=item.meeting).standing().exclude(pk=item.pk)
    counted = others.aggregate(lines=Count("pk"), characters=Sum(Length("text")))
    if counted["lines"] >= MOST_LINES:
        raise MinutesFull(f"Protokollet har redan {MOST_LINES} rader.")
    if (counted["characters"] or 0) + len(text) > MOST_CHARACTERS:
        raise MinutesFull(f"Protokollet är för långt: högst {MOST_CHARACTERS // 1000} 000 tecken.")


def _issue_of(item: MinuteItem) -> Issue | None:
    """The default issue of a proposal: that of its agenda point, or the group's only issue."""
    if item.point and item.point.issue:
        return item.point.issue
    issues = list(item.meeting.group.issues.all()[:2])
    return issues[0] if len(issues) == 1 else None


def _set_struck(item: MinuteItem, struck: dt.datetime | None, by: User, at: dt.datetime) -> None:
    lock_open_minutes(item.meeting)
    item.refresh_from_db()
    if (item.removed_at is None) == (struck is None):
        return
    if struck is None:
        _require_room(item, item.text)
    item.removed_at, item.edited_by, item.edited_at = struck, by, at
    item.version += 1
    item.save(update_fields=["removed_at", "edited_by", "edited_at", "version"])
    draft_proposals.sync_draft(item, was=item.text, by=by, at=at)
