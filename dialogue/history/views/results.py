"""What residents see of results: «så gick det», and one activity with what it came from."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from actors.models import Collaboration
from dialogue.followers import better_questions
from dialogue.history import activity_chain, results
from dialogue.history.results_filter import ResultsFilter
from dialogue.lists import listed_rows
from dialogue.models import Activity, Dialogue
from ostberga.lib.web.public_pages import public_page


@public_page
def all_results(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was said, decided and done. The query of the form becomes an address that can be cached."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    if request.GET:
        choice = ResultsFilter.from_query(request.GET.dict())
        if "/" in choice.words:
            raise BadRequest
        return redirect(choice.url(slug))
    return _show(request, collaboration, ResultsFilter())


@public_page
def filtered_results(request: HttpRequest, slug: str, words: str) -> HttpResponse:
    """Some of it. Only addresses that the form itself would write are pages."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    choice = ResultsFilter.from_words(words)
    if not choice:
        raise Http404
    return _show(request, collaboration, choice)


def _show(request: HttpRequest, collaboration: Collaboration, choice: ResultsFilter) -> HttpResponse:
    page = results.build_page(collaboration, choice)
    if not page.has_valid_filter:
        raise Http404
    neighbours = {"previous": page.previous, "next": page.next}
    addresses = {name: neighbour.url(collaboration.slug) for name, neighbour in neighbours.items() if neighbour}
    context: dict[str, object] = {"collaboration": collaboration, "page": page, "choice": choice, **addresses}
    if choice in (ResultsFilter(), ResultsFilter(dialog=choice.dialog)):
        context["listed"] = listed_rows.issues_with_rows(collaboration, choice.dialog)
    return render(request, "dialogue/history/results.html", context)


@public_page
def activity(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One activity, how it goes, and backwards to what people said."""
    begun = Dialogue.objects.begun().filter(collaboration__slug=slug)
    public = Activity.objects.public().filter(dialogue__in=begun)
    related = public.select_related("issue__dialogue__collaboration", "dialogue__collaboration", "focus_area")
    activity = get_object_or_404(related, pk=pk)
    context = {
        "collaboration": activity.dialogue.collaboration,
        "dialogue": activity.dialogue,
        "activity": activity,
        "chain": activity_chain.build_chain(activity),
        "when": activity.period.label(get_language() or "sv"),
        "better": better_questions.figures_by_activity([activity.pk]).get(activity.pk),
    }
    return render(request, "dialogue/history/activity.html", context)
