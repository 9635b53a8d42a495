"""Locked minutes cannot change by any function, save or bulk operation, in any order; only additions are possible."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.meetings import approving, attendance, calling, handing_over, minute_items, minutes_document, promises
from dialogue.meetings.agenda import Point
from dialogue.meetings.attendance import MeetingFacts
from dialogue.meetings.minute_items import MinuteInput
from dialogue.models import AgendaPoint, Approval, ItemWording, Meeting, MinuteItem, Seat
from ostberga.lib.refusal import Refusal
from tests.dialogue.group_setup import TODAY, lock, say, seat

Act = Callable[[Meeting, Any], Any]
NOBODY = MeetingFacts(frozenset(), frozenset(), frozenset(), "Annat")


def item(meeting: Meeting) -> MinuteItem:
    return meeting.items.order_by("position").first() or MinuteItem()


VERBS: dict[str, Act] = {
    "open": lambda m, by: minute_items.open_minutes(meeting=m, by=by),
    "write": lambda m, by: say(m, by, "Ny"),
    "rewrite": lambda m, by: say(m, by, "Ändrad", item(m).pk, item(m).version),
    "late": lambda m, by: say(m, by, "Sen", item(m).pk, 0),
    "strike": lambda m, by: minute_items.strike_line(item=item(m), by=by),
    "restore": lambda m, by: minute_items.restore_line(item=m.items.filter(removed_at__isnull=False)[0], by=by),
    "keep both": lambda m, by: minute_items.keep_both(item=item(m), by=by),
    "tick": lambda m, by: attendance.update_facts(meeting=m, facts=NOBODY, by=by),
    "attend": lambda m, by: attendance.record_attendance(meeting=m, present=[], issues=[], notes="Annat", by=by),
    "correct": lambda m, by: attendance.correct_day_and_place(meeting=m, on=TODAY, place="Annan", by=by),
    "ready": lambda m, by: handing_over.hand_over(meeting=m, by=by),
    "reopen": lambda m, by: handing_over.reopen(meeting=m, by=by),
    "approve": lambda m, by: approving.approve(meeting=m, seat=seat(m, "elected"), by=by),
    "call": lambda m, by: calling.call(meeting=m, by=by),
    "cancel": lambda m, by: calling.cancel(meeting=m, reason="Därför", by=by),
    "agenda": lambda m, by: calling.add_points(meeting=m, points=[Point("Ny punkt")], by=by),
    "strike point": lambda m, by: calling.remove_point(meeting=m, point=m.agenda.all()[0].pk, by=by),
}


def bulk(m: Meeting, _by: Any) -> None:
    items = list(m.items.all())
    for minute_item in items:
        minute_item.text = "Ändrad"
    MinuteItem.objects.bulk_update(items, ["text"])


ROWS: dict[str, Act] = {
    "save the meeting": lambda m, _by: Meeting(**_fields(m) | {"notes": "Annat"}).save(force_update=True),
    "unlock": lambda m, _by: Meeting.objects.filter(pk=m.pk).update(approved_on=None),
    "delete the meeting": lambda m, _by: Meeting.objects.get(pk=m.pk).delete(),
    "save a line": lambda m, _by: MinuteItem(**_fields(item(m)) | {"text": "Ändrad"}).save(force_update=True),
    "update lines": lambda m, _by: m.items.update(text="Ändrad"),
    "bulk update": bulk,
    "bulk create": lambda m, by: MinuteItem.objects.bulk_create([MinuteItem(meeting=m, text="Ny", edited_by=by)]),
    "upsert": lambda m, _by: MinuteItem.objects.bulk_create(
        [MinuteItem(**_fields(item(m)) | {"text": "Ändrad"})],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["text"],
    ),
    "delete lines": lambda m, _by: m.items.all().delete(),
    "raw delete": lambda m, _by: m.items.all()._raw_delete("default"),
    "move a line here": lambda m, _by: MinuteItem.objects.exclude(meeting=m).update(meeting=m),
    "move a line away": lambda m, _by: m.items.update(meeting=Meeting.objects.exclude(pk=m.pk)[0]),
    "update wordings": lambda m, _by: ItemWording.objects.filter(item__meeting=m).update(text="Ändrad"),
    "delete wordings": lambda m, _by: ItemWording.objects.filter(item__meeting=m).delete(),
    "add a wording": lambda m, by: ItemWording.objects.create(item=item(m), version=99, text="x", kind="note", by=by),
    "present": lambda m, _by: m.present.set([]),
    "present added": lambda m, _by: m.present.add(seat(m, "elected", 2)),
    "adjusters": lambda m, _by: m.adjusters.clear(),
    "issues": lambda m, _by: m.issues.set([]),
    "through": lambda m, _by: Meeting.present.through.objects.filter(meeting=m).delete(),
    "approvals": lambda m, _by: Approval.objects.filter(meeting=m).delete(),
    "approval's day": lambda m, _by: Approval.objects.filter(meeting=m).update(on="2020-01-01"),
    "one more approval": lambda m, by: Approval.objects.create(meeting=m, seat=seat(m, "elected"), by=by),
    "agenda text": lambda m, _by: m.agenda.update(text="Annat"),
    "agenda gone": lambda m, _by: AgendaPoint.objects.filter(meeting=m).delete(),
    "one more point": lambda m, by: m.agenda.create(text="Ny", added_by=by),
    "additions changed": lambda m, _by: m.additions.update(text="Annat"),
    "additions gone": lambda m, _by: m.additions.all().delete(),
}
AFTERWARDS: dict[str, Act] = {
    "add": lambda m, by: approving.add_addition(meeting=m, text="Tillägg", by=by),
    "promise": lambda m, by: promises.tell_outcome(item=item(m), became="kept", by=by),
}


def _fields(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def locked(meeting, berit, ake, tova):
    """Locked minutes with a promise and a struck line, and another meeting of the group."""
    minute_items.open_minutes(meeting=meeting, by=ake)
    point = meeting.agenda.all()[0]
    say(meeting, berit, "Byta lampan", kind="promise", owner=seat(meeting, "official"), due_on=TODAY, point=point)
    minute_items.strike_line(item=say(meeting, tova, "Fel").item, by=tova)
    lock(meeting, berit, ake)
    Seat.objects.create(group=meeting.group, role="elected", number=2, since=TODAY)
    other = Meeting.objects.create(group=meeting.group, on=TODAY, registered_by=ake, begun_at=timezone.now())
    minute_items.save_line(meeting=other, key=uuid4(), base=0, line=MinuteInput("Annat möte"), by=ake)
    return meeting


def all_of(meeting: Meeting) -> tuple[Any, ...]:
    """All stored values of the minutes, except additions and outcomes of promises."""
    items = list(meeting.items.order_by("pk").values())
    keys: list[UUID] = [values["id"] for values in items]
    wordings = list(ItemWording.objects.filter(item__in=keys).order_by("pk").values())
    ticked = [
        sorted(rows.values_list("pk", flat=True)) for rows in (meeting.present, meeting.adjusters, meeting.issues)
    ]
    rows = [list(related.order_by("pk").values()) for related in (meeting.agenda, meeting.approvals)]
    return Meeting.objects.filter(pk=meeting.pk).values().get(), items, wordings, ticked, rows


def attempt(act: Act, meeting: Meeting, by: Any) -> bool:
    """Do the act in a transaction of its own. Returns whether it was allowed."""
    try:
        with transaction.atomic():
            act(Meeting.objects.get(pk=meeting.pk), by)
    except (Refusal, IntegrityError, models.ProtectedError):
        return False
    return True


ANY = VERBS | ROWS | AFTERWARDS


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(sorted(ANY)), min_size=1, max_size=8))
def test_locked_minutes_cannot_change_by_any_path(locked, ake, acts):
    before = all_of(locked)
    with transaction.atomic():
        for name in acts:
            attempt(ANY[name], locked, ake)
        after = all_of(locked)
        transaction.set_rollback(True)

    assert after == before


@pytest.mark.parametrize("name", sorted(VERBS | ROWS))
def test_each_path_alone_is_shut(locked, ake, name):
    before = all_of(locked)
    approving.add_addition(meeting=locked, text="Tillägg", by=ake)
    attempt(ANY[name], locked, ake)

    assert all_of(locked) == before
    assert [addition.text for addition in locked.additions.all()] == ["Tillägg"]


def test_what_may_come_afterwards_comes(locked, tova):
    approving.add_addition(meeting=locked, text="Tillägg", by=tova)
    promises.tell_outcome(item=item(locked), became="kept", by=tova)
    minutes = minutes_document.build_minutes(Meeting.objects.get(pk=locked.pk), public=True)

    assert ([addition.text for addition in minutes.additions], minutes.promises[0].became) == (["Tillägg"], "kept")
