"""Appointing coordinators and deputies: proposed here, in force when the data controller's registry has confirmed."""

from django.db import transaction
from django.utils import timezone

from actors.mandates.obstacles import has_signed_in_with, is_a_registrys, registry_obstacle
from actors.models import AppointmentProposal, Collaboration, CoordinatorAppointment, Organisation, User
from actors.models.appointment import link_expiry
from actors.models.history import Kind, record_event
from actors.people import appointment_letters as letters
from actors.rules.rights import ASK_CONTROLLER_AGAIN, COORDINATE, PROPOSE_APPOINTMENT
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

Role = CoordinatorAppointment.Role
# The purpose of its secret links.
LINK = "appointment"


def appointment_obstacle(*, collaboration: Collaboration, user: User, role: str) -> str:
    """Why this person cannot be appointed to the role; empty if nothing prevents it."""
    hers = collaboration.appointments.filter(user=user.pk, ended_on=None)
    has = hers.values_list("role", flat=True) if user.pk else ()
    if role in has:
        return f"{user} är redan {Role(role).label}."
    if role == Role.DEPUTY and Role.COORDINATOR in has:
        return f"{user} är samordnare och kan inte vara sin egen ersättare."
    if role == Role.DEPUTY and collaboration.awaits_controller:
        return "Ersättaren utses när den personuppgiftsansvariga har bekräftat vem som samordnar."
    if has and Role.PROTECTION_OFFICER in {role, *has}:
        return f"{user} har redan ett uppdrag. Dataskyddsombudet granskar dem som samordnar, och är någon annan."
    if role == Role.PROTECTION_OFFICER and collaboration.helper_roles.not_over().filter(person=user.pk).exists():
        return f"{user} är medhjälpare här. Dataskyddsombudet granskar dem som läser, och är någon annan."
    return account_obstacle(user)


def account_obstacle(user: User) -> str:
    """Why nobody can appoint this person to anything, whatever the collaboration; empty if nothing prevents it."""
    if user.is_staff or user.is_superuser:
        return f"{user} är teknisk administratör och kan inte samordna."
    if is_a_registrys(user.email):
        return "Adressen är en registrators, och en sådan bekräftar vem som samordnar. Skriv personens egen."
    return "" if user.is_active else f"Kontot för {user} är avstängt."


def controller_obstacle(collaboration: Collaboration) -> str:
    """Why the data controller cannot be asked; empty if nothing prevents it."""
    controller = collaboration.data_controller
    if why := registry_obstacle(controller):
        return why
    if has_signed_in_with(controller.registry_email):
        return f"{controller.registry_email} räknas inte som registratorsadress: någon loggar in med den."
    return ""


@transaction.atomic
def propose(*, collaboration: Collaboration, user: User, role: str, by: User, reason: str = "") -> AppointmentProposal:
    """Propose a person for a role, and ask the data controller's registry by a link that works once.

    Nobody's appointment changes until it confirms. Those appointed are told. Raises Refusal if she cannot be appointed,
    if the controller cannot be asked, or if another proposal for the role waits.
    """
    require(by, PROPOSE_APPOINTMENT, collaboration)
    _lock_collaboration(collaboration)
    why = appointment_obstacle(collaboration=collaboration, user=user, role=role)
    if why := why or controller_obstacle(collaboration):
        raise Refusal(why, who="Installationens administratör", code="can_not_be_appointed")
    if collaboration.appointment_proposals.waiting().filter(role=role).exists():
        raise Refusal("Ett annat förslag väntar på svar. Ta tillbaka det först.", code="proposed_already")
    token = new_token()
    proposal = AppointmentProposal.objects.create(
        collaboration=collaboration, user=user, role=role, reason=reason, proposed_by=by,
        sent_to=collaboration.data_controller.registry_email, token_hash=token_hash(LINK, token),
    )  # fmt: skip
    _log(proposal, Kind.PROPOSED, by)
    letters.ask_controller(proposal, token)
    letters.tell_appointed(collaboration, f"{by} har föreslagit {proposal}. {proposal.sent_to} ska bekräfta det.")
    return proposal


@transaction.atomic
def ask_again(proposal: AppointmentProposal, *, by: User) -> None:
    """Send the controller a new link; the old one stops working. Raises Refusal if the proposal is answered."""
    require(by, ASK_CONTROLLER_AGAIN, proposal.collaboration)
    _lock_waiting(proposal)
    if why := controller_obstacle(proposal.collaboration):
        raise Refusal(why, who="Installationens administratör", code="no_registry")
    token = new_token()
    proposal.sent_to = proposal.collaboration.data_controller.registry_email
    proposal.token_hash, proposal.expires_at = token_hash(LINK, token), link_expiry()
    proposal.save(update_fields=["sent_to", "token_hash", "expires_at"])
    letters.ask_controller(proposal, token)


@transaction.atomic
def withdraw(proposal: AppointmentProposal, *, by: User) -> None:
    """Take a proposal back; its link stops working. Raises Refusal if it is answered."""
    require(by, PROPOSE_APPOINTMENT, proposal.collaboration)
    _lock_waiting(proposal)
    proposal.withdrawn_at = timezone.now()
    proposal.save(update_fields=["withdrawn_at"])
    _log(proposal, Kind.UNPROPOSED, by)
    letters.tell_appointed(proposal.collaboration, f"{by} har tagit tillbaka förslaget om {proposal}.")


