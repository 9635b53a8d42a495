"""The coordinator's pages about activities: list, plan, read, edit."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of, helped_collaboration_of
from actors.rules.rights import READ
from actors.security_log.recording import Kind, record
from dialogue.activities import activity_lifecycle, activity_rows
from dialogue.activities.forms.activities import ActivityForm
from dialogue.activities.forms.activity_filter import ActivityFilter
from dialogue.followers import better_questions
from dialogue.models import Activity, Issue
from dialogue.permissions.lookups import activity_of, form_page, issue_of, running_dialogues
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page


@require_safe
def activities(request: SignedInRequest, slug: str) -> HttpResponse:
    """The activities, searched, chosen among and sorted by the address; else by the day they begin."""
    collaboration = helped_collaboration_of(request, slug, READ)
    chosen = ActivityFilter(request.GET, collaboration=collaboration)
    rows = activity_rows.build_activity_rows(chosen.qs)
    context = {
        "collaboration": collaboration,
        "dialogues": collaboration.dialogues.current(),
        "rows": [row for row in rows if row.needs_review] if chosen.needs_review else rows,
        "filter": chosen,
    }
    return render_page(request, "dialogue/activities/activities.html", context)


def activity_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Plan an activity; without an issue in the address it asks which one first."""
    if not (named := parse_id(request.GET.get("fraga"))):
        return _which_issue(request, slug)
    issue = issue_of(request, slug, named)
    form = ActivityForm(issue, request.POST or None, decision=request.GET.get("beslut", ""))
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/activities/activity_form.html", issue.dialogue.collaboration, form, issue=issue
        )
    planned = activity_lifecycle.plan(
        issue=issue, plan=form.plan, decision=form.cleaned_data["decision"], by=request.user
    )
    messages.success(request, "Aktiviteten är planerad. Fråga vem som vill ansvara för den.")
    return redirect("coordinate:activity", slug, planned.pk)


def _which_issue(request: SignedInRequest, slug: str) -> HttpResponse:
    collaboration = collaboration_of(request, slug)
    issues = Issue.objects.filter(dialogue__in=running_dialogues(collaboration)).select_related("dialogue")
    issues = issues.order_by("dialogue_id", "position", "pk").prefetch_related("dialogue__stages")
    context = {"collaboration": collaboration, "issues": issues, "heading": "Ny aktivitet"}
    return render_page(request, "dialogue/issues/which_issue.html", context)


@require_safe
def activity(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """An activity with its decision, its commitments and its events."""
    chosen = activity_of(request, slug, pk, READ)
    row = activity_rows.build_activity_rows(Activity.objects.filter(pk=chosen.pk))[0]
    collaboration = chosen.dialogue.collaboration
    context = {
        "collaboration": collaboration,
        "activity": chosen,
        "row": row,
        "events": chosen.events.select_related("by").order_by("-at", "-pk")[:12],
        "figures": better_questions.figures_by_activity([pk]).get(pk),
        "comments": [] if collaboration.is_only_helped else _read_comments(request, chosen),
    }
    return render_page(request, "dialogue/activities/activity_edit.html", context)


def _read_comments(request: SignedInRequest, chosen: Activity) -> list[str]:
    """What followers wrote, masked by no hand: the coordinator alone reads it, and that she does is logged."""
    if comments := better_questions.masked_comments(chosen):
        record(Kind.READ_RAW_TEXT, by=request.user, on=chosen, collaboration=chosen.dialogue.collaboration)
    return comments


@transaction.atomic
def activity_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit an activity that has not ended."""
    chosen = activity_of(request, slug, pk)
    form = ActivityForm(chosen.issue, request.POST or None, activity=chosen)
    if request.method != "POST" or not form.is_valid():
        more = {"issue": chosen.issue, "activity": chosen}
        return form_page(request, "dialogue/activities/activity_form.html", chosen.dialogue.collaboration, form, **more)
    activity_lifecycle.edit(activity=chosen, plan=form.plan, decision=form.cleaned_data["decision"], by=request.user)
    messages.success(request, "Sparat.")
    return redirect("coordinate:activity", slug, pk)
