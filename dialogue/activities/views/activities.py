"""The coordinator's activities: planned, led by those who say yes, watched for silence."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from actors.people.memberships import bodies_of
from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.activities import activity_lifecycle, activity_rows
from dialogue.activities.forms.activities import ActivityForm
from dialogue.followers import better_questions
from dialogue.models import Activity
from dialogue.permissions.lookups import activity_of, current_dialogue, form_page, issue_of
from dialogue.rules.activities import ActivityState
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page


@require_safe
def activities(request: SignedInRequest, slug: str) -> HttpResponse:
    """All activities, or those chosen by state and body."""
    collaboration = collaboration_of(request, slug)
    state, body = request.GET.get("lage", ""), request.GET.get("organisation", "")
    shown = {
        "collaboration": collaboration,
        "dialogue": collaboration.dialogues.current().first(),
        "rows": activity_rows.list_activity_rows(collaboration, state=state, body=body),
        "states": [*ActivityState.choices, (activity_rows.NEEDS_REVIEW, "att se över")],
        "bodies": bodies_of(collaboration).order_by("name"),
        "chosen": {"state": state, "body": body},
    }
    return render_page(request, "dialogue/activities/activities.html", shown)


def activity_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Something to do about an issue; which one is asked first."""
    if not (named := parse_id(request.GET.get("fraga"))):
        return _which_issue(request, slug)
    issue = issue_of(request, slug, named)
    form = ActivityForm(issue, request.POST or None, decision=request.GET.get("beslut", ""))
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/activities/activity_form.html", issue.dialogue.collaboration, form, issue=issue
        )
    made = activity_lifecycle.plan(issue=issue, plan=form.plan, decision=form.cleaned_data["decision"], by=request.user)
    messages.success(request, "Aktiviteten är planerad. Fråga vem som vill ansvara för den.")
    return redirect("coordinate:activity", slug, made.pk)


def _which_issue(request: SignedInRequest, slug: str) -> HttpResponse:
    collaboration = collaboration_of(request, slug)
    issues = current_dialogue(collaboration).issues.all()
    shown = {"collaboration": collaboration, "issues": issues, "heading": "Ny aktivitet"}
    return render_page(request, "dialogue/issues/which_issue.html", shown)


@require_safe
def activity(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """An activity: what it rests on, who was asked and what they said, what has happened."""
    found = activity_of(request, slug, pk)
    row = activity_rows.build_activity_rows(Activity.objects.filter(pk=found.pk))[0]
    shown = {
        "collaboration": found.dialogue.collaboration,
        "activity": found,
        "row": row,
        "events": found.events.select_related("by").order_by("-at", "-pk")[:12],
        "figures": better_questions.figures_by_activity([pk]).get(pk),
        "words": better_questions.masked_comments(found),
    }
    return render_page(request, "dialogue/activities/activity_edit.html", shown)


def activity_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """New words or a new time for what has not ended."""
    found = activity_of(request, slug, pk)
    form = ActivityForm(found.issue, request.POST or None, activity=found)
    if request.method != "POST" or not form.is_valid():
        more = {"issue": found.issue, "activity": found}
        return form_page(request, "dialogue/activities/activity_form.html", found.dialogue.collaboration, form, **more)
    activity_lifecycle.edit(activity=found, plan=form.plan, decision=form.cleaned_data["decision"], by=request.user)
    messages.success(request, "Sparat.")
    return redirect("coordinate:activity", slug, pk)
