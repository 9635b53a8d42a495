"""Approve minutes by the group's rule, lock them, and add to locked minutes."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.groups.settling import keep_reasons_of_meeting
from dialogue.meetings import minutes_letters
from dialogue.meetings.minute_items import lock_meeting
from dialogue.meetings.minutes_names import collect_names
from dialogue.models import Addition, Approval, GroupEvent, Meeting, Seat
from dialogue.rules.minutes_approval import ApprovalRule, Phase, is_approved, required_approvers
from dialogue.rules.rights import SPEAK_FOR_SEAT, WRITE_MINUTES
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

Kind = GroupEvent.Kind


def approver_ids(meeting: Meeting) -> tuple[int, ...]:
    """Keys of the seats whose approval locks the minutes; empty when nobody has been chosen."""
    return required_approvers(
        ApprovalRule(meeting.group.approval),
        chair=meeting.group.chair_id,
        adjusters=set(meeting.adjusters.values_list("pk", flat=True)),
        present=set(meeting.present.values_list("pk", flat=True)),
    )


def list_pending_approvers(meeting: Meeting) -> list[Seat]:
    """The seats that have not approved yet."""
    given = meeting.approvals.values("seat")
    related = ("organisation", "user", "invitation__accepted_by")
    return list(Seat.objects.filter(pk__in=approver_ids(meeting)).exclude(pk__in=given).select_related(*related))


@transaction.atomic
def approve(
    *, meeting: Meeting, seat: Seat, by: User, on: dt.date | None = None, at: dt.datetime | None = None
) -> bool:
    """Store a seat's approval of the minutes. Returns whether it was the last one, so that they are locked now."""
    on = on or timezone.localdate(at)
    at = at or (timezone.now() if on == timezone.localdate() else _noon(on))
    lock_meeting(meeting)
    require(by, SPEAK_FOR_SEAT, seat)
    _check_can_be_approved(meeting, seat, on)
    Approval.objects.create(meeting=meeting, seat=seat, on=on, by=by)
    GroupEvent.note(meeting.group, Kind.APPROVED, by=by, what=f"{meeting.on:%Y-%m-%d}: {seat}", at=at)
    if not is_approved(approver_ids(meeting), set(meeting.approvals.values_list("seat", flat=True))):
        return False
    keep_reasons_of_meeting(meeting)
    meeting.approved_on, meeting.names = on, collect_names(meeting)
    meeting.save(update_fields=["approved_on", "names"])
    minutes_letters.send_minutes_locked(meeting, at)
    meeting.group.dialogue.collaboration.bump_public_version()
    return True


@transaction.atomic
def add_addition(*, meeting: Meeting, text: str, by: User, at: dt.datetime | None = None) -> Addition:
    """Add a correction or something forgotten to locked minutes, which never change themselves."""
    require(by, WRITE_MINUTES, meeting)
    lock_meeting(meeting)
    if meeting.phase != Phase.LOCKED:
        raise Refusal("Protokollet är inte justerat än. Ändra i det i stället.", code="not_locked")
    if not text.strip():
        raise Refusal("Skriv vad som blev fel eller glömdes.", code="empty")
    addition = Addition.objects.create(meeting=meeting, text=text.strip(), by=by, at=at or timezone.now())
    GroupEvent.note(meeting.group, Kind.ADDED, by=by, what=f"{meeting.on:%Y-%m-%d}", at=at)
    meeting.group.dialogue.collaboration.bump_public_version()
    return addition


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _check_can_be_approved(meeting: Meeting, seat: Seat, on: dt.date) -> None:
    if meeting.phase == Phase.LOCKED:
        raise Refusal("Protokollet är redan justerat.", code="already_approved")
    if meeting.phase != Phase.WAITING:
        raise Refusal("Protokollet skrivs fortfarande.", who="Den som leder mötet", code="not_ready")
    if seat.pk not in approver_ids(meeting):
        raise Refusal(f"{seat} är inte vald att justera mötet.", code="not_adjuster")
    if on < meeting.on:
        raise Refusal("Mötet kan inte justeras innan det har hållits.", code="approved_before_meeting")
    if meeting.approvals.filter(seat=seat).exists():
        raise Refusal(f"{seat} har redan justerat.", code="already_approved")