def open_proposal(token: str) -> AppointmentProposal | None:
    """The proposal that this link answers, or None, also when the controller's registry has moved since."""
    usable = AppointmentProposal.objects.usable().filter(token_hash=token_hash(LINK, token))
    related = usable.select_related("collaboration__data_controller", "user", "proposed_by")
    proposal = related.first()
    return proposal if proposal and not _is_outdated(proposal) else None


@transaction.atomic
def confirm(proposal: AppointmentProposal) -> CoordinatorAppointment:
    """Appoint the person for the data controller, whose link was used: call it with what `open_proposal` returned.

    The present holder's appointment ends the same day, and so does another that the person has. All of them get a
    letter. Raises Refusal if the link is used, or if she can no longer be appointed.
    """
    collaboration, today = proposal.collaboration, timezone.localdate()
    _lock_collaboration(collaboration)  # first of all, as every turn
    _lock_usable(proposal)
    why = appointment_obstacle(collaboration=collaboration, user=proposal.user, role=proposal.role)
    if why := why or controller_obstacle(collaboration):
        raise Refusal(why, code="can_not_be_appointed")
    told = letters.people_appointed(collaboration)
    leaving = collaboration.appointments.filter(ended_on=None)
    (leaving.filter(role=proposal.role) | leaving.filter(user=proposal.user)).update(ended_on=today)
    appointment = CoordinatorAppointment.objects.create(
        collaboration=collaboration, user=proposal.user, role=proposal.role, reason=proposal.reason,
        appointed_by=proposal.proposed_by, confirmed_from=proposal.sent_to,
    )  # fmt: skip
    proposal.confirmed_at = timezone.now()
    proposal.save(update_fields=["confirmed_at"])
    if proposal.role == Role.COORDINATOR:
        collaboration.open_to_the_public()
    _log(proposal, Kind.APPOINTED, proposal.sent_to)
    letters.welcome(appointment)
    letters.tell(collaboration, told - {appointment.user.email}, f"{proposal.sent_to} har utsett {appointment}.")
    return appointment


@transaction.atomic
def refuse(proposal: AppointmentProposal) -> None:
    """Say no for the data controller, whose link was used. Raises Refusal if the link is used."""
    _lock_usable(proposal)
    proposal.refused_at = timezone.now()
    proposal.save(update_fields=["refused_at"])
    _log(proposal, Kind.TURNED_DOWN, proposal.sent_to)
    told = letters.people_appointed(proposal.collaboration) | {proposal.proposed_by.email}
    letters.tell(proposal.collaboration, told, f"{proposal.sent_to} har sagt nej till {proposal}.")


@transaction.atomic
def step_down(*, collaboration: Collaboration, role: str, by: User) -> None:
    """End the deputy's appointment today; those appointed and the data controller's registry are told.

    Giving up a right needs no confirmation. Raises Refusal for a coordinator, who can only hand over, or without a
    deputy.
    """
    require(by, COORDINATE, collaboration)
    if role == Role.COORDINATOR:
        raise Refusal("Samordnarens uppdrag lämnas över till någon. Välj vem.", code="must_hand_over")
    _lock_collaboration(collaboration)
    present = collaboration.appointments.filter(role=role, ended_on=None).select_related("user").first()
    if present is None:
        raise Refusal("Det finns ingen ersättare.", code="nobody")
    told = letters.people_appointed(collaboration)
    present.ended_on = timezone.localdate()
    present.save(update_fields=["ended_on"])
    record_event(collaboration, Kind.STEPPED_DOWN, by=by, what=present.user)
    record(SecurityKind.APPOINTED, by=by, on=present, collaboration=collaboration)
    registry = collaboration.data_controller.registry_email
    letters.tell(collaboration, told | ({registry} - {""}), f"{by} har avslutat uppdraget för {present}.")


def _log(proposal: AppointmentProposal, kind: Kind, by: User | str) -> None:
    """Log for whoever takes over, and in the security log."""
    record_event(proposal.collaboration, kind, by=by, what=proposal, reason=proposal.reason)
    user = by if isinstance(by, User) else None
    record(SecurityKind.APPOINTED, by=user, on=proposal, collaboration=proposal.collaboration)


def _lock_collaboration(collaboration: Collaboration) -> None:
    take_turns(collaboration)  # serialises concurrent handovers


def _lock_waiting(proposal: AppointmentProposal) -> None:
    proposal.refresh_from_db(from_queryset=AppointmentProposal.objects.select_for_update(no_key=True))
    if not AppointmentProposal.objects.waiting().contains(proposal):
        raise Refusal("Förslaget är redan besvarat eller återtaget.", code="not_waiting")


def _lock_usable(proposal: AppointmentProposal) -> None:
    """Lock, and refuse what the link could not answer by now."""
    Organisation.objects.select_for_update(no_key=True).get(pk=proposal.collaboration.data_controller_id)
    _lock_waiting(proposal)
    if proposal.is_expired or _is_outdated(proposal):
        raise Refusal("Länken är för gammal.", who="Den som föreslog skickar en ny", code="not_open")


def _is_outdated(proposal: AppointmentProposal) -> bool:
    return proposal.sent_to != proposal.collaboration.data_controller.registry_email
