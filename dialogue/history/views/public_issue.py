"""What residents see of issues: the list, and one issue with its whole story."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Collaboration
from dialogue.groups import public_groups
from dialogue.history import involved_bodies, issue_story
from dialogue.lists import listed_rows
from dialogue.models import Dialogue, Issue
from dialogue.models.issue import IssueQuerySet
from dialogue.process import steps_overview
from ostberga.lib.web.public_pages import public_page


@public_page
def issues(request: HttpRequest, slug: str, name: str = "") -> HttpResponse:
    """All issues of a dialogue, by the step they stand at; of each, when several go on and none is named."""
    dialogue = Dialogue.objects.standing_at(slug, name).select_related("collaboration").first()
    if dialogue is None:
        return _issues_of_several(request, slug, name)
    context = {
        "collaboration": dialogue.collaboration,
        "dialogue": dialogue,
        "issues_by_step": steps_overview.issues_by_step(dialogue),
    }
    return render(request, "dialogue/history/issues.html", context)


def _issues_of_several(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    dialogues = collaboration.dialogues.current().select_related("collaboration").order_by("pk")
    if name or not dialogues:
        raise Http404
    of_each = [(dialogue, steps_overview.issues_by_step(dialogue)) for dialogue in dialogues]
    context = {"collaboration": collaboration, "of_each": of_each}
    return render(request, "dialogue/history/issues_of_several.html", context)


@public_page
def issue(request: HttpRequest, slug: str, issue_slug: str, name: str = "") -> HttpResponse:
    """One issue: where it stands, what people said, which bodies, what happens next."""
    issue = get_object_or_404(_issues_at(slug, name).prefetch_related("concerned__organisation"), slug=issue_slug)
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


@public_page
def issue_said(request: HttpRequest, slug: str, issue_slug: str, number: int, name: str = "") -> HttpResponse:
    """All perspectives of an issue, one page at a time, so that no side is left out because there are many."""
    issue = get_object_or_404(_issues_at(slug, name), slug=issue_slug)
    quotes = issue_story.build_quote_page(issue, number) if 0 < number < 1000 else None
    if not quotes:
        raise Http404
    pages = {"previous": number - 1, "next": number + 1 if quotes.remaining else 0}
    links = {turn: issue.get_said_url(page) for turn, page in pages.items() if page}
    context = {
        "collaboration": issue.dialogue.collaboration,
        "dialogue": issue.dialogue,
        "issue": issue,
        "quotes": quotes,
        **links,
    }
    return render(request, "dialogue/history/issue_said.html", context)


def _issues_at(slug: str, name: str) -> IssueQuerySet:
    """The public issues of the dialogue at an address."""
    here = Issue.objects.public().filter(dialogue__in=Dialogue.objects.standing_at(slug, name))
    return here.select_related("dialogue__collaboration")
