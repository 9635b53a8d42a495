"""Which bodies are in the collaboration, what they answer for, and whom it turns to outside."""

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
    """A body comes into the collaboration; `texts` are its terms. Raises Refusal if it is in it already."""
    Collaboration.objects.select_for_update().get(pk=collaboration.pk)
    if collaboration.partnerships.filter(organisation=organisation, left_on=None).exists():
        raise Refusal(f"{organisation} är redan med i samverkan.", code="in_already")
    made = Partnership.objects.create(
        collaboration=collaboration, organisation=organisation, joined_on=on, joined_reason=reason, **texts
    )
    record_event(collaboration, Kind.JOINED, by=by, what=f"{organisation}, från {on}", reason=reason)
    collaboration.addressees.filter(organisation=organisation).delete()  # it stands outside no longer
    collaboration.bump_public_version()
    return made


@transaction.atomic
def show_addressee(
    *, collaboration: Collaboration, organisation: Organisation, about: Mapping[str, str], by: User
) -> ExternalAddressee:
    """Show a body outside that answers for something people raise, and what."""
    if collaboration.partnerships.current().filter(organisation=organisation).exists():
        raise Refusal(f"{organisation} är med i samverkan och står inte utanför.", code="is_partner")
    made, _ = ExternalAddressee.objects.update_or_create(
        collaboration=collaboration, organisation=organisation, defaults={"about": dict(about)}
    )
    record_event(collaboration, Kind.TURNED_TO, by=by, what=organisation)
    collaboration.bump_public_version()
    return made


@transaction.atomic
def remove_addressee(addressee: ExternalAddressee, *, by: User) -> None:
    """The body is not shown as standing outside any more."""
    addressee.delete()
    record_event(addressee.collaboration, Kind.TURNED_FROM, by=by, what=addressee.organisation)
    addressee.collaboration.bump_public_version()


@transaction.atomic
def save_organisation(organisation: Organisation, *, by: User) -> None:
    """Store what is written about a body, wherever it is shown."""
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
    """Write down something the body answers for, or write it anew, with the words people use for it."""
    made = known or Responsibility(organisation=organisation)
    made.subject, made.words, made.note = subject, list(words), note
    made.save()
    _record_everywhere(organisation, Kind.ANSWERS_FOR, by, f"{subject}, {organisation}")
    return made


@transaction.atomic
def remove_responsibility(responsibility: Responsibility, *, by: User) -> None:
    """The body does not answer for this any longer."""
    responsibility.delete()
    body = responsibility.organisation
    _record_everywhere(body, Kind.ANSWERS_NO_MORE, by, f"{responsibility.subject}, {body}")


def _record_everywhere(organisation: Organisation, kind: Kind, by: User, what: str) -> None:
    """A body may be shown by several collaborations: each of their coordinators sees who changed it."""
    for collaboration in Collaboration.objects.that_show(organisation):
        record_event(collaboration, kind, by=by, what=what)
        collaboration.bump_public_version()
