"""Factories of mandates that are confirmed, and of registry addresses that the installation lists."""

from typing import Any

from django.utils import timezone

from actors.models import Collaboration, Mandate, Organisation, RegistryEntry, User
from actors.rules.mandates import scopes_for


def mandate(
    person: User, organisation: Organisation, collaboration: Collaboration, *scopes: str, **fields: Any
) -> Mandate:
    """A mandate that the organisation's registry has confirmed; all scopes of its kind unless some are named."""
    registry = organisation.registry_email or f"registrator@{organisation.slug}.example"
    confirmed = {"confirmed_at": timezone.now(), "confirmed_by_address": registry, "sent_to": registry}
    given = {"scopes": list(scopes or scopes_for(organisation.kind)), **confirmed, **fields}
    return Mandate.objects.create(person=person, organisation=organisation, collaboration=collaboration, **given)


def registry(organisation: Organisation, address: str = "") -> str:
    """Give an organisation a registry address that the installation lists; returns the address."""
    organisation.registry_email = address or f"registrator@{organisation.slug}.example"
    organisation.save()
    RegistryEntry.objects.get_or_create(listed=organisation.registry_email.partition("@")[2])
    return organisation.registry_email


def answered_under(body: Organisation, by: User) -> dict[str, Any]:
    """The fields of an answer from before the mandates, with the names of its day."""
    names = {"answered_as": body.name, "answered_as_short": body.short_name, "answerer_name": str(by)}
    return {"from_before_mandates": True, **names}
