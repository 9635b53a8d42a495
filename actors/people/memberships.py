"""Members of a collaboration: its organisations, people and affiliations; and ending an affiliation."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from actors.mandates import ending
from actors.models import Affiliation, Collaboration, Invitation, Mandate, Organisation, Partnership, User
from actors.models.history import Kind, record_event
from actors.models.membership import collaborations_that_show
from actors.people.helping import roles as helper_roles
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal


def people_of(collaboration: Collaboration) -> QuerySet[User]:
    """Active accounts that coordinate or help, or have an affiliation or accepted invitation, there today."""
    affiliated = Q(affiliations__in=affiliations_of(collaboration))
    coordinates = Q(pk__in=collaboration.appointments.coordinating().values("user"))
    invited = Q(pk__in=collaboration.invitations.in_effect().values("accepted_by"))
    helps = Q(pk__in=collaboration.helper_roles.not_over().values("person"))
    people = User.objects.filter(affiliated | coordinates | invited | helps, is_active=True)
    return people.distinct().order_by("name")


def affiliations_of(collaboration: Collaboration) -> QuerySet[Affiliation]:
    """Current affiliations with the collaboration's partners, of people that it may know about.

    An organisation can be partner in several collaborations; adding it as partner must not reveal people invited by
    another. An affiliation counts if the person

    - accepted this collaboration's invitation to that organisation, and has not left since,
    - coordinates here, or has a mandate here that waits or is in force,
    - or was invited by no collaboration, has no mandate in another, and the organisation's first partnership was here.

    First is the lowest key, not the earliest date: dates are typed by hand and could be chosen to gain access.
    """
    bodies = collaboration.partnerships.current().values("organisation")
    person, body = OuterRef("user"), OuterRef("organisation")
    invited = Invitation.objects.filter(accepted_by=person, organisation=body)
    proposed = Mandate.objects.filter(person=person, organisation=body)
    invited_here = Q(Exists(invited.in_effect().filter(collaboration=collaboration)))
    answers_here = Q(Exists(proposed.not_over().filter(collaboration=collaboration)))
    coordinates = Q(Exists(collaboration.appointments.coordinating().filter(user=person)))
    first = Partnership.objects.filter(organisation=body).order_by("pk").values("collaboration")[:1]
    first_here = Q(first_collaboration=collaboration.pk) & ~Q(Exists(invited))
    first_here &= ~Q(Exists(proposed.exclude(collaboration=collaboration)))
    affiliations = (
        Affiliation.objects.current().filter(organisation__in=bodies).alias(first_collaboration=Subquery(first))
    )
    return affiliations.filter(invited_here | coordinates | answers_here | first_here)


def bodies_of(collaboration: Collaboration) -> QuerySet[Organisation]:
    """Organisations that are partners today, and external addressees."""
    partners = Q(pk__in=collaboration.partnerships.current().values("organisation"))
    outside = Q(pk__in=collaboration.addressees.values("organisation"))
    return Organisation.objects.filter(partners | outside)


@transaction.atomic
def end_affiliation(affiliation: Affiliation, *, collaboration: Collaboration, by: User, on: dt.date) -> None:
    """End a person's place here for an organisation after a day, with her mandates, and log it in the collaboration.

    The affiliation ends too, unless another collaboration knows of it: nobody ends what she may do elsewhere. Raises
    Refusal if it has ended, if the day is before its start, or if the collaboration may not know about it.
    """
    require(by, COORDINATE, collaboration)
    affiliation.refresh_from_db(from_queryset=Affiliation.objects.select_for_update(no_key=True))
    if affiliation.until is not None:
        raise Refusal(f"{affiliation.user} har redan lämnat {affiliation.organisation}.", code="already_ended")
    if on < affiliation.since:
        raise Refusal("Sista dagen kan inte ligga före den första.", code="ended_before_start")
    if not affiliations_of(collaboration).filter(pk=affiliation.pk).exists():
        raise Refusal("Tillhörigheten hör inte till den här samverkan.", code="not_here")
    hers = {"organisation": affiliation.organisation, "collaboration": collaboration}
    mandates = Mandate.objects.filter(person=affiliation.user, **hers)
    ending.end_after(mandates, by=by, on=on, reason=f"{affiliation.user} har lämnat {affiliation.organisation}.")
    left_at = timezone.make_aware(dt.datetime.combine(on + dt.timedelta(days=1), dt.time.min))
    Invitation.objects.in_effect().filter(accepted_by=affiliation.user, **hers).update(withdrawn_at=left_at)
    if not _is_known_elsewhere(affiliation, collaboration):
        affiliation.until, affiliation.ended_by = on, by
        affiliation.save(update_fields=["until", "ended_by"])
    record_event(collaboration, Kind.PARTED, by=by, what=f"{affiliation}, sista dagen {on}")


@transaction.atomic
def change_title(affiliation: Affiliation, *, collaboration: Collaboration, by: User, title: str) -> None:
    """Give her another title at an organisation. Raises Refusal if another collaboration knows of the affiliation."""
    require(by, COORDINATE, collaboration)
    affiliation.refresh_from_db(from_queryset=Affiliation.objects.select_for_update(no_key=True))
    if not affiliations_of(collaboration).filter(pk=affiliation.pk).exists():
        raise Refusal("Tillhörigheten hör inte till den här samverkan.", code="not_here")
    if _is_known_elsewhere(affiliation, collaboration):
        raise Refusal(
            f"{affiliation.user} är också med i en annan samverkan, och titeln syns där.",
            who="Installationens administratör",
            code="known_elsewhere",
        )
    if title == affiliation.title:
        return
    before, affiliation.title = affiliation.title, title
    affiliation.save(update_fields=["title"])
    what = f"{affiliation}: «{before or 'ingen'}» blev «{title or 'ingen'}»"
    record_event(collaboration, Kind.TITLE_CHANGED, by=by, what=what)


@transaction.atomic
def end_place(person: User, *, collaboration: Collaboration, by: User) -> None:
    """End the place here of somebody who belongs to no partner: her tasks as helper, and what her invitation opened.

    Raises Refusal for whoever coordinates, and for those who belong to a partner: that is ended there.
    """
    require(by, COORDINATE, collaboration)
    if collaboration.appointments.filter(user=person, ended_on=None).exists():
        raise Refusal(f"{person} har ett uppdrag som avslutas på sidan Personer.", code="appointed")
    if affiliations_of(collaboration).filter(user=person).exists():
        raise Refusal(f"{person} hör till en av parterna. Avsluta det först.", code="affiliated")
    mine = collaboration.invitations.in_effect().filter(accepted_by=person, organisation=None)
    withdrawn = mine.update(withdrawn_at=timezone.now())
    held = list(collaboration.helper_roles.not_over().filter(person=person))
    if not withdrawn and not held:
        raise Refusal(f"{person} har ingen plats här längre.", code="already_ended")
    for role in held:
        helper_roles.end(role, by=by)
    record_event(collaboration, Kind.PLACE_ENDED, by=by, what=person)


def is_known_elsewhere(person: User, collaboration: Collaboration) -> bool:
    """Whether another collaboration has invited her, knows of a place of hers, gave her a task, or is coordinated."""
    others = Collaboration.objects.exclude(pk=collaboration.pk)
    return any(people_of(other).filter(pk=person.pk).exists() for other in others)


def _is_known_elsewhere(affiliation: Affiliation, collaboration: Collaboration) -> bool:
    """Whether another collaboration knows of the affiliation."""
    mandates = Mandate.objects.not_over().filter(person=affiliation.user, organisation=affiliation.organisation)
    others = collaborations_that_show(affiliation.organisation).exclude(pk=collaboration.pk)
    known = any(affiliations_of(other).filter(pk=affiliation.pk).exists() for other in others)
    return known or mandates.exclude(collaboration=collaboration).exists()
