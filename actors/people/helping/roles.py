"""Giving somebody a task as helper in a collaboration for a time, changing its last day, and ending it."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from actors.letters import outbox
from actors.models import Collaboration, CoordinatorAppointment, HelperRole, Invitation, User
from actors.models.history import Kind, record_event
from actors.rules.helping import HelperTask, period_obstacle
from actors.rules.rights import COORDINATE
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal


def person_obstacle(collaboration: Collaboration, person: User) -> str:
    """Why this person cannot help here, with whatever it is; empty if nothing prevents it."""
    if person.is_staff or person.is_superuser:
        return f"{person} är teknisk administratör, och den som sköter driften läser inte det människor har sagt."
    if not person.is_active:
        return f"Kontot för {person} är avstängt."
    has = set(collaboration.appointments.filter(user=person.pk, ended_on=None).values_list("role", flat=True))
    if CoordinatorAppointment.Role.PROTECTION_OFFICER in has:
        return f"{person} är dataskyddsombud och granskar dem som läser. Någon annan hjälper till."
    return f"{person} samordnar och får redan allt det här." if has else ""


def task_obstacle(collaboration: Collaboration, person: User, task: str, starts_on: dt.date, ends_on: dt.date) -> str:
    """Why she cannot get this task for these days; empty if nothing prevents it."""
    held = collaboration.helper_roles.not_over().filter(person=person.pk, task=task)
    overlapping = held.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if overlapping is None:
        return period_obstacle(starts_on, ends_on, timezone.localdate())
    return (
        f"{person} är redan {HelperTask(task).label} till {_day(overlapping.ends_on)}. Ändra den sista dagen i stället."
    )


@transaction.atomic
def give(
    *,
    collaboration: Collaboration,
    person: User,
    task: str,
    ends_on: dt.date,
    by: User,
    starts_on: dt.date | None = None,
) -> HelperRole:
    """Give a person a task from a day (today) to another, and tell her by letter what it lets her do.

    Raises Refusal for whoever coordinates, reviews or administers, and if she has the task on any of the days.
    """
    require(by, COORDINATE, collaboration)
    take_turns(collaboration)
    first = starts_on or timezone.localdate()
    why = person_obstacle(collaboration, person) or task_obstacle(collaboration, person, task, first, ends_on)
    if why:
        raise Refusal(why, code="can_not_help")
    role = HelperRole(collaboration=collaboration, person=person, task=task, starts_on=first, ends_on=ends_on)
    _store(role, by)
    days = f"från {_day(first)} till {_day(ends_on)}"
    tell(person, collaboration, f"{by} har gett dig uppdraget som {role.get_task_display()} {days}.", role.may)
    return role


def give_invited(invitation: Invitation, *, person: User) -> HelperRole | None:
    """Give her the task that she was invited to, for whoever invited her. Called when she accepts, in its turn.

    Nothing is given when something prevents it by then: whoever invited her no longer coordinates, the last day has
    passed, or she coordinates herself. The invitation is accepted all the same.
    """
    collaboration, by, today = invitation.collaboration, invitation.invited_by, timezone.localdate()
    last = invitation.helper_until
    if last is None or not COORDINATE.covers(by, collaboration) or person_obstacle(collaboration, person):
        return None
    if task_obstacle(collaboration, person, invitation.helper_task, today, last):
        return None
    role = HelperRole(collaboration=collaboration, person=person, task=invitation.helper_task, ends_on=last)
    _store(role, by)
    return role


@transaction.atomic
def change_last_day(role: HelperRole, *, ends_on: dt.date, by: User) -> None:
    """Prolong or shorten a task. Raises Refusal if it is over, or for a day that it cannot have."""
    require(by, COORDINATE, role.collaboration)
    _lock(role)
    why = period_obstacle(role.starts_on, ends_on, timezone.localdate())
    if role.is_over or why:
        raise Refusal(why or "Uppdraget är redan över. Ge ett nytt.", code="can_not_help")
    later = role.collaboration.helper_roles.not_over().filter(person=role.person_id, task=role.task)
    if later.exclude(pk=role.pk).filter(starts_on__range=(role.starts_on, ends_on)).exists():
        raise Refusal("Ett nytt uppdrag av samma slag börjar före den dagen. Avsluta det först.", code="can_not_help")
    if ends_on == role.ends_on:
        return
    role.ends_on = ends_on
    role.save(update_fields=["ends_on"])
    _log(role, Kind.HELP_CHANGED, by)
    told = f"Ditt uppdrag som {role.get_task_display()} gäller nu till {_day(ends_on)}."
    tell(role.person, role.collaboration, told, role.may)


@transaction.atomic
def end(role: HelperRole, *, by: User) -> None:
    """End a task now, before its last day. What she has done stays. Raises Refusal if it is over."""
    require(by, COORDINATE, role.collaboration)
    _lock(role)
    if role.is_over:
        raise Refusal("Uppdraget är redan över.", code="already_ended")
    role.ended_at, role.ended_by = timezone.now(), by
    role.save(update_fields=["ended_at", "ended_by"])
    _log(role, Kind.HELP_ENDED, by)
    told = f"{by} har avslutat ditt uppdrag som {role.get_task_display()}."
    # Of a kind that is not counted among those that a mailbox may get in a day: a right can always be ended.
    _write(role.person, role.collaboration, told, kind="task-ended")


def tell(person: User, collaboration: Collaboration, sentence: str, may: tuple[str, ...] = ()) -> None:
    """Tell a person by letter what has been changed about her. Raises Refusal if she has got many such today."""
    _write(person, collaboration, sentence, may, kind="person-told")


def _write(person: User, collaboration: Collaboration, sentence: str, may: tuple[str, ...] = (), *, kind: str) -> None:
    outbox.write(
        kind=kind,
        to=person.email,
        template="person_told",
        context={
            "person": person,
            "collaboration": collaboration,
            "sentence": sentence,
            "may": may,
            "link": f"{settings.SITE_URL}{reverse('desk')}",
        },
        collaboration=collaboration,
    )


def _store(role: HelperRole, by: User) -> None:
    role.given_by = by
    role.save(force_insert=True)
    _log(role, Kind.HELP_GIVEN, by)


def _log(role: HelperRole, kind: Kind, by: User) -> None:
    record_event(role.collaboration, kind, by=by, what=f"{role}, till {role.ends_on}")
    record(SecurityKind.RIGHT_CHANGED, by=by, on=role, collaboration=role.collaboration)


def _lock(role: HelperRole) -> None:
    role.refresh_from_db(from_queryset=HelperRole.objects.select_for_update(no_key=True, of=("self",)))


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")
