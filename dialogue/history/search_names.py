"""What the coordinator's search finds by a name of today or earlier: groups, bodies, people, the collaboration."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.fields import TextField
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from actors.models import (
    Collaboration,
    FormerCollaborationName,
    FormerOrganisationName,
    FormerPersonName,
    Organisation,
)
from actors.partners.body_search import bodies_known_in
from actors.people.memberships import people_of
from dialogue.history.search_hits import SearchHit, tell_earlier
from dialogue.models import FormerGroupName, WorkingGroup
from ostberga.lib.searching.excerpts import excerpt, highlight
from ostberga.lib.searching.words import Words, matching


def earlier(former: type[Model], link: str, name: str | Combinable = "name") -> Combinable:
    """All former names of a row, the latest first, a line each. `link`: the field of `former` that leads to the row."""
    rows: QuerySet[Any] = former._default_manager.filter(**{link: OuterRef("pk")}).order_by()
    lines = StringAgg(Cast(name, TextField()), delimiter="\n", order_by=("-until", "-pk"))
    named = rows.values(link).annotate(lines=lines).values("lines")
    return Coalesce(Subquery(named), Value(""), output_field=TextField())


def find_groups(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """Groups by what they are and were called, and what they are to do."""
    rows = WorkingGroup.objects.filter(dialogue__collaboration=collaboration)
    rows = rows.annotate(earlier=earlier(FormerGroupName, "group"))
    for group in matching(rows, words, "name", "mandate", "earlier"):
        text = f"{tell_earlier(group.earlier, group.name)} {group.mandate}".strip()
        address = reverse("coordinate:group", args=[collaboration.slug, group.pk])
        yield SearchHit(highlight(group.name, words), excerpt(text, words), address, group.started_on)


def find_bodies(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """Organisations by what they are and were called."""
    address = reverse("actors:partners", args=[collaboration.slug])
    rows: QuerySet[Organisation] = bodies_known_in(collaboration)
    rows = rows.annotate(
        earlier=earlier(FormerOrganisationName, "organisation"),
        earlier_short=earlier(FormerOrganisationName, "organisation", "short_name"),
    )
    for body in matching(rows, words, "name", "short_name", "earlier", "earlier_short"):
        told = tell_earlier(body.earlier, body.name)
        yield SearchHit(highlight(body.name, words), excerpt(told, words), f"{address}#{body.slug}", dt.date.min)


def find_people(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """The people whom the coordinator's page of people may name, by what they are and were called."""
    address = reverse("coordinate:people", args=[collaboration.slug])
    rows = people_of(collaboration).annotate(earlier=earlier(FormerPersonName, "user"))
    for person in matching(rows, words, "name", "earlier"):
        told = tell_earlier(person.earlier, person.name)
        yield SearchHit(highlight(person.name, words), excerpt(told, words), address, dt.date.min)


def find_collaboration(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """The collaboration, by what it was called before: today's name is on every page."""
    rows = Collaboration.objects.filter(pk=collaboration.pk)
    rows = rows.annotate(earlier=earlier(FormerCollaborationName, "collaboration"))
    for place in matching(rows, words, "earlier"):
        told = tell_earlier(place.earlier, place.name)
        yield SearchHit(highlight(place.name, words), excerpt(told, words), place.get_absolute_url(), dt.date.min)
