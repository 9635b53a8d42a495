"""People take a seat in a working group and leave it: with an account, by an invitation, or through the coordinator."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actors.models import Invitation, Organisation, User
from actors.people import inviting
from dialogue.groups.letters import send_seat_given
from dialogue.models import GroupEvent, Seat, WorkingGroup
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
    """A new seat. Numbers are never used again, so that «Boende 2» is always the same person.

    With an address, its owner gets the seat: at once if she has an account, else when she has taken the invitation.
    With neither account nor address the coordinator writes down for her what she says.
    """
    at, email = at or timezone.now(), email.strip().lower()
    _lock(group)
    _refuse_what_can_not_be(group, role, organisation)
    last = group.seats.filter(role=role).aggregate(last=Max("number"))["last"] or 0
    made = Seat(group=group, role=role, number=last + 1, organisation=organisation, reason=reason, seated_by=by)
    made.since = on or timezone.localdate(at)
    made.user = user or (User.objects.filter(email__iexact=email, is_active=True).first() if email else None)
    if made.user and group.seats.filter(pk__in=Seat.objects.held_by(made.user)).exists():
        raise Refusal(f"{email or made.user} har redan en plats i gruppen.", code="already_seated")
    if email and made.user is None:
        made.invitation = _invite(made, email=email, name=name, by=by)
    made.save()
    GroupEvent.note(group, Kind.INVITED if made.invitation else Kind.SEATED, by=by, what=made, at=at)
    if made.user and made.user != by:
        send_seat_given(made, made.user, at=at)
    group.dialogue.collaboration.bump_public_version()
    return made


@transaction.atomic
def invite_again(*, seat: Seat, by: User) -> None:
    """A new letter with a new link, to somebody who has not taken her invitation."""
    _lock_seat(seat)
    if seat.until is not None:
        raise Refusal(f"{seat} har lämnat gruppen.", code="already_left")
    if seat.invitation is None:
        raise Refusal(f"{seat} är inte inbjuden med e-post.", code="not_invited")
    inviting.send_again(seat.invitation, by=by, about=describe_invitation(seat))
    GroupEvent.note(seat.group, Kind.INVITED, by=by, what=f"{seat}, igen")


@transaction.atomic
def leave_seat(*, seat: Seat, on: dt.date, by: User, reason: str = "", at: dt.datetime | None = None) -> None:
    """The person gives up the seat after this day; the meetings she was at stay. An unused invitation is closed."""
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
    _close_unused(seat, by)
    seat.group.dialogue.collaboration.bump_public_version()


@transaction.atomic
def appoint_chair(*, group: WorkingGroup, chair: Seat | None, by: User, at: dt.datetime | None = None) -> None:
    """Whose seat leads the meetings from now on; nobody's, when the one who did has left."""
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
    """What an invitation to this seat is for, said to the one who gets it."""
    group = seat.group
    shown = " Andra ser dig bara som din plats, aldrig ditt namn." if seat.role == Seat.Role.RESIDENT else ""
    return f"Du får en plats i arbetsgruppen {group}: {seat}.{shown}"


def _refuse_what_can_not_be(group: WorkingGroup, role: str, organisation: Organisation | None) -> None:
    if group.ended_on is not None:
        raise Refusal("Gruppen är avslutad.", code="group_ended")
    if role == Seat.Role.OFFICIAL and organisation is None:
        raise Refusal("Välj vilken organisation tjänstepersonen kommer från.", code="official_without_body")
    if role == Seat.Role.RESIDENT and organisation is not None:
        raise Refusal("En boende företräder ingen organisation.", code="resident_with_body")


def _invite(seat: Seat, *, email: str, name: str, by: User) -> Invitation:
    """A seat gives a resident or an elected nothing but the seat; an official also gets her place in her body."""
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


def _close_unused(seat: Seat, by: User) -> None:
    """The letter was about this seat: nobody should get an account by it now, unless it also opens another."""
    invitation = seat.invitation
    if invitation is None or invitation.accepted_at or invitation.withdrawn_at:
        return
    if not invitation.seats.filter(until=None).exists():
        inviting.withdraw(invitation, by=by)


def _lock(group: WorkingGroup) -> None:
    group.refresh_from_db(from_queryset=WorkingGroup.objects.select_for_update())


def _lock_seat(seat: Seat) -> None:
    seat.refresh_from_db(from_queryset=Seat.objects.select_for_update())
