"""What residents see of what came of it all: «så gick det», and one activity with the chain behind it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from actors.models import Collaboration
from dialogue.followers import better_questions
from dialogue.history import activity_chain, results
from dialogue.history.results import Choice
from dialogue.models import Activity, Dialogue
from ostberga.lib.web.public_pages import public_page


@public_page
def everything(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said, decided and done. The form's query becomes an address, so that the page can be kept."""
    collaboration = get_object_or_404(Collaboration, slug=slug)
    if request.GET:
        return redirect(Choice.picked(request.GET.dict()).url(slug))
    return _show(request, collaboration, Choice())


@public_page
def chosen(request: HttpRequest, slug: str, words: str) -> HttpResponse:
    """Some of it. Only addresses that the form itself would write are pages."""
    collaboration = get_object_or_404(Collaboration, slug=slug)
    choice = Choice.read(words)
    if not choice:
        raise Http404
    return _show(request, collaboration, choice)


def _show(request: HttpRequest, collaboration: Collaboration, choice: Choice) -> HttpResponse:
    page = results.page(collaboration, choice)
    if not page.knows_its_choice:
        raise Http404
    turned = {"previous": page.previous, "next": page.next}
    addresses = {name: one.url(collaboration.slug) for name, one in turned.items() if one}
    context = {"collaboration": collaboration, "page": page, "choice": choice, **addresses}
    return render(request, "dialogue/history/results.html", context)


@public_page
def activity(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One activity, how it goes, and backwards to what people said."""
    begun = Dialogue.objects.begun().filter(collaboration__slug=slug)
    shown = Activity.objects.public().filter(dialogue__in=begun)
    related = shown.select_related("issue__dialogue__collaboration", "dialogue__collaboration", "focus_area")
    found = get_object_or_404(related, pk=pk)
    context = {"collaboration": found.dialogue.collaboration, "dialogue": found.dialogue, "activity": found}
    when = found.period.label(get_language() or "sv")
    more = {
        "chain": activity_chain.of(found),
        "when": when,
        "better": better_questions.figures_by_activity([found.pk]).get(found.pk),
    }
    return render(request, "dialogue/history/activity.html", {**context, **more})
