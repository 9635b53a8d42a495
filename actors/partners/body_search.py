"""Finding an organisation by its name, and by the names it had before."""

from django.db.models import Q, QuerySet

from actors.models import Collaboration, Organisation
from actors.people.memberships import bodies_of


def search_bodies(collaboration: Collaboration, words: list[str]) -> QuerySet[Organisation]:
    """Partners, former partners and external bodies whose present or earlier names hold every word. Two queries."""
    here = Q(pk__in=bodies_of(collaboration).values("pk"))
    here |= Q(pk__in=collaboration.partnerships.values("organisation"))
    bodies = Organisation.objects.filter(here)
    for word in words:
        now = Q(name__icontains=word) | Q(short_name__icontains=word)
        earlier = Q(former_names__name__icontains=word) | Q(former_names__short_name__icontains=word)
        bodies = bodies.filter(now | earlier)
    return (bodies if words else bodies.none()).distinct().prefetch_related("former_names")
