"""The public page about the partners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Collaboration
from actors.partners.descriptions import with_words
from actors.partners.responsibility_search import search_responsibilities
from ostberga.lib.web.public_pages import public_page


@public_page
def partners(request: HttpRequest, slug: str) -> HttpResponse:
    """The partners and their terms, and a search for who is responsible for what."""
    collaboration = get_object_or_404(Collaboration, slug=slug)
    question = request.GET.get("q", "").strip()[:100]
    context = {
        "collaboration": collaboration,
        "partners": with_words(collaboration.partnerships.current().select_related("organisation"), collaboration),
        "former": collaboration.partnerships.former().select_related("organisation"),
        "outside": with_words(collaboration.addressees.select_related("organisation"), collaboration),
        "question": question,
        "answers": with_words(search_responsibilities(question, collaboration), collaboration),
    }
    return render(request, "actors/partners/partners.html", context)
