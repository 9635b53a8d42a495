"""What residents see of a dialogue: its own page, and the front of a collaboration with several or with none."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Collaboration, Partnership
from dialogue.history import results
from dialogue.models import Dialogue
from dialogue.models.dialogue import DialogueQuerySet
from dialogue.process import steps_overview
from ostberga.lib.web.public_pages import public_page

RELATED = ("collaboration__data_controller", "guiding_question")


@public_page
def show(request: HttpRequest, slug: str, name: str = "") -> HttpResponse:
    """The page of a dialogue: the question first, then the staircase, issues, partners and reports."""
    dialogue = Dialogue.objects.standing_at(slug, name).select_related(*RELATED).first()
    if dialogue is None:
        return _without_one_at_the_front(request, slug, name)
    beside = list(dialogue.collaboration.dialogues.current().exclude(pk=dialogue.pk).select_related("collaboration"))
    context = _front(dialogue) | {"beside": beside}
    if dialogue.is_current:
        context["answer_address"] = steps_overview.answer_address(dialogue)
        context["latest"] = results.list_latest(dialogue.collaboration, apart=[other.pk for other in beside])
    return render(request, "dialogue/history/show.html", context)


def _without_one_at_the_front(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The front of a collaboration where several dialogues go on, or none."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    if name:
        raise Http404
    running = collaboration.dialogues.current().select_related("collaboration", "guiding_question").order_by("pk")
    context = {
        "collaboration": collaboration,
        "dialogues": [(dialogue, steps_overview.answer_address(dialogue)) for dialogue in running],
        "earlier_dialogues": _earlier(collaboration),
    }
    return render(request, "dialogue/history/several.html" if running else "dialogue/history/between.html", context)


def _front(dialogue: Dialogue) -> dict[str, object]:
    collaboration = dialogue.collaboration
    partners = Partnership.objects.current().filter(collaboration=collaboration)
    return {
        "collaboration": collaboration,
        "dialogue": dialogue,
        "stairs": steps_overview.stairs(dialogue),
        "earlier_rounds": steps_overview.earlier_rounds(dialogue),
        "issues_by_step": steps_overview.issues_by_step(dialogue),
        "partners": partners.select_related("organisation"),
        "reports": dialogue.published_reports.standing(),
        "earlier_dialogues": _earlier(collaboration).exclude(pk=dialogue.pk),
    }


def _earlier(collaboration: Collaboration) -> DialogueQuerySet:
    return collaboration.dialogues.earlier().select_related("collaboration")
