"""Finding an organisation by its name, and by the names it had before."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.models import Collaboration, FormerOrganisationName, Organisation
from actors.people.memberships import bodies_of
from ostberga.lib.folding import Folded, fold


def bodies_known_in(collaboration: Collaboration) -> QuerySet[Organisation]:
    """Partners, former partners and external bodies."""
    here = Q(pk__in=bodies_of(collaboration).values("pk"))
    return Organisation.objects.filter(here | Q(pk__in=collaboration.partnerships.values("organisation")))


def search_bodies(collaboration: Collaboration, words: Iterable[str]) -> QuerySet[Organisation]:
    """Those of `bodies_known_in` whose present or earlier names hold every word. Two queries."""
    words = [fold(word) for word in words]
    bodies = bodies_known_in(collaboration).alias(name_folded=Folded("name"), short_folded=Folded("short_name"))
    former = FormerOrganisationName.objects.alias(name_folded=Folded("name"), short_folded=Folded("short_name"))
    for word in words:
        holds = Q(name_folded__contains=word) | Q(short_folded__contains=word)
        earlier = former.filter(holds, organisation=OuterRef("pk"))
        bodies = bodies.filter(holds | Exists(earlier))
    return (bodies if words else bodies.none()).distinct().prefetch_related("former_names")
