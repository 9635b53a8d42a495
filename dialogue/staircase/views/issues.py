"""The coordinator's issues: named, tied to perspectives and bodies, put in order, shown or hidden."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.issues import perspective_links
from dialogue.models import Issue
from dialogue.permissions.lookups import issue_of
from dialogue.staircase import gate_facts, issue_rows, missing_rows, round_work
from ostberga.lib.web.htmx import render_page

PER_PAGE = 20


@require_safe
def issues(request: SignedInRequest, slug: str) -> HttpResponse:
    """All issues of the dialogue that goes on: where each stands and what it lacks."""
    collaboration = collaboration_of(request, slug)
    dialogue = collaboration.dialogues.current().first()
    listed = dialogue.issues.select_related("dialogue__collaboration") if dialogue else Issue.objects.none()
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    rows = issue_rows.build_issue_rows(dialogue, page.object_list) if dialogue else []
    shown = {"collaboration": collaboration, "dialogue": dialogue, "rows": rows, "page": page}
    return render_page(request, "dialogue/staircase/issues_edit.html", shown)


@require_safe
def issue(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """An issue at a glance: what it rests on, whom it concerns, where it stands, what was done to it."""
    found = issue_of(request, slug, pk)
    shown = {
        "collaboration": found.dialogue.collaboration,
        "issue": found,
        "lines": missing_rows.rows_for_issue(found, gate_facts.missing_requirements(found)),
        **missing_rows.closing_context(found),
        "chosen": [one for one in perspective_links.perspective_choices(found) if one.is_chosen],
        "concerned": found.concerned.select_related("organisation"),
        "rounds": round_work.list_round_work(found),
        "groups": found.groups.all(),
        "changes": issue_rows.list_step_changes(found),
        "events": found.events.select_related("by")[:8],
    }
    return render_page(request, "dialogue/staircase/issue_edit.html", shown)
