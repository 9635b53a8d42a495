"""Letters about mandates and registry addresses, to registries, to the organisation's people and to coordinators."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.models import (
    Collaboration,
    CoordinatorAppointment,
    Mandate,
    Organisation,
    RegistryAddressChange,
    RegistryEntry,
    RegistryRemoval,
    User,
)
from actors.models.membership import collaborations_that_show


def ask_registry(mandate: Mandate, token: str) -> None:
    """Ask the registry to confirm, with a link that works once."""
    _write("mandate-asked", "mandate_asked", mandate, [mandate.sent_to], token)


def tell_colleagues(mandate: Mandate) -> None:
    """Tell the organisation's people with a mandate in force, in all collaborations, that a new one is proposed."""
    others = people_with_a_mandate(mandate.organisation) - {mandate.person.email}
    _write("mandate-told", "mandate_told", mandate, others)


def tell_of_confirmation(mandate: Mandate, token: str) -> None:
    """Tell the person, and the registry, which gets a link that ends the mandate."""
    _write("mandate-confirmed", "mandate_confirmed", mandate, [mandate.person.email])
    send_receipt(mandate, token)


def send_receipt(mandate: Mandate, token: str) -> None:
    """Send the registry, if there is one, the link that ends the mandate."""
    if mandate.sent_to:
        _write("mandate-receipt", "mandate_receipt", mandate, [mandate.sent_to], token)


def tell_of_refusal(mandate: Mandate) -> None:
    """Tell the person and the coordinators that the organisation said no."""
    _write("mandate-closed", "mandate_refused", mandate, {mandate.person.email, *_coordinators(mandate.collaboration)})


def tell_of_ending(mandate: Mandate, *, ended_by: User | str) -> None:
    """Tell everybody concerned but `ended_by` (a user, or the registry's address) that the mandate has ended.

    They are the person and the coordinators, and of one that was confirmed the organisation's registry and everyone
    with a mandate in force for it: a coordinator ends mandates too, and the organisation must be able to object.
    """
    readers = {mandate.person.email, *_coordinators(mandate.collaboration)}
    if mandate.confirmed_at:
        readers |= people_with_a_mandate(mandate.organisation) | {mandate.organisation.registry_email} - {""}
    knows = ended_by if isinstance(ended_by, str) else ended_by.email
    _write("mandate-closed", "mandate_ended", mandate, readers - {knows})


def ask_for_address(change: RegistryAddressChange, token: str) -> None:
    """Ask the old address, or an association's contact, to confirm an address, with a link that works once."""
    link = settings.SITE_URL + reverse("registry-link", args=[token])
    _write_about_address("registry-asked", "registry_asked", change, [change.sent_to], link)


def tell_of_address(change: RegistryAddressChange) -> None:
    """Tell the new address, and everyone who belongs to the organisation, which address confirms from now on."""
    belong = change.organisation.affiliations.current().filter(user__is_active=True)
    readers = set(belong.values_list("user__email", flat=True)) | {change.address}
    _write_about_address("registry-set", "registry_set", change, readers)


def warn_of_removal(removal: RegistryRemoval, reader: str, token: str) -> None:
    """Give one of those who may stop the removal, or the replacement, a link that does it."""
    link = settings.SITE_URL + reverse("registry-removal-link", args=[token])
    template = "registry_replacement" if removal.replacement else "registry_removal"
    _write_about_removal("registry-removal", template, removal, [reader], link)


def tell_of_stop(removal: RegistryRemoval) -> None:
    """Tell everybody who could stop a replacement, and the administrator, that the address stays."""
    readers = set(removal.links.values_list("sent_to", flat=True)) | {removal.asked_by.email}
    _write_about_removal("registry-removed", "registry_kept", removal, readers)


def tell_of_replacement(removal: RegistryRemoval) -> None:
    """Tell the address that is replaced, and everybody appointed or with a mandate, which one confirms from now on."""
    organisation = removal.organisation
    readers = people_with_a_mandate(organisation) | people_appointed_by(organisation) | {removal.address}
    _write_about_removal("registry-removed", "registry_replaced", removal, readers)


