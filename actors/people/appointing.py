"""Who coordinates: handing over, standing in, stepping down."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.letters import outbox
from actors.models import Collaboration, CoordinatorAppointment, User
from actors.models.history import Kind, record_event
from ostberga.lib.refusal import Refusal

Role = CoordinatorAppointment.Role


def appointment_obstacle(*, collaboration: Collaboration, user: User, role: str) -> str:
    """Why this person can not be given this place; empty if nothing does."""
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
    """Hand the place over, today unless a day is given.

    Whoever has it leaves it the same day, so that it is never empty and never double; a deputy who becomes
    coordinator is deputy no more. Raises Refusal with what stops it.
    """
    on = on or timezone.localdate()
    present = _present(collaboration, role)
    if why := appointment_obstacle(collaboration=collaboration, user=user, role=role):
        raise Refusal(why, code="can_not_be_appointed")
    other = collaboration.appointments.filter(user=user, ended_on=None).first()
    for left in filter(None, [present, other]):
        _end(left, on)
    made = CoordinatorAppointment.objects.create(
        collaboration=collaboration, user=user, role=role, started_on=on, appointed_by=by, reason=reason
    )
    if by is not None:  # the first one is appointed on the admin site, which keeps its own log
        record_event(collaboration, Kind.APPOINTED, by=by, what=made, reason=reason)
    _tell(made)
    return made


@transaction.atomic
def step_down(*, collaboration: Collaboration, role: str, by: User, on: dt.date | None = None) -> None:
    """End the deputy's place. The coordinator's is only ever handed over: somebody must hold the keys."""
    if role == Role.COORDINATOR:
        raise Refusal("Samordnarens uppdrag lämnas över till någon. Välj vem.", code="must_hand_over")
    present = _present(collaboration, role)
    if present is None:
        raise Refusal("Det finns ingen ersättare.", code="nobody")
    _end(present, on or timezone.localdate())
    record_event(collaboration, Kind.STEPPED_DOWN, by=by, what=present.user)


def _present(collaboration: Collaboration, role: str) -> CoordinatorAppointment | None:
    Collaboration.objects.select_for_update().get(pk=collaboration.pk)  # two handovers must not cross
    return collaboration.appointments.filter(role=role, ended_on=None).first()


def _end(appointment: CoordinatorAppointment, on: dt.date) -> None:
    if on < appointment.started_on:
        raise Refusal(
            f"Dagen ligger före {appointment.started_on:%Y-%m-%d}, då {appointment.user} började.", code="too_early"
        )
    appointment.ended_on = on
    appointment.save(update_fields=["ended_on"])


def _tell(made: CoordinatorAppointment) -> None:
    outbox.write(
        kind="appointment",
        to=made.user.email,
        template="appointment",
        context={"appointment": made, "collaboration": made.collaboration},
        collaboration=made.collaboration,
    )
