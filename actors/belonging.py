"""Who is in the collaboration: its bodies, and those who belong to them, coordinate it or came by its invitation."""

from django.db.models import Q, QuerySet

from actors.models import Affiliation, Collaboration, Organisation, User


def people_of(collaboration: Collaboration) -> QuerySet[User]:
    """Everyone with an account in the collaboration today."""
    in_a_body = Q(affiliations__in=affiliations_of(collaboration))
    coordinates = Q(appointments__collaboration=collaboration, appointments__ended_on=None)
    invited = Q(pk__in=collaboration.invitations.filter(accepted_by__isnull=False).values("accepted_by"))
    found = User.objects.filter(in_a_body | coordinates | invited, is_active=True)
    return found.distinct().order_by("name")


def affiliations_of(collaboration: Collaboration) -> QuerySet[Affiliation]:
    """Places in its bodies that hold today."""
    bodies = collaboration.partnerships.current().values("organisation")
    return Affiliation.objects.current().filter(organisation__in=bodies)


def bodies_of(collaboration: Collaboration) -> QuerySet[Organisation]:
    """The bodies in the collaboration today and those outside that people have turned to."""
    partners = Q(pk__in=collaboration.partnerships.current().values("organisation"))
    outside = Q(pk__in=collaboration.addressees.values("organisation"))
    return Organisation.objects.filter(partners | outside)
