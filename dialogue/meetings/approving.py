"""The minutes are approved by those the group's rule names, locked, and later added to."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.models import Collaboration, User
from dialogue.meetings import minutes_letters
from dialogue.meetings.minute_items import lock_meeting
from dialogue.models import Addition, Approval, GroupEvent, Meeting, Seat
from dialogue.rules.minutes_approval import ApprovalRule, Phase, is_approved, required_approvers
from ostberga.lib.refusal import Refusal

Kind = GroupEvent.Kind


def approver_ids(meeting: Meeting) -> tuple[int, ...]:
    """The seats whose approval locks the minutes; empty when nobody has been chosen."""
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


def may_approve_for(user: User, seat: Seat) -> bool:
    """Whether this person may approve for the seat: it is hers; or nobody signs in for it and she coordinates.

    A seat that has been left speaks on paper too: its page is closed to who had it.
    """
    if Seat.objects.held_by(user).filter(pk=seat.pk).exists():
        return True
    left = seat.until is not None and seat.until < timezone.localdate()
    coordinates = Collaboration.objects.coordinated_by(user).filter(dialogues__groups=seat.group_id).exists()
    return coordinates and (seat.holder is None or left)


@transaction.atomic
def approve(
    *, meeting: Meeting, seat: Seat, by: User, on: dt.date | None = None, at: dt.datetime | None = None
) -> bool:
    """A seat stands for what the minutes say. Says whether they are locked now."""
    on = on or timezone.localdate(at)
    at = at or (timezone.now() if on == timezone.localdate() else _then(on))
    lock_meeting(meeting)
    _ask(meeting, seat, on)
    if not may_approve_for(by, seat):
        raise Refusal(f"{seat} har ett eget konto och justerar själv.", code="other_seat")
    Approval.objects.create(meeting=meeting, seat=seat, on=on, by=by)
    GroupEvent.note(meeting.group, Kind.APPROVED, by=by, what=f"{meeting.on:%Y-%m-%d}: {seat}", at=at)
    if not is_approved(approver_ids(meeting), set(meeting.approvals.values_list("seat", flat=True))):
        return False
    meeting.approved_on = on
    meeting.save(update_fields=["approved_on"])
    minutes_letters.send_minutes_locked(meeting, at)
    meeting.group.dialogue.collaboration.bump_public_version()
    return True


@transaction.atomic
def add_addition(*, meeting: Meeting, text: str, by: User, at: dt.datetime | None = None) -> Addition:
    """What is wrong or missing in locked minutes is said beside them; they themselves never change."""
    lock_meeting(meeting)
    if meeting.phase != Phase.LOCKED:
        raise Refusal("Protokollet är inte justerat än. Ändra i det i stället.", code="not_locked")
    if not text.strip():
        raise Refusal("Skriv vad som blev fel eller glömdes.", code="empty")
    made = Addition.objects.create(meeting=meeting, text=text.strip(), by=by, at=at or timezone.now())
    GroupEvent.note(meeting.group, Kind.ADDED, by=by, what=f"{meeting.on:%Y-%m-%d}", at=at)
    meeting.group.dialogue.collaboration.bump_public_version()
    return made


def _then(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _ask(meeting: Meeting, seat: Seat, on: dt.date) -> None:
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
