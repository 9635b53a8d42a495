"""What residents see: the dialogue, its issues, and one issue with its whole story; and dialogues that have ended."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from actors.models import Collaboration, Partnership
from dialogue import journey, overview, results
from dialogue.groups import gatherings
from dialogue.models import Dialogue, Issue
from dialogue.models.issue import IssueQuerySet
from ostberga.lib.public_pages import public_page

RELATED = ("collaboration__data_controller", "guiding_question")


@public_page
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The front of the dialogue: the question first, then the staircase, issues, partners and reports."""
    dialogue = Dialogue.objects.current().select_related(*RELATED).filter(collaboration__slug=slug).first()
    if dialogue is None:
        return _between_dialogues(request, slug)
    context = _front(dialogue) | {
        "answer_address": overview.answer_address(dialogue),
        "latest": results.latest(dialogue.collaboration),
    }
    return render(request, "dialogue/show.html", context)


def _between_dialogues(request: HttpRequest, slug: str) -> HttpResponse:
    """A collaboration lives before its first dialogue, and between two."""
    collaboration = get_object_or_404(Collaboration, slug=slug)
    context = {"collaboration": collaboration, "earlier_dialogues": collaboration.dialogues.earlier()}
    return render(request, "dialogue/between.html", context)


@public_page
def earlier(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A dialogue that has ended: what was asked, and what became of it."""
    ended = Dialogue.objects.earlier().select_related(*RELATED)
    dialogue = get_object_or_404(ended, collaboration__slug=slug, pk=pk)
    return render(request, "dialogue/show.html", _front(dialogue))


def _front(dialogue: Dialogue) -> dict[str, object]:
    collaboration = dialogue.collaboration
    partners = Partnership.objects.current().filter(collaboration=collaboration)
    return {
        "collaboration": collaboration,
        "dialogue": dialogue,
        "stairs": overview.stairs(dialogue),
        "earlier_rounds": overview.earlier_rounds(dialogue.steps.all()),
        "issues_by_step": overview.issues_by_step(dialogue),
        "partners": partners.select_related("organisation"),
        "reports": dialogue.published_reports.standing(),
        "earlier_dialogues": collaboration.dialogues.earlier().exclude(pk=dialogue.pk),
    }


@public_page
def issues(request: HttpRequest, slug: str) -> HttpResponse:
    """All issues, by the step they stand at."""
    current = Dialogue.objects.current().select_related("collaboration")
    dialogue = get_object_or_404(current, collaboration__slug=slug)
    context = {
        "collaboration": dialogue.collaboration,
        "dialogue": dialogue,
        "issues_by_step": overview.issues_by_step(dialogue),
    }
    return render(request, "dialogue/issues.html", context)


@public_page
def issue(request: HttpRequest, slug: str, issue_slug: str) -> HttpResponse:
    """One issue: where it stands, what people said, which bodies, what happens next."""
    current = Issue.objects.public().filter(dialogue__is_current=True)
    return _tell(request, current.filter(dialogue__collaboration__slug=slug, slug=issue_slug))


@public_page
def issue_said(request: HttpRequest, slug: str, issue_slug: str, number: int) -> HttpResponse:
    """All perspectives of an issue, some at a time: no side is left out because there are many."""
    current = Issue.objects.public().filter(dialogue__is_current=True, dialogue__collaboration__slug=slug)
    chosen = get_object_or_404(current.select_related("dialogue__collaboration"), slug=issue_slug)
    told = journey.all_said(chosen, number) if 0 < number < 1000 else None
    if not told:
        raise Http404
    pages = {"previous": number - 1, "next": number + 1 if told.left else 0}
    turns = {name: reverse("dialogue:issue-said", args=[slug, issue_slug, one]) for name, one in pages.items() if one}
    context = {"collaboration": chosen.dialogue.collaboration, "issue": chosen, "told": told, **turns}
    return render(request, "dialogue/issue_said.html", context)


@public_page
def earlier_issue(request: HttpRequest, slug: str, pk: int, issue_slug: str) -> HttpResponse:
    """An issue of a dialogue that has ended."""
    ended = Issue.objects.public().filter(dialogue=pk, dialogue__ended_on__isnull=False)
    return _tell(request, ended.filter(dialogue__collaboration__slug=slug, slug=issue_slug))


def _tell(request: HttpRequest, found: IssueQuerySet) -> HttpResponse:
    related = found.select_related("dialogue__collaboration").prefetch_related("concerned__organisation")
    chosen = get_object_or_404(related)
    context = {
        "collaboration": chosen.dialogue.collaboration,
        "dialogue": chosen.dialogue,
        "issue": chosen,
        "story": journey.of(chosen),
        "groups": gatherings.about(chosen),
    }
    if chosen.dialogue.is_current:
        context["answer_address"] = overview.answer_address(chosen.dialogue)
    return render(request, "dialogue/issue.html", context)
