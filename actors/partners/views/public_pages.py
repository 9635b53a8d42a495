"""The public page about the partners."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Collaboration
from actors.partners.body_search import search_bodies
from actors.partners.descriptions import with_words
from actors.partners.responsibility_search import search_responsibilities
from ostberga.lib.web.public_pages import public_page

Row = TypeVar("Row", bound=Model)


@public_page
def partners(request: HttpRequest, slug: str) -> HttpResponse:
    """The partners and their terms, and a search for who is responsible for what."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    question = request.GET.get("q", "").strip()[:100]
    context = {
        "collaboration": collaboration,
        "partners": with_words(_named(collaboration.partnerships.current()), collaboration),
        "former": _named(collaboration.partnerships.former()),
        "outside": with_words(_named(collaboration.addressees.all()), collaboration),
        "successions": collaboration.successions.select_related("successor").prefetch_related("answers__organisation"),
        "bodies": search_bodies(collaboration, question.split()),
        "question": question,
        "answers": with_words(search_responsibilities(question, collaboration), collaboration),
    }
    return render(request, "actors/partners/partners.html", context)


def _named(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.select_related("organisation").prefetch_related("organisation__former_names")
