"""Founding: the data controller, the collaboration, its coordinator's invitation and the question to the registry."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from actors.founding.codes import is_founded
from actors.mandates import registry_addresses, registry_entries
from actors.mandates.obstacles import ADMINISTRATOR
from actors.models import Collaboration, CoordinatorAppointment, FoundingCode, Organisation, RegistryEntry, User
from actors.people import appointing, inviting
from actors.rules.mandates import domain_of
from actors.security_log.recording import Kind, record
from ostberga.lib.locking import take_turns_for_many_acts, take_turns_to
from ostberga.lib.periods import Precision
from ostberga.lib.refusal import Refusal


@dataclass(frozen=True)
class Controller:
    """The nämnd or bolag that is responsible for what residents say, and the address that confirms for it."""

    kind: str  # Organisation.Kind
    name: str
    short_name: str
    registry_email: str


@dataclass(frozen=True)
class Place:
    """The collaboration as it is founded."""

    municipality: str
    name: str
    slug: str
    area: str
    languages: tuple[str, ...]
    contact_email: str
    dpo_email: str = ""


@transaction.atomic
def administer(*, email: str, name: str, password: str | None) -> User:
    """Create the installation's first administrator. Without a password she asks for one by letter.

    Raises Refusal if somebody administers already: the next one is made by her.
    """
    take_turns_to("found")
    if is_founded():
        raise Refusal("Tjänsten är redan grundad.", who=ADMINISTRATOR, code="founded")
    user = User.objects.create_superuser(email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    FoundingCode.objects.all().delete()
    return user


@transaction.atomic
def found(
    *, place: Place, controller: Controller, coordinator: User, by: User, domains: Iterable[str] = ()
) -> Collaboration:
    """Found a collaboration: its coordinator is invited to prepare, and the controller's registry is asked about her.

    `coordinator` may be unsaved: then she gets an account, which opens with the invitation. `domains` are listed for
    registries beside the controller's own, in an installation where nobody has coordinated. Raises Refusal for
    everybody but an administrator, and for whatever stops the question to the registry.
    """
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören grundar en samverkan.", who=ADMINISTRATOR, code="may_not")
    take_turns_for_many_acts(by)
    body = _organisation(controller)
    if not CoordinatorAppointment.objects.exists():
        _list_registries(body, controller.registry_email, domains, by)
    if not body.registry_email:
        registry_addresses.enter_without_asking(organisation=body, address=controller.registry_email, by=by)
    collaboration = _create(place, body)
    record(Kind.ADMINISTERED, by=by, on=collaboration, collaboration=collaboration)
    role = CoordinatorAppointment.Role.COORDINATOR
    person = _with_account(coordinator)
    appointing.propose(collaboration=collaboration, user=person, role=role, by=by)
    inviting.invite_to_prepare(collaboration=collaboration, person=person, by=by)
    return collaboration


def known_organisation(controller: Controller) -> Organisation | None:
    """The organisation of that name that all collaborations may choose, if there is one."""
    return Organisation.objects.filter(created_in=None, name__iexact=controller.name).first()


def _organisation(controller: Controller) -> Organisation:
    known = known_organisation(controller)
    if known is None:
        return Organisation.objects.create(
            name=controller.name, short_name=controller.short_name, slug=_free_slug(controller), kind=controller.kind
        )
    if known.registry_email not in {"", controller.registry_email}:
        raise Refusal(f"{known} har redan en annan registratorsadress.", who=ADMINISTRATOR, code="other_registry")
    return known


def _free_slug(controller: Controller) -> str:
    wanted = slugify(controller.short_name)[:44] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if slug not in taken)


def _list_registries(body: Organisation, address: str, domains: Iterable[str], by: User) -> None:
    """List the address for its organisation only, and the domains for all that will be partners."""
    listed = set(RegistryEntry.objects.filter(organisation=None).values_list("listed", flat=True))
    for domain in sorted({domain_of(address), *domains} - listed - {""}):
        registry_entries.list_entry(listed=domain, by=by, note="Skrevs in när tjänsten grundades.")
    if not body.registry_entries.exists():
        registry_entries.list_entry(listed=address, organisation=body, by=by, note="Den personuppgiftsansvarigas.")


def _create(place: Place, body: Organisation) -> Collaboration:
    return Collaboration.objects.create(
        slug=place.slug,
        name=place.name,
        area=place.area,
        municipality=place.municipality,
        languages=list(place.languages),
        since_start=timezone.localdate(),
        since_precision=Precision.MONTH,
        data_controller=body,
        controller_name=body.name,
        contact_email=place.contact_email,
        dpo_email=place.dpo_email,
        awaits_controller=True,
    )


def _with_account(person: User) -> User:
    if person.pk is None:
        person = User.objects.create_user(person.email, None, name=person.name)
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person
