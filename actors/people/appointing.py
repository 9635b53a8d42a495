"""Appointing coordinators and deputies: handing over, and stepping down as deputy."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.letters import outbox
from actors.models import Collaboration, CoordinatorAppointment, User
from actors.models.history import Kind, record_event
from ostberga.lib.refusal import Refusal

Role = CoordinatorAppointment.Role


def appointment_obstacle(*, collaboration: Collaboration, user: User, role: str) -> str:
    """Why this person cannot be appointed to the role; empty if nothing prevents it."""
    has = collaboration.appointments.filter(user=user, ended_on=None).values_list("role", flat=True)
    if role in has:
        return f"{user} är redan {Role(role).label}."
    if role == Role.DEPUTY and Role.COORDINATOR in has:
        return f"{user} är samordnare och kan inte vara sin egen ersättare."
    return ""


@transaction.atomic
def appoint(
    *,
    collaboration: Collaboration,
    user: User,
    role: str,
    by: User | None = None,
    reason: str = "",
    on: dt.date | None = None,
) -> CoordinatorAppointment:
    """Appoint a person to the role, today unless a day is given, and send her a letter.

    The present holder's appointment ends the same day, and so does another appointment that the person has. Raises
    Refusal if she cannot be appointed (`appointment_obstacle`).
    """
    on = on or timezone.localdate()
    present = _present_holder(collaboration, role)
    if why := appointment_obstacle(collaboration=collaboration, user=user, role=role):
        raise Refusal(why, code="can_not_be_appointed")
    other = collaboration.appointments.filter(user=user, ended_on=None).first()
    for left in filter(None, [present, other]):
        _end(left, on)
    appointment = CoordinatorAppointment.objects.create(
        collaboration=collaboration, user=user, role=role, started_on=on, appointed_by=by, reason=reason
    )
    if by is not None:  # appointments on the admin site have no `by`; the admin has its own log
        record_event(collaboration, Kind.APPOINTED, by=by, what=appointment, reason=reason)
    _send_letter(appointment)
    return appointment


@transaction.atomic
def step_down(*, collaboration: Collaboration, role: str, by: User, on: dt.date | None = None) -> None:
    """End the deputy's appointment. Raises Refusal for a coordinator, who can only hand over, or without a deputy."""
    if role == Role.COORDINATOR:
        raise Refusal("Samordnarens uppdrag lämnas över till någon. Välj vem.", code="must_hand_over")
    present = _present_holder(collaboration, role)
    if present is None:
        raise Refusal("Det finns ingen ersättare.", code="nobody")
    _end(present, on or timezone.localdate())
    record_event(collaboration, Kind.STEPPED_DOWN, by=by, what=present.user)


def _present_holder(collaboration: Collaboration, role: str) -> CoordinatorAppointment | None:
    Collaboration.objects.select_for_update().get(pk=collaboration.pk)  # serialises concurrent handovers
    return collaboration.appointments.filter(role=role, ended_on=None).first()


def _end(appointment: CoordinatorAppointment, on: dt.date) -> None:
    if on < appointment.started_on:
        raise Refusal(
            f"Dagen ligger före {appointment.started_on:%Y-%m-%d}, då {appointment.user} började.", code="too_early"
        )
    appointment.ended_on = on
    appointment.save(update_fields=["ended_on"])


def _send_letter(appointment: CoordinatorAppointment) -> None:
    outbox.write(
        kind="appointment",
        to=appointment.user.email,
        template="appointment",
        context={"appointment": appointment, "collaboration": appointment.collaboration},
        collaboration=appointment.collaboration,
    )
