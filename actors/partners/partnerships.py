"""Adding partners and external addressees, and typing in organisations that only one collaboration can choose."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from actors.mandates import ending
from actors.models import Collaboration, ExternalAddressee, Invitation, Organisation, Partnership, User
from actors.models.former.names import rename
from actors.models.history import Kind, record_event
from actors.partners import descriptions
from actors.rules.rights import PREPARE, SHARE_ORGANISATION
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal


@transaction.atomic
def add_partner(
    *, collaboration: Collaboration, organisation: Organisation, by: User, on: dt.date, reason: str = "", **texts: str
) -> Partnership:
    """Add an organisation, which is shown as unconfirmed until it has said yes itself; `texts` are its terms.

    Raises Refusal if it is here already, or if this collaboration can not choose it.
    """
    require(by, PREPARE, collaboration)
    take_turns(collaboration)
    _refuse_unless_offered(organisation, collaboration)
    if collaboration.partnerships.filter(organisation=organisation, left_on=None).exists():
        raise Refusal(f"{organisation} är redan med i samverkan.", code="in_already")
    partnership = Partnership.objects.create(
        collaboration=collaboration, organisation=organisation, joined_on=on, joined_reason=reason, **texts
    )
    record_event(collaboration, Kind.JOINED, by=by, what=f"{organisation}, från {on}", reason=reason)
    collaboration.addressees.filter(organisation=organisation).delete()  # no longer external
    collaboration.bump_public_version()
    return partnership


def leaving_obstacle(partnership: Partnership) -> str:
    """Why this partner cannot leave; empty if nothing prevents it."""
    if partnership.organisation_id != partnership.collaboration.data_controller_id:
        return ""
    return (
        f"{partnership.organisation} är personuppgiftsansvarig för det boende har sagt, och kan inte lämna samverkan. "
        "Den kan lämna över en del till en annan part."
    )


@transaction.atomic
def leave(partnership: Partnership, *, by: User, on: dt.date, reason: str) -> None:
    """End the partnership after a day, and the organisation's mandates in the collaboration with it.

    Raises Refusal if it has ended, without a reason, before it began, or for the data controller.
    """
    partnership.refresh_from_db(from_queryset=Partnership.objects.select_for_update(no_key=True))
    organisation, collaboration = partnership.organisation, partnership.collaboration
    require(by, PREPARE, collaboration)
    if partnership.left_on is not None:
        raise Refusal(f"{organisation} har redan lämnat samverkan.", code="already_left")
    if not reason.strip():
        raise Refusal("Skriv varför parten lämnar. Det visas för boende.", code="no_reason")
    if why := leaving_obstacle(partnership):
        raise Refusal(why, code="is_controller")
    if on < partnership.joined_on:
        raise Refusal("Sista dagen kan inte ligga före den första.", code="left_before_joined")
    partnership.left_on, partnership.left_reason = on, reason.strip()
    partnership.save(update_fields=["left_on", "left_reason"])
    ending.end_after(organisation.mandates.in_collaboration(collaboration), by=by, on=on, reason=_left(organisation))
    record_event(collaboration, Kind.LEFT, by=by, what=f"{organisation}, sista dagen {on}", reason=reason.strip())
    collaboration.bump_public_version()


@transaction.atomic
def show_addressee(
    *, collaboration: Collaboration, organisation: Organisation, about: Mapping[str, str], by: User
) -> ExternalAddressee:
    """Show an external organisation, with what it is responsible for.

    Raises Refusal if it is a partner, or if this collaboration can not choose it.
    """
    require(by, PREPARE, collaboration)
    _refuse_unless_offered(organisation, collaboration)
    if collaboration.partnerships.current().filter(organisation=organisation).exists():
        raise Refusal(f"{organisation} är med i samverkan och står inte utanför.", code="is_partner")
    addressee, _ = ExternalAddressee.objects.update_or_create(
        collaboration=collaboration, organisation=organisation, defaults={"about": dict(about)}
    )
    record_event(collaboration, Kind.TURNED_TO, by=by, what=organisation)
    collaboration.bump_public_version()
    return addressee


@transaction.atomic
def remove_addressee(addressee: ExternalAddressee, *, by: User) -> None:
    """Stop showing an external organisation, and end its mandates here."""
    require(by, PREPARE, addressee.collaboration)
    organisation, yesterday = addressee.organisation, timezone.localdate() - dt.timedelta(days=1)
    here = organisation.mandates.in_collaboration(addressee.collaboration)
    ending.end_after(here, by=by, on=yesterday, reason=_left(organisation))
    addressee.delete()
    record_event(addressee.collaboration, Kind.TURNED_FROM, by=by, what=addressee.organisation)
    addressee.collaboration.bump_public_version()


def _left(organisation: Organisation) -> str:
    return f"{organisation} är inte med i samverkan längre."


def _refuse_unless_offered(organisation: Organisation, collaboration: Collaboration) -> None:
    if not Organisation.objects.offered_to(collaboration).contains(organisation):
        raise Refusal("Organisationen går inte att välja här.", code="not_offered")


@transaction.atomic
def type_in_organisation(
    *, collaboration: Collaboration, by: User, name: str, short_name: str, kind: str, **words: Any
) -> Organisation:
    """Type in an organisation that only this collaboration can choose, with the coordinator's words about it.

    Raises Refusal if the collaboration can choose one with this name already.
    """
    require(by, PREPARE, collaboration)
    take_turns(collaboration)
    _refuse_taken_names(collaboration, name, short_name)
    slug = _free_slug(Organisation.objects.offered_to(collaboration), short_name)
    organisation = Organisation.objects.create(
        name=name, short_name=short_name, kind=kind, slug=slug, created_in=collaboration
    )
    descriptions.describe_in(collaboration=collaboration, organisation=organisation, by=by, **words)
    return organisation


def may_rename(organisation: Organisation, collaboration: Collaboration) -> bool:
    """Whether the coordinator may change the name and kind: she typed it in, and nobody has answered or been asked.

    What is confirmed for one name and kind, or asked for, must not count for another.
    """
    typed_here = Organisation.objects.filter(created_in=collaboration, pk=organisation.pk)
    asked = Q(mandates__isnull=False) | Q(registry_changes__isnull=False) | ~Q(registry_email="")
    invited = Invitation.objects.filter(organisation=organisation).exclude(scopes=[])
    settled = typed_here.that_confirmed().exists() or typed_here.filter(asked).exists() or invited.exists()
    return typed_here.exists() and not settled


@transaction.atomic
def rename_organisation(
    *, organisation: Organisation, collaboration: Collaboration, by: User, name: str, short_name: str, kind: str
) -> None:
    """Change the name and kind of an organisation that was typed in here. Raises Refusal unless `may_rename`."""
    require(by, PREPARE, collaboration)
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    if not may_rename(organisation, collaboration):
        raise Refusal(
            f"Namnet är {organisation}s eget, sedan någon har fått frågan om att svara för den.", code="not_yours"
        )
    _refuse_taken_names(collaboration, name, short_name, but=organisation)
    rename(organisation, name=name, short_name=short_name)
    organisation.kind = kind
    organisation.save(update_fields=["name", "short_name", "kind"])
    record_event(collaboration, Kind.PRESENTED, by=by, what=organisation)
    collaboration.bump_public_version()


@transaction.atomic
def share_organisation(*, organisation: Organisation, by: User) -> None:
    """Let every collaboration choose an organisation that one has typed in.

    Raises Refusal unless she speaks for it or is the technical administrator, or if the name is taken by one that all
    can choose.
    """
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    require(by, SHARE_ORGANISATION, organisation)
    if organisation.created_in is None:
        return
    if organisation.created_in.awaits_controller:
        why = f"{organisation.created_in.controller_name} har inte bekräftat än vem som samordnar."
        raise Refusal(why, code="awaits_controller")
    shared = Organisation.objects.filter(created_in=None)
    if shared.that_look_like(organisation.name, organisation.short_name):
        raise Refusal(f"{organisation} finns redan bland dem som alla kan välja.", code="name_taken")
    organisation.slug, organisation.created_in = _free_slug(shared, organisation.short_name), None
    organisation.save(update_fields=["slug", "created_in"])


def name_obstacle(collaboration: Collaboration, *names: str, but: Organisation | None = None) -> str:
    """Why one that is typed in cannot have these names, full and short. What others typed in does not count."""
    offered = Organisation.objects.offered_to(collaboration)
    return (offered.exclude(pk=but.pk) if but else offered).obstacle_to_names(*names)


def _refuse_taken_names(collaboration: Collaboration, *names: str, but: Organisation | None = None) -> None:
    if why := name_obstacle(collaboration, *names, but=but):
        raise Refusal(why, code="name_taken")


def _free_slug(among: QuerySet[Organisation], name: str) -> str:
    """A slug that none of these organisations has."""
    wanted = slugify(name)[:44] or "organisation"
    alike = Q(slug=wanted) | Q(slug__startswith=f"{wanted}-")
    taken = set(among.filter(alike).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
