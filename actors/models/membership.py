"""Which collaborations show an organisation, and where a person belongs to it."""

from django.db.models import Exists, OuterRef, Q, Subquery

from actors.models.collaboration import Collaboration, CollaborationQuerySet
from actors.models.mandates import Mandate
from actors.models.organisations import Organisation
from actors.models.partnership import Partnership
from actors.models.people import Invitation, User


def collaborations_that_show(organisation: Organisation) -> CollaborationQuerySet:
    """Return those whose public pages show this organisation, as partner or as external addressee."""
    inside = Q(partnerships__organisation=organisation)
    return Collaboration.objects.filter(inside | Q(addressees__organisation=organisation)).distinct()


def belongs_there(user: User, *, organisation: str, collaboration: str) -> Q:
    """Rows of an organisation in a collaboration where this person belongs to it. The arguments are paths of fields.

    She does if she belongs to the organisation today, and accepted an invitation there or has a mandate there that
    waits or is in force. A person whom no collaboration invited or gave a mandate belongs where her organisation first
    was. An affiliation that another collaboration made opens nothing here.
    """
    body, place = OuterRef(organisation), OuterRef(collaboration)
    belongs = Q(Exists(user.affiliations.current().filter(organisation=body)))
    invited = Invitation.objects.filter(accepted_by=user, organisation=body)
    proposed = Mandate.objects.filter(person=user, organisation=body)
    here = Q(Exists(invited.in_effect().filter(collaboration=place)))
    here |= Q(Exists(proposed.not_over().filter(collaboration=place)))
    first = Partnership.objects.filter(organisation=body).order_by("pk").values("collaboration")[:1]
    nowhere = ~Q(Exists(invited)) & ~Q(Exists(proposed))
    return belongs & (here | nowhere & Q(**{collaboration: Subquery(first)}))
