"""Letters about appointments: to the data controller's registry, and to those who are or were appointed."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.models import AppointmentProposal, Collaboration, CoordinatorAppointment


def ask_controller(proposal: AppointmentProposal, token: str) -> None:
    """Ask the data controller's registry, with a link that works once."""
    collaboration = proposal.collaboration
    present = collaboration.appointments.filter(role=proposal.role, ended_on=None).select_related("user").first()
    link = f"{settings.SITE_URL}{reverse('appointment-link', args=[token])}"
    context = {"proposal": proposal, "collaboration": collaboration, "present": present, "link": link}
    outbox.write(
        kind="appointment-asked",
        to=proposal.sent_to,
        template="appointment_asked",
        context=context,
        collaboration=collaboration,
    )


def welcome(appointment: CoordinatorAppointment) -> None:
    """Tell the person that she is appointed, and how to choose a password the first time."""
    context: dict[str, Any] = {"appointment": appointment, "collaboration": appointment.collaboration}
    if not appointment.user.has_usable_password():
        context["first_time"] = f"{settings.SITE_URL}{reverse('account_reset_password')}"
    outbox.write(
        kind="appointment",
        to=appointment.user.email,
        template="appointment",
        context=context,
        collaboration=appointment.collaboration,
    )


def people_appointed(collaboration: Collaboration) -> set[str]:
    """The addresses of the coordinator and the deputy."""
    return set(collaboration.appointments.filter(ended_on=None).values_list("user__email", flat=True))


def tell_appointed(collaboration: Collaboration, sentence: str) -> None:
    """Tell the coordinator and the deputy."""
    tell(collaboration, people_appointed(collaboration), sentence)


def tell(collaboration: Collaboration, addresses: Iterable[str], sentence: str) -> None:
    """Tell these addresses what has happened, in one sentence."""
    for address in sorted(addresses):
        outbox.write(
            kind="appointment-told",
            to=address,
            template="appointment_told",
            context={"sentence": sentence, "collaboration": collaboration},
            collaboration=collaboration,
        )
