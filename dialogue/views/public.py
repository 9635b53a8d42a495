"""What residents see: the dialogue, its issues, and one issue with its whole story."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Partnership
from dialogue import journey, overview
from dialogue.models import Dialogue, Issue
from ostberga.lib.public_pages import public_page


def _dialogue_of(slug: str) -> Dialogue:
    related = ("collaboration__data_controller", "guiding_question")
    return get_object_or_404(Dialogue.objects.current().select_related(*related), collaboration__slug=slug)


@public_page
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The front of the dialogue: the question first, then the staircase, issues, partners and reports."""
    dialogue = _dialogue_of(slug)
    collaboration = dialogue.collaboration
    context = {
        "collaboration": collaboration,
        "dialogue": dialogue,
        "stairs": overview.stairs(dialogue),
        "earlier_rounds": overview.earlier_rounds(dialogue.steps.all()),
        "answer_address": overview.answer_address(dialogue),
        "issues_by_step": overview.issues_by_step(dialogue),
        "partners": Partnership.objects.current().filter(collaboration=collaboration).select_related("organisation"),
        "reports": dialogue.published_reports.standing(),
        "earlier_dialogues": collaboration.dialogues.filter(is_current=False),
    }
    return render(request, "dialogue/show.html", context)


@public_page
def issues(request: HttpRequest, slug: str) -> HttpResponse:
    """All issues, by the step they stand at."""
    dialogue = _dialogue_of(slug)
    context = {
        "collaboration": dialogue.collaboration,
        "dialogue": dialogue,
        "issues_by_step": overview.issues_by_step(dialogue),
    }
    return render(request, "dialogue/issues.html", context)


@public_page
def issue(request: HttpRequest, slug: str, issue_slug: str) -> HttpResponse:
    """One issue: where it stands, what people said, which bodies, what happens next."""
    chosen = get_object_or_404(
        Issue.objects.public().select_related("dialogue__collaboration").prefetch_related("concerned__organisation"),
        dialogue__collaboration__slug=slug,
        dialogue__is_current=True,
        slug=issue_slug,
    )
    context = {
        "collaboration": chosen.dialogue.collaboration,
        "issue": chosen,
        "story": journey.of(chosen),
        "answer_address": overview.answer_address(chosen.dialogue),
    }
    return render(request, "dialogue/issue.html", context)
