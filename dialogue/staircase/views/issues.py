"""The coordinator's list of issues, and the page of one issue."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.rights import READ
from dialogue.issues import perspective_links
from dialogue.lists import listed_rows
from dialogue.models import Issue
from dialogue.permissions.lookups import issue_of
from dialogue.staircase import gate_facts, issue_rows, missing_rows, round_work
from dialogue.staircase.forms.issue_filter import IssueFilter
from ostberga.lib.web.htmx import render_page
from ostberga.lib.web.list_filters import query_without_page

PER_PAGE = 20


@require_safe
def issue_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the issues of the dialogues that go on: the step of each, and what it lacks for the next."""
    collaboration = helped_collaboration_of(request, slug, READ)
    dialogues = collaboration.dialogues.current().order_by("pk")
    listed = Issue.objects.filter(dialogue__in=dialogues).select_related("dialogue__collaboration")
    listed = listed.prefetch_related("dialogue__stages")
    chosen = IssueFilter(request.GET, listed.order_by("dialogue_id", "position", "pk"), dialogues=dialogues)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    rows = issue_rows.build_issue_rows(page.object_list)
    context = {"collaboration": collaboration, "dialogues": dialogues, "rows": rows, "page": page, "filter": chosen}
    more = {"query": query_without_page(request), "prepared": collaboration.dialogues.prepared().first()}
    return render_page(request, "dialogue/staircase/issues_edit.html", context | more)


@require_safe
def issue_detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show an issue: its step and what it lacks, its perspectives, bodies, rounds and events."""
    issue = issue_of(request, slug, pk, READ)
    context = {
        "collaboration": issue.dialogue.collaboration,
        "issue": issue,
        "checklist": missing_rows.rows_for_issue(issue, gate_facts.missing_requirements(issue)),
        **missing_rows.closing_context(issue),
        "chosen": [choice for choice in perspective_links.perspective_choices(issue) if choice.is_chosen],
        "concerned": issue.concerned.select_related("organisation"),
        "rounds": round_work.list_round_work(issue),
        "listed": listed_rows.rows_about_issue(issue),
        "changes": issue_rows.list_step_changes(issue),
        "events": issue.events.select_related("by")[:8],
    }
    return render_page(request, "dialogue/staircase/issue_edit.html", context)
