"""What a person may do, told to herself: each place she has, until when, and what it lets her do there."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from actors.models import Affiliation, CoordinatorAppointment, HelperRole, User
from actors.rules.helping import HelperTask
from dialogue.groups.member_page import MyGroupRow
from surveys.models import Pile
from surveys.piles.overview import count_left

_APPOINTED = {
    CoordinatorAppointment.Role.COORDINATOR: "Allt i samverkan: läsa och koda, publicera, bjuda in och ge uppdrag.",
    CoordinatorAppointment.Role.DEPUTY: "Detsamma som samordnaren.",
    CoordinatorAppointment.Role.PROTECTION_OFFICER: "Läsa säkerhetsloggen. Inget annat.",
}

# Where a helper does her task: its URL name, and what leads there. A coder has two places.
_PAGES = {
    HelperTask.CONVERSATIONS: ("interviews", "Dina samtal"),
    HelperTask.COMMUNICATION: ("public-texts", "Texter"),
    HelperTask.READING: ("issues", "Läs"),
}


@dataclass(frozen=True)
class OwnRight:
    """A place that somebody has, and what it lets her do."""

    title: str
    may: tuple[str, ...]
    until: dt.date | None = None


@dataclass(frozen=True)
class HelperDuty:
    """A task of hers, the page where she does it, and how many texts are left in her piles."""

    role: HelperRole
    url: str
    label: str = ""  # what leads there
    again_url: str = ""
    left: int = 0
    left_again: int = 0


def helper_duties(user: User) -> list[HelperDuty]:
    """Return the tasks that she has today or will have, those in force first. Two queries.

    None for whoever has come to administer the installation: they do not count as long as she does.
    """
    if user.is_staff or user.is_superuser:
        return []
    roles = user.helper_roles.not_over().filter(collaboration__awaits_controller=False)
    left = count_left(user)
    duties = []
    for role in roles.select_related("collaboration").order_by("starts_on", "pk"):
        place, slug = role.collaboration_id, role.collaboration.slug
        if role.is_coming:
            duties.append(HelperDuty(role, ""))
        elif role.task == HelperTask.CODING:
            url, again = (reverse(f"coordinate:{name}", args=[slug]) for name in ("coding", "second-coding"))
            numbers = [left.get((place, kind), 0) for kind in (Pile.Kind.READING, Pile.Kind.SECOND)]
            duties.append(HelperDuty(role, url, "Koda", again, *numbers))
        else:
            name, label = _PAGES[HelperTask(role.task)]
            duties.append(HelperDuty(role, reverse(f"coordinate:{name}", args=[slug]), label))
    return duties


def own_rights(
    user: User, places: Iterable[Affiliation], groups: Iterable[MyGroupRow], duties: Iterable[HelperDuty]
) -> list[OwnRight]:
    """Return everything that she may do, the widest first. Two queries besides what is given."""
    return [
        *_appointments(user),
        *(OwnRight(_titled(duty.role), duty.role.may, duty.role.ends_on) for duty in duties if duty.url),
        *_mandates(user),
        *(
            OwnRight(f"Hos {place.organisation}", ("Läsa det som ni har fått frågor om.",), place.until)
            for place in places
        ),
        *(OwnRight(f"Plats i {row.group}", ("Läsa underlag, skriva i protokoll och ta ställning.",)) for row in groups),
        *(
            [OwnRight("Teknisk administratör", ("Sköta driften. Du läser inte det människor har sagt.",))]
            * user.is_staff
        ),
    ]


def _appointments(user: User) -> Iterator[OwnRight]:
    for appointment in user.appointments.filter(ended_on=None).select_related("collaboration"):
        title = f"{appointment.get_role_display().capitalize()} i {appointment.collaboration}"
        yield OwnRight(title, (_APPOINTED[CoordinatorAppointment.Role(appointment.role)],))


def _mandates(user: User) -> Iterator[OwnRight]:
    for mandate in user.mandates.in_force().select_related("organisation", "collaboration"):
        title = f"Mandat för {mandate.organisation} i {mandate.collaboration}"
        yield OwnRight(title, (f"Du får {mandate.scopes_in_words}.",), mandate.until)


def _titled(role: HelperRole) -> str:
    return f"{role.get_task_display().capitalize()} i {role.collaboration}"