def tell_of_entry(entry: RegistryEntry, by: User, *, struck: bool = False) -> None:
    """Tell every coordinator, deputy and data-protection officer of a new or struck domain or address."""
    appointed = CoordinatorAppointment.objects.filter(ended_on__isnull=True, user__is_active=True)
    context = {"entry": entry, "by": by, "struck": struck}
    for address in sorted(set(appointed.values_list("user__email", flat=True))):
        outbox.write(kind="registry-entry", to=address, template="registry_entry", context=context)


def tell_of_removal(organisation: Organisation) -> None:
    """Tell the address that is taken away, and the organisation's people with a mandate."""
    context = {"organisation": organisation}
    for address in sorted(people_with_a_mandate(organisation) | {organisation.registry_email}):
        outbox.write(kind="registry-removed", to=address, template="registry_removed", context=context)


def tell_of_name(organisation: Organisation, author: User, before: str, now: str) -> None:
    """Tell the registry, the organisation's people with a mandate and the coordinators its other name, full or short.

    Not the author, who is named to the organisation's own only: a coordinator elsewhere may not know of her.
    """
    own = people_with_a_mandate(organisation) | {organisation.registry_email} - {""}
    coordinating = {address for place in collaborations_that_show(organisation) for address in _coordinators(place)}
    link = settings.SITE_URL + reverse("body-mandates")
    for address in sorted((own | coordinating) - {author.email}):
        context = {"organisation": organisation, "before": before, "now": now, "link": link}
        context |= {"by": author if address in own else None}
        outbox.write(kind="body-renamed", to=address, template="body_renamed", context=context)


def tell_of_persons_name(person: User, before: str) -> None:
    """Tell the registries and coordinators where she answers, or is proposed to, what she is called from now on.

    They know her by her address. `before` is left out of the letter when it is empty.
    """
    held = list(person.mandates.not_over().select_related("organisation", "collaboration"))
    readers = {mandate.organisation.registry_email for mandate in held}
    readers |= {address for mandate in held for address in _coordinators(mandate.collaboration)}
    context = {"person": person, "before": before}
    for address in sorted(readers - {"", person.email}):
        outbox.write(kind="person-renamed", to=address, template="person_renamed", context=context)


def people_with_a_mandate(organisation: Organisation, collaboration: Collaboration | None = None) -> set[str]:
    """Return the addresses of everyone with a mandate in force for the organisation, in one collaboration or in all."""
    held = organisation.mandates.in_force()
    here = held if collaboration is None else held.in_collaboration(collaboration)
    return set(here.values_list("person__email", flat=True))


def people_appointed_by(controller: Organisation) -> set[str]:
    """Return the addresses of everybody appointed, officers too, where the organisation is the data controller."""
    appointed = CoordinatorAppointment.objects.filter(ended_on=None, user__is_active=True)
    return set(appointed.filter(collaboration__data_controller=controller).values_list("user__email", flat=True))


def _coordinators(collaboration: Collaboration) -> set[str]:
    appointed = collaboration.appointments.coordinating().filter(user__is_active=True)
    return set(appointed.values_list("user__email", flat=True))


def _write(kind: str, template: str, mandate: Mandate, to: Iterable[str], token: str = "") -> None:
    path = reverse("mandate-link", args=[token]) if token else reverse("body-mandates")
    context = {"mandate": mandate, "collaboration": mandate.collaboration, "link": settings.SITE_URL + path}
    # Who else answers for the organisation is no matter of this collaboration: those letters are not its coordinator's.
    place = None if kind == "mandate-told" else mandate.collaboration
    for address in sorted(to):
        outbox.write(kind=kind, to=address, template=template, context=context, collaboration=place)


def _write_about_address(
    kind: str, template: str, change: RegistryAddressChange, to: Iterable[str], link: str = ""
) -> None:
    context: dict[str, Any] = {"change": change, "organisation": change.organisation, "link": link}
    for address in sorted(to):
        outbox.write(kind=kind, to=address, template=template, context=context)


def _write_about_removal(kind: str, template: str, removal: RegistryRemoval, to: Iterable[str], link: str = "") -> None:
    context = {"removal": removal, "organisation": removal.organisation, "link": link}
    for address in sorted(to):
        outbox.write(kind=kind, to=address, template=template, context=context)
