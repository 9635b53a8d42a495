"""Add seats to a working group, invite again, leave a seat, appoint the chair."""

import datetime as dt

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from actors.models import Invitation, Organisation, User
from actors.people import inviting
from actors.people.memberships import people_of
from actors.rules.rights import COORDINATE
from dialogue.groups import meeting_calls
from dialogue.groups.letters import send_seat_given
from dialogue.models import GroupEvent, Seat, WorkingGroup
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

Kind = GroupEvent.Kind


@transaction.atomic
def add_seat(
    *,
    group: WorkingGroup,
    role: str,
    by: User,
    organisation: Organisation | None = None,
    user: User | None = None,
    email: str = "",
    name: str = "",
    reason: str = "",
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Seat:
    """Add a seat. Numbers are never reused, so that «Boende 2» is always the same person.

    With an address, its owner gets the seat: at once if she belongs to the collaboration, else when she has accepted an
    invitation, so that nobody learns here whether she has an account in another.
    With neither account nor address, the coordinator writes down what is said. Calls that have gone out are sent.
    """
    require(by, COORDINATE, group)
    at, email = at or timezone.now(), email.strip().lower()
    _lock(group)
    _check_new_seat(group, role, organisation)
    seat = Seat(group=group, role=role, organisation=organisation, reason=reason, seated_by=by)
    seat.number, seat.since = _next_number(group, role), on or timezone.localdate(at)
    known = people_of(group.dialogue.collaboration).filter(email__iexact=email) if email else User.objects.none()
    seat.user = user or known.first()
    if seat.user and _has_seat(group, seat.user, seat.since):
        raise Refusal(f"{email or seat.user} har redan en plats i gruppen.", code="already_seated")
    if email and seat.user is None:
        seat.invitation = _invite(seat, email=email, name=name, by=by)
    seat.save()
    GroupEvent.note(group, Kind.INVITED if seat.invitation else Kind.SEATED, by=by, what=seat, at=at)
    _tell_newcomer(seat, by, at)
    group.dialogue.collaboration.bump_public_version()
    return seat


@transaction.atomic
def invite_again(*, seat: Seat, by: User) -> None:
    """Send the invitation to a seat again, with a new link. Refused if the seat is left or has no invitation."""
    require(by, COORDINATE, seat.group)
    _lock_seat(seat)
    if seat.until is not None:
        raise Refusal(f"{seat} har lämnat gruppen.", code="already_left")
    if seat.invitation is None:
        raise Refusal(f"{seat} är inte inbjuden med e-post.", code="not_invited")
    inviting.send_again(seat.invitation, by=by, about=describe_invitation(seat))
    GroupEvent.note(seat.group, Kind.INVITED, by=by, what=f"{seat}, igen")


@transaction.atomic
def leave_seat(*, seat: Seat, on: dt.date, by: User, reason: str = "", at: dt.datetime | None = None) -> None:
    """End the seat after a day. Attendance at earlier meetings stays; an unused invitation is withdrawn.

    Calls to meetings after that day are taken back from the seat.
    """
    require(by, COORDINATE, seat.group)
    _lock(seat.group)
    _lock_seat(seat)
    if seat.until is not None:
        raise Refusal(f"{seat} har redan lämnat gruppen.", code="already_left")
    if on < seat.since:
        raise Refusal("Sista dagen kan inte ligga före den första.", code="left_before_joined")
    seat.until, seat.left_reason, seat.left_by = on, reason, by
    seat.save(update_fields=["until", "left_reason", "left_by"])
    GroupEvent.note(seat.group, Kind.LEFT, by=by, what=seat, at=at)
    if seat.group.chair_id == seat.pk:
        appoint_chair(group=seat.group, chair=None, by=by, at=at)
    meeting_calls.release(seat, at=at or timezone.now())
    _withdraw_unused_invitation(seat, by)
    seat.group.dialogue.collaboration.bump_public_version()


@transaction.atomic
def appoint_chair(*, group: WorkingGroup, chair: Seat | None, by: User, at: dt.datetime | None = None) -> None:
    """Appoint the seat that leads the meetings, or nobody (`chair=None`). The seat must be held today."""
    require(by, COORDINATE, group)
    _lock(group)
    day = timezone.localdate(at)
    if chair and not group.seats.filter(pk__in=Seat.objects.on(day).values("pk"), pk=chair.pk).exists():
        raise Refusal(f"{chair} har ingen plats i gruppen nu.", code="chair_without_seat")
    if group.chair_id == (chair.pk if chair else None):
        return
    group.chair = chair
    group.save(update_fields=["chair"])
    GroupEvent.note(group, Kind.CHAIRED, by=by, what=chair or "ingen", at=at)
    group.dialogue.collaboration.bump_public_version()


def describe_invitation(seat: Seat) -> str:
    """What the invitation to a seat is about, for the letter to the invited person."""
    group = seat.group
    anonymity = " Andra ser dig bara som din plats, aldrig ditt namn." if seat.role == Seat.Role.RESIDENT else ""
    return f"Du får en plats i arbetsgruppen {group}: {seat}.{anonymity}"


def _tell_newcomer(seat: Seat, by: User, at: dt.datetime) -> None:
    if seat.user and seat.user != by:
        send_seat_given(seat, seat.user, at=at)
    meeting_calls.call_newcomer(seat, at=at)


def _has_seat(group: WorkingGroup, user: User, day: dt.date) -> bool:
    """Whether a seat that she has today is still hers on that day."""
    still = Q(until=None) | Q(until__gte=day)
    return group.seats.filter(still, pk__in=Seat.objects.held_by(user).values("pk")).exists()


def _next_number(group: WorkingGroup, role: str) -> int:
    return (group.seats.filter(role=role).aggregate(last=Max("number"))["last"] or 0) + 1


def _check_new_seat(group: WorkingGroup, role: str, organisation: Organisation | None) -> None:
    if group.ended_on is not None:
        raise Refusal("Gruppen är avslutad.", code="group_ended")
    if role == Seat.Role.OFFICIAL and organisation is None:
        raise Refusal("Välj vilken organisation tjänstepersonen kommer från.", code="official_without_body")
    if role == Seat.Role.RESIDENT and organisation is not None:
        raise Refusal("En boende företräder ingen organisation.", code="resident_with_body")


def _invite(seat: Seat, *, email: str, name: str, by: User) -> Invitation:
    """Create the invitation, or reuse a waiting one. Only officials also become members of their organisation."""
    collaboration = seat.group.dialogue.collaboration
    body = seat.organisation if seat.role == Seat.Role.OFFICIAL else None
    waiting = collaboration.invitations.usable().filter(email__iexact=email, organisation=body).first()
    if waiting is None:
        return inviting.invite(
            collaboration=collaboration,
            by=by,
            email=email,
            name=name or str(seat),
            organisation=body,
            about=describe_invitation(seat),
        )
    if waiting.seats.filter(group=seat.group, until=None).exists():
        raise Refusal(f"{email} är redan inbjuden till gruppen. Skicka inbjudan igen i stället.", code="already_seated")
    inviting.send_again(waiting, by=by, about=describe_invitation(seat))
    return waiting


def _withdraw_unused_invitation(seat: Seat, by: User) -> None:
    """Withdraw an invitation that nobody has accepted, unless it is also for another seat."""
    invitation = seat.invitation
    if invitation is None or invitation.accepted_at or invitation.withdrawn_at:
        return
    if not invitation.seats.filter(until=None).exists():
        inviting.withdraw(invitation, by=by)


def _lock(group: WorkingGroup) -> None:
    group.refresh_from_db(from_queryset=WorkingGroup.objects.select_for_update(no_key=True))


def _lock_seat(seat: Seat) -> None:
    seat.refresh_from_db(from_queryset=Seat.objects.select_for_update(no_key=True))
