"""Members of a collaboration: its organisations, people and affiliations; and ending an affiliation."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from actors.models import Affiliation, Collaboration, Invitation, Organisation, Partnership, User
from actors.models.history import Kind, record_event
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal


def people_of(collaboration: Collaboration) -> QuerySet[User]:
    """Active accounts with an affiliation, an appointment or an accepted invitation in the collaboration today."""
    affiliated = Q(affiliations__in=affiliations_of(collaboration))
    coordinates = Q(appointments__collaboration=collaboration, appointments__ended_on=None)
    invited = Q(pk__in=collaboration.invitations.filter(accepted_by__isnull=False).values("accepted_by"))
    people = User.objects.filter(affiliated | coordinates | invited, is_active=True)
    return people.distinct().order_by("name")


def affiliations_of(collaboration: Collaboration) -> QuerySet[Affiliation]:
    """Current affiliations with the collaboration's partners, of people that it may know about.

    An organisation can be partner in several collaborations; adding it as partner must not reveal people invited by
    another. An affiliation counts if the person

    - accepted this collaboration's invitation to that organisation,
    - coordinates here, or has written or confirmed the organisation's terms here,
    - or was invited by no collaboration, and the organisation's first partnership was here.

    First is the lowest key, not the earliest date: dates are typed by hand and could be chosen to gain access.
    """
    bodies = collaboration.partnerships.current().values("organisation")
    person, body = OuterRef("user"), OuterRef("organisation")
    invited = Invitation.objects.filter(accepted_by=person, organisation=body)
    invited_here = Q(Exists(invited.filter(collaboration=collaboration)))
    coordinates = Q(Exists(collaboration.appointments.filter(user=person, ended_on=None)))
    wrote = Q(
        Exists(collaboration.partnerships.filter(Q(written_by=person) | Q(confirmed_by=person), organisation=body))
    )
    first = Partnership.objects.filter(organisation=body).order_by("pk").values("collaboration")[:1]
    first_here = Q(first_collaboration=collaboration.pk) & ~Q(Exists(invited))
    affiliations = (
        Affiliation.objects.current().filter(organisation__in=bodies).alias(first_collaboration=Subquery(first))
    )
    return affiliations.filter(invited_here | coordinates | wrote | first_here)


def bodies_of(collaboration: Collaboration) -> QuerySet[Organisation]:
    """Organisations that are partners today, and external addressees."""
    partners = Q(pk__in=collaboration.partnerships.current().values("organisation"))
    outside = Q(pk__in=collaboration.addressees.values("organisation"))
    return Organisation.objects.filter(partners | outside)


@transaction.atomic
def end_affiliation(affiliation: Affiliation, *, collaboration: Collaboration, by: User, on: dt.date) -> None:
    """End an affiliation after a day, and log it in the collaboration.

    Raises Refusal if it has ended, if the day is before its start, or if the collaboration may not know about it.
    """
    require(by, COORDINATE, collaboration)
    affiliation.refresh_from_db(from_queryset=Affiliation.objects.select_for_update())
    if affiliation.until is not None:
        raise Refusal(f"{affiliation.user} har redan lämnat {affiliation.organisation}.", code="already_ended")
    if on < affiliation.since:
        raise Refusal("Sista dagen kan inte ligga före den första.", code="ended_before_start")
    if not affiliations_of(collaboration).filter(pk=affiliation.pk).exists():
        raise Refusal("Tillhörigheten hör inte till den här samverkan.", code="not_here")
    affiliation.until, affiliation.ended_by = on, by
    affiliation.save(update_fields=["until", "ended_by"])
    record_event(collaboration, Kind.PARTED, by=by, what=f"{affiliation}, sista dagen {on}")
