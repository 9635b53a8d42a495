"""What residents see of a dialogue: the current one, one that has ended, or that there is none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Collaboration, Partnership
from dialogue.history import results
from dialogue.models import Dialogue
from dialogue.process import steps_overview
from ostberga.lib.web.public_pages import public_page

RELATED = ("collaboration__data_controller", "guiding_question")


@public_page
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The front of the dialogue: the question first, then the staircase, issues, partners and reports."""
    dialogue = Dialogue.objects.current().select_related(*RELATED).filter(collaboration__slug=slug).first()
    if dialogue is None:
        return _between_dialogues(request, slug)
    context = _front(dialogue) | {
        "answer_address": steps_overview.answer_address(dialogue),
        "latest": results.list_latest(dialogue.collaboration),
    }
    return render(request, "dialogue/history/show.html", context)


def _between_dialogues(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a collaboration with no current dialogue."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    context = {"collaboration": collaboration, "earlier_dialogues": collaboration.dialogues.earlier()}
    return render(request, "dialogue/history/between.html", context)


@public_page
def earlier(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A dialogue that has ended: what was asked, and what became of it."""
    ended = Dialogue.objects.earlier().select_related(*RELATED)
    dialogue = get_object_or_404(ended, collaboration__slug=slug, pk=pk)
    return render(request, "dialogue/history/show.html", _front(dialogue))


def _front(dialogue: Dialogue) -> dict[str, object]:
    collaboration = dialogue.collaboration
    partners = Partnership.objects.current().filter(collaboration=collaboration)
    return {
        "collaboration": collaboration,
        "dialogue": dialogue,
        "stairs": steps_overview.stairs(dialogue),
        "earlier_rounds": steps_overview.earlier_rounds(dialogue.steps.all()),
        "issues_by_step": steps_overview.issues_by_step(dialogue),
        "partners": partners.select_related("organisation"),
        "reports": dialogue.published_reports.standing(),
        "earlier_dialogues": collaboration.dialogues.earlier().exclude(pk=dialogue.pk),
    }
