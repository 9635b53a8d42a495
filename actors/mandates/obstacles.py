"""Why a registry address cannot confirm, or cannot be entered; empty strings when nothing prevents it."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from actors.models import (
    AppointmentProposal,
    Collaboration,
    CoordinatorAppointment,
    FormerAddress,
    Invitation,
    Organisation,
    RegistryEntry,
    User,
)
from actors.rules.mandates import domain_of
from ostberga.lib.mailboxes import mailbox_of, spellings_of

ADMINISTRATOR = "Installationens administratör"
MENDED_BY = "Samordnaren skriver in adressen under Personer"


def registry_obstacle(organisation: Organisation) -> str:
    """Why the organisation's registry address cannot confirm a mandate now.

    Asked again at each confirmation: the list of domains, and what kind of organisation it is, may have changed.
    """
    if not organisation.registry_email:
        return f"{organisation} har ingen registratorsadress som kan bekräfta."
    return _listing_obstacle(organisation, organisation.registry_email)


def address_obstacle(organisation: Organisation, address: str, *, entered_by: User | None = None) -> str:
    """Why this address cannot be the organisation's registry address, when this person enters it.

    Whose an address is, is not told: the answer is the same for a person, a coordinator and another organisation.
    """
    try:
        validate_email(address)
    except ValidationError:
        return "Skriv en hel e-postadress, till exempel registrator@example.se."
    if '"' in address or "+" in address:
        return "Skriv adressen utan citattecken och plustecken."
    if why := _listing_obstacle(organisation, address):
        return why
    return _cannot_confirm(organisation) if _is_somebody_elses(address, organisation, entered_by) else ""


def entering_obstacle(organisation: Organisation, address: str, *, entered_by: User | None = None) -> str:
    """Why this address cannot be entered. One that only waits for the installation's list can, and is asked later."""
    why = address_obstacle(organisation, address, entered_by=entered_by)
    return "" if why == listing_wait(organisation, address) else why


def listing_wait(organisation: Organisation, address: str) -> str:
    """What on the installation's list the address waits for; empty when it counts there, and when it never can."""
    own, others = RegistryEntry.objects.bound_to(organisation), RegistryEntry.objects.exclude(organisation=None)
    if organisation.kind == Organisation.Kind.ASSOCIATION or RegistryEntry.objects.admit(address, organisation):
        return ""
    if own.counting().exists() or (others.filter(listed=address) and not own.filter(listed=address)):
        return ""
    entry = RegistryEntry.objects.coming(address, organisation)
    if entry is None:
        return _not_listed(address)
    since = date_format(timezone.localtime(entry.counts_from), "j F Y H.i")
    return f"{entry.listed} står på installationens lista över registratorer och räknas från {since}."


def _not_listed(address: str) -> str:
    return f"{domain_of(address)} står inte på installationens lista över registratorer."


def first_address_obstacle(organisation: Organisation, address: str) -> str:
    """Why an administrator cannot enter this first address without asking anybody."""
    if organisation.kind == Organisation.Kind.ASSOCIATION:
        return "En förenings kontaktperson bekräftar sin adress själv. Samordnaren skriver in den under Personer."
    return address_obstacle(organisation, address)


def _listing_obstacle(organisation: Organisation, address: str) -> str:
    """Why this address cannot confirm for such an organisation. An invitation sent to it later does not stop it."""
    admitted = RegistryEntry.objects.admit(address, organisation)
    if not admitted and RegistryEntry.objects.bound_to(organisation).counting().exists():
        return f"{address} är inte den adress som administratören har skrivit upp för {organisation}."
    if closing := RegistryEntry.objects.bound_to(organisation).closing().order_by("-struck_until").first():
        day = date_format(timezone.localtime(closing.struck_until), "j F Y")
        return f"Administratören har strukit adressen för {organisation}. En annan räknas tidigast {day}."
    if organisation.kind == Organisation.Kind.ASSOCIATION:
        return _cannot_confirm(organisation) if _is_a_coordinators(address) else ""
    return "" if admitted else listing_wait(organisation, address) or _not_listed(address)


def _is_a_coordinators(address: str) -> bool:
    """Whether it reaches somebody who coordinates, or has reached her."""
    appointed, asked = CoordinatorAppointment.objects.coordinating(), AppointmentProposal.objects.waiting()
    everybody = User.objects.filter(Q(appointments__in=appointed) | Q(proposals__in=asked))
    formerly = FormerAddress.objects.filter(user__in=everybody)
    return _reaches(address, everybody, "email") or formerly.hold(address)


def has_signed_in_with(address: str) -> bool:
    """Whether an account signs in with an address that reaches this mailbox, or has done so at any time.

    An account that nobody has signed in to or chosen a password for does not count, nor an address that nobody has
    confirmed: others make them, and could stop any registry by it.
    """
    accounts = User.objects.exclude(last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    confirmed = EmailAddress.objects.filter(verified=True, user__in=accounts.values("pk"))
    is_somebodys = _reaches(address, accounts, "email") or _reaches(address, confirmed, "email")
    return is_somebodys or FormerAddress.objects.hold(address)


def _cannot_confirm(organisation: Organisation) -> str:
    if organisation.kind == Organisation.Kind.ASSOCIATION:
        return "Adressen kan inte bekräfta åt föreningen. Skriv en annan kontaktpersons."
    return "Adressen kan inte bekräfta åt organisationen. Skriv den allmänna adressen till registratorn."


def is_a_registrys(address: str) -> bool:
    """Whether it reaches the registry of any organisation."""
    return _reaches(address, Organisation.objects.all(), "registry_email")


def _is_somebody_elses(address: str, organisation: Organisation, entered_by: User | None) -> bool:
    """Whether it reaches a collaboration, another registry, or a person unless it is an association's."""
    others = Organisation.objects.exclude(pk=organisation.pk)
    if _reaches(address, Collaboration.objects.all(), "contact_email", "dpo_email"):
        return True
    if organisation.kind == Organisation.Kind.ASSOCIATION:
        return _reaches(address, others.exclude(kind=Organisation.Kind.ASSOCIATION), "registry_email")
    # What strangers have invited does not count, or any coordinator could stop any registry.
    hers = Invitation.objects.sent_near(entered_by) if entered_by else Invitation.objects.none()
    is_a_persons = has_signed_in_with(address) or _reaches(address, hers, "email")
    return is_a_persons or _reaches(address, others, "registry_email")


def _reaches(address: str, rows: QuerySet[Any], *fields: str) -> bool:
    """Whether mail to this address comes to the mailbox of an address in these rows."""
    domains = spellings_of(domain_of(address))
    for field in fields:
        for domain in domains:
            near = rows.filter(**{f"{field}__iendswith": f"@{domain}"}).values_list(field, flat=True)
            if any(mailbox_of(each) == mailbox_of(address) for each in near):
                return True
    return False
