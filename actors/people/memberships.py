"""Who is in the collaboration: its bodies, and those who belong to them, coordinate it or came by its invitation."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from actors.models import Affiliation, Collaboration, Invitation, Organisation, Partnership, User


def people_of(collaboration: Collaboration) -> QuerySet[User]:
    """Everyone with an account in the collaboration today."""
    in_a_body = Q(affiliations__in=affiliations_of(collaboration))
    coordinates = Q(appointments__collaboration=collaboration, appointments__ended_on=None)
    invited = Q(pk__in=collaboration.invitations.filter(accepted_by__isnull=False).values("accepted_by"))
    found = User.objects.filter(in_a_body | coordinates | invited, is_active=True)
    return found.distinct().order_by("name")


def affiliations_of(collaboration: Collaboration) -> QuerySet[Affiliation]:
    """Places in its bodies that hold today, of people who are known here.

    A body can be in several collaborations, and taking it in opens no door to people that others have invited.
    Somebody in a body is known here if

    - she came by our invitation to that body,
    - she coordinates here, or has written or confirmed the body's words here,
    - or nobody else invited her, and the body was in this collaboration before it was in any other.

    Before is what was entered first: the days are typed by hand, and could be typed to fit.
    """
    bodies = collaboration.partnerships.current().values("organisation")
    her, body = OuterRef("user"), OuterRef("organisation")
    invited = Invitation.objects.filter(accepted_by=her, organisation=body)
    ours = Q(Exists(invited.filter(collaboration=collaboration)))
    coordinates = Q(Exists(collaboration.appointments.filter(user=her, ended_on=None)))
    spoke = Q(Exists(collaboration.partnerships.filter(Q(written_by=her) | Q(confirmed_by=her), organisation=body)))
    first = Partnership.objects.filter(organisation=body).order_by("pk").values("collaboration")[:1]
    at_home = Q(home=collaboration.pk) & ~Q(Exists(invited))
    places = Affiliation.objects.current().filter(organisation__in=bodies).alias(home=Subquery(first))
    return places.filter(ours | coordinates | spoke | at_home)


def bodies_of(collaboration: Collaboration) -> QuerySet[Organisation]:
    """The bodies in the collaboration today and those outside that people have turned to."""
    partners = Q(pk__in=collaboration.partnerships.current().values("organisation"))
    outside = Q(pk__in=collaboration.addressees.values("organisation"))
    return Organisation.objects.filter(partners | outside)
