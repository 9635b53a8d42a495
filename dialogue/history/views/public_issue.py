"""What residents see of issues: the list, and one issue with its whole story."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from dialogue.groups import public_groups
from dialogue.history import involved_bodies, issue_story
from dialogue.lists import listed_rows
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
    return _show_story(request, current.filter(dialogue__collaboration__slug=slug, slug=issue_slug))


@public_page
def issue_said(request: HttpRequest, slug: str, issue_slug: str, number: int) -> HttpResponse:
    """All perspectives of an issue, one page at a time, so that no side is left out because there are many."""
    current = Issue.objects.public().filter(dialogue__is_current=True, dialogue__collaboration__slug=slug)
    issue = get_object_or_404(current.select_related("dialogue__collaboration"), slug=issue_slug)
    quotes = issue_story.build_quote_page(issue, number) if 0 < number < 1000 else None
    if not quotes:
        raise Http404
    pages = {"previous": number - 1, "next": number + 1 if quotes.remaining else 0}
    links = {
        name: reverse("dialogue:issue-said", args=[slug, issue_slug, page]) for name, page in pages.items() if page
    }
    context = {"collaboration": issue.dialogue.collaboration, "issue": issue, "quotes": quotes, **links}
    return render(request, "dialogue/history/issue_said.html", context)


@public_page
def earlier_issue(request: HttpRequest, slug: str, pk: int, issue_slug: str) -> HttpResponse:
    """An issue of a dialogue that has ended."""
    ended = Issue.objects.public().filter(dialogue=pk, dialogue__ended_on__isnull=False)
    return _show_story(request, ended.filter(dialogue__collaboration__slug=slug, slug=issue_slug))


def _show_story(request: HttpRequest, issues: IssueQuerySet) -> HttpResponse:
    """The page of the only issue among these; 404 if there is none."""
    related = issues.select_related("dialogue__collaboration").prefetch_related("concerned__organisation")
    issue = get_object_or_404(related)
    context = {
        "collaboration": issue.dialogue.collaboration,
        "dialogue": issue.dialogue,
        "issue": issue,
        "story": issue_story.build_story(issue),
        "groups": public_groups.groups_about_issue(issue),
        "bodies": involved_bodies.list_involved(issue),
        "listed": listed_rows.rows_about_issue(issue),
    }
    if issue.dialogue.is_current:
        context["answer_address"] = steps_overview.answer_address(issue.dialogue)
    return render(request, "dialogue/history/issue.html", context)
