"""The minutes are handed over for approval, approved by those the group's rule names, and locked."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.groups.approval import Phase, Rule, is_approved, who_must
from dialogue.models import Addition, Approval, GroupEvent, Meeting, Seat
from ostberga.lib.refusal import Refusal

Kind = GroupEvent.Kind


def must_approve(meeting: Meeting) -> tuple[int, ...]:
    """The seats whose approval locks the minutes; empty when nobody has been chosen."""
    return who_must(
        Rule(meeting.group.approval),
        chair=meeting.group.chair_id,
        adjusters=set(meeting.adjusters.values_list("pk", flat=True)),
        present=set(meeting.present.values_list("pk", flat=True)),
    )


@transaction.atomic
def approve(*, meeting: Meeting, seat: Seat, by: User, on: dt.date | None = None) -> bool:
    """A seat stands for what the minutes say. Says whether they are locked now."""
    on = on or timezone.localdate()
    _lock(meeting)
    if meeting.phase == Phase.LOCKED:
        raise Refusal("Protokollet är redan justerat.", code="already_approved")
    if meeting.phase != Phase.WAITING:
        raise Refusal("Protokollet skrivs fortfarande.", who="Den som leder mötet", code="not_ready")
    must = must_approve(meeting)
    if seat.pk not in must:
        raise Refusal(f"{seat} är inte vald att justera mötet.", code="not_adjuster")
    if on < meeting.on:
        raise Refusal("Mötet kan inte justeras innan det har hållits.", code="approved_before_meeting")
    if meeting.approvals.filter(seat=seat).exists():
        raise Refusal(f"{seat} har redan justerat.", code="already_approved")
    Approval.objects.create(meeting=meeting, seat=seat, on=on, by=by)
    GroupEvent.note(meeting.group, Kind.APPROVED, by=by, what=f"{meeting.on:%Y-%m-%d}: {seat}")
    if not is_approved(must, set(meeting.approvals.values_list("seat", flat=True))):
        return False
    meeting.approved_on = on
    meeting.save(update_fields=["approved_on"])
    meeting.group.dialogue.collaboration.bump_public_version()
    return True


@transaction.atomic
def add(*, meeting: Meeting, text: str, by: User, at: dt.datetime | None = None) -> Addition:
    """What is wrong or missing in locked minutes is said beside them; they themselves never change."""
    _lock(meeting)
    if meeting.phase != Phase.LOCKED:
        raise Refusal("Protokollet är inte justerat än. Ändra i det i stället.", code="not_locked")
    if not text.strip():
        raise Refusal("Skriv vad som blev fel eller glömdes.", code="empty")
    made = Addition.objects.create(meeting=meeting, text=text.strip(), by=by, at=at or timezone.now())
    GroupEvent.note(meeting.group, Kind.ADDED, by=by, what=f"{meeting.on:%Y-%m-%d}", at=at)
    meeting.group.dialogue.collaboration.bump_public_version()
    return made


def _lock(meeting: Meeting) -> None:
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
