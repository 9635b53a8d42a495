"""What residents see of issues: the list, and one issue with its whole story."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from dialogue.groups import public_groups
from dialogue.history import issue_story
from dialogue.models import Dialogue, Issue
from dialogue.models.issue import IssueQuerySet
from dialogue.process import steps_overview
from ostberga.lib.web.public_pages import public_page


@public_page
def issues(request: HttpRequest, slug: str) -> HttpResponse:
    """All issues, by the step they stand at."""
    current = Dialogue.objects.current().select_related("collaboration")
    dialogue = get_object_or_404(current, collaboration__slug=slug)
    context = {
        "collaboration": dialogue.collaboration,
        "dialogue": dialogue,
        "issues_by_step": steps_overview.issues_by_step(dialogue),
    }
    return render(request, "dialogue/history/issues.html", context)


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
    told = issue_story.all_said(chosen, number) if 0 < number < 1000 else None
    if not told:
        raise Http404
    pages = {"previous": number - 1, "next": number + 1 if told.remaining else 0}
    turns = {name: reverse("dialogue:issue-said", args=[slug, issue_slug, one]) for name, one in pages.items() if one}
    context = {"collaboration": chosen.dialogue.collaboration, "issue": chosen, "told": told, **turns}
    return render(request, "dialogue/history/issue_said.html", context)


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
        "story": issue_story.of(chosen),
        "groups": public_groups.groups_about_issue(chosen),
    }
    if chosen.dialogue.is_current:
        context["answer_address"] = steps_overview.answer_address(chosen.dialogue)
    return render(request, "dialogue/history/issue.html", context)
