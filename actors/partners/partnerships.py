"""Adding partners and external addressees, and saving organisations and their responsibilities."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from actors.models import Collaboration, ExternalAddressee, Organisation, Partnership, Responsibility, User
from actors.models.history import Kind, record_event
from ostberga.lib.refusal import Refusal


@transaction.atomic
def add_partner(
    *, collaboration: Collaboration, organisation: Organisation, by: User, on: dt.date, reason: str = "", **texts: str
) -> Partnership:
    """Add an organisation as partner; `texts` are its terms. Raises Refusal if it is a partner already."""
    Collaboration.objects.select_for_update().get(pk=collaboration.pk)
    if collaboration.partnerships.filter(organisation=organisation, left_on=None).exists():
        raise Refusal(f"{organisation} är redan med i samverkan.", code="in_already")
    partnership = Partnership.objects.create(
        collaboration=collaboration, organisation=organisation, joined_on=on, joined_reason=reason, **texts
    )
    record_event(collaboration, Kind.JOINED, by=by, what=f"{organisation}, från {on}", reason=reason)
    collaboration.addressees.filter(organisation=organisation).delete()  # no longer external
    collaboration.bump_public_version()
    return partnership


@transaction.atomic
def show_addressee(
    *, collaboration: Collaboration, organisation: Organisation, about: Mapping[str, str], by: User
) -> ExternalAddressee:
    """Show an external organisation, with what it is responsible for. Raises Refusal if it is a partner."""
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
    """Stop showing an external organisation."""
    addressee.delete()
    record_event(addressee.collaboration, Kind.TURNED_FROM, by=by, what=addressee.organisation)
    addressee.collaboration.bump_public_version()


@transaction.atomic
def save_organisation(organisation: Organisation, *, by: User) -> None:
    """Save an organisation, and log the change in every collaboration that shows it."""
    organisation.save()
    _record_everywhere(organisation, Kind.PRESENTED, by, str(organisation))


@transaction.atomic
def save_responsibility(
    *,
    organisation: Organisation,
    by: User,
    subject: str,
    words: Sequence[str],
    note: str = "",
    known: Responsibility | None = None,
) -> Responsibility:
    """Create a responsibility, or change `known`. `words` are the words that people use for it."""
    responsibility = known or Responsibility(organisation=organisation)
    responsibility.subject, responsibility.words, responsibility.note = subject, list(words), note
    responsibility.save()
    _record_everywhere(organisation, Kind.ANSWERS_FOR, by, f"{subject}, {organisation}")
    return responsibility


@transaction.atomic
def remove_responsibility(responsibility: Responsibility, *, by: User) -> None:
    """Delete a responsibility."""
    responsibility.delete()
    body = responsibility.organisation
    _record_everywhere(body, Kind.ANSWERS_NO_MORE, by, f"{responsibility.subject}, {body}")


def _record_everywhere(organisation: Organisation, kind: Kind, by: User, what: str) -> None:
    """Log the change, and invalidate public pages, in every collaboration that shows the organisation."""
    for collaboration in Collaboration.objects.that_show(organisation):
        record_event(collaboration, kind, by=by, what=what)
        collaboration.bump_public_version()
