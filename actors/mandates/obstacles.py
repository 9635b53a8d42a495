"""Why a registry address cannot confirm, or cannot be entered; empty strings when nothing prevents it."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from actors.models import CoordinatorAppointment, Invitation, Organisation, RegistryDomain, User
from actors.rules.mandates import domain_of

ADMINISTRATOR = "Installationens administratör"
MENDED_BY = "Samordnaren skriver in adressen under Personer"


def registry_obstacle(organisation: Organisation) -> str:
    """Why the organisation's registry address cannot confirm a mandate now.

    Asked again at each confirmation: the list of domains, and what kind of organisation it is, may have changed.
    """
    if not organisation.registry_email:
        return f"{organisation} har ingen registratorsadress som kan bekräfta."
    return _listing_obstacle(organisation, organisation.registry_email)


def address_obstacle(organisation: Organisation, address: str) -> str:
    """Why this address cannot be the organisation's registry address."""
    try:
        validate_email(address)
    except ValidationError:
        return "Skriv en hel e-postadress, till exempel registrator@example.se."
    if why := _listing_obstacle(organisation, address):
        return why
    if organisation.kind != Organisation.Kind.ASSOCIATION and _belongs_to_a_person(address):
        return f"{address} hör till en person. Skriv den allmänna adressen till registratorn."
    return ""


def _listing_obstacle(organisation: Organisation, address: str) -> str:
    """Why this address cannot confirm for such an organisation. An invitation sent to it later does not stop it."""
    if organisation.kind == Organisation.Kind.ASSOCIATION:
        coordinates = CoordinatorAppointment.objects.filter(user__email__iexact=address, ended_on=None)
        return "Den som samordnar kan inte bekräfta åt en förening." if coordinates.exists() else ""
    if not RegistryDomain.objects.lists(address):
        return f"{domain_of(address)} står inte på installationens lista över domäner för registratorer."
    return ""


def _belongs_to_a_person(address: str) -> bool:
    accounts = User.objects.filter(email__iexact=address)
    return accounts.exists() or Invitation.objects.filter(email__iexact=address).exists()
