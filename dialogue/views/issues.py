"""The coordinator's issues: named, tied to perspectives and bodies, put in order, shown or hidden."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.belonging import bodies_of
from actors.models import Organisation
from actors.views.workshop import SignedInRequest, collaboration_of
from dialogue import checklists, gates, raising, resting, rounds, standing
from dialogue.forms.issues import BodiesForm, IssueForm
from dialogue.forms.resting import PerspectivesForm
from dialogue.models import Issue
from dialogue.views.workshop import issue_of
from ostberga.lib.htmx import render_page

PER_PAGE = 20


@require_safe
def issues(request: SignedInRequest, slug: str) -> HttpResponse:
    """All issues of the dialogue that goes on: where each stands and what it lacks."""
    collaboration = collaboration_of(request, slug)
    dialogue = collaboration.dialogues.current().first()
    listed = dialogue.issues.select_related("dialogue__collaboration") if dialogue else Issue.objects.none()
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    rows = standing.rows(dialogue, page.object_list) if dialogue else []
    shown = {"collaboration": collaboration, "dialogue": dialogue, "rows": rows, "page": page}
    return render_page(request, "dialogue/issues_edit.html", shown)


def issue_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new issue, hidden until it is published."""
    collaboration = collaboration_of(request, slug)
    dialogue = get_object_or_404(collaboration.dialogues.current())
    form = IssueForm(dialogue, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"collaboration": collaboration, "form": form}
        return render_page(request, "dialogue/issue_new.html", shown, status=422 if form.is_bound else 200)
    made = raising.raise_issue(dialogue=dialogue, by=request.user, **form.said)
    messages.success(request, "Frågan finns nu, men bara du ser den. Välj perspektiv och berörda, och publicera sedan.")
    return redirect("coordinate:issue", slug, made.pk)


@require_safe
def issue(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """An issue at a glance: what it rests on, whom it concerns, where it stands, what was done to it."""
    found = issue_of(request, slug, pk)
    shown = {
        "collaboration": found.dialogue.collaboration,
        "issue": found,
        "lines": checklists.of_issue(found, gates.missing(found)),
        **checklists.ahead(found),
        "chosen": [one for one in resting.choices(found) if one.is_chosen],
        "concerned": found.concerned.select_related("organisation"),
        "rounds": rounds.of(found),
        "groups": found.groups.all(),
        "changes": standing.history(found),
        "events": found.events.select_related("by")[:8],
    }
    return render_page(request, "dialogue/issue_edit.html", shown)


def issue_texts(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The words of an issue in each language."""
    found = issue_of(request, slug, pk)
    form = IssueForm(found.dialogue, request.POST or None, issue=found)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "dialogue/issue_texts.html", found, form)
    found.describe(by=request.user, **form.said)
    messages.success(request, "Sparat.")
    return redirect("coordinate:issue", slug, pk)


def issue_perspectives(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Which perspectives the issue rests on."""
    found = issue_of(request, slug, pk)
    form = PerspectivesForm(resting.choices(found), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "dialogue/issue_perspectives.html", found, form)
    raising.rest_on(issue=found, perspectives=form.chosen, by=request.user)
    messages.success(request, "Sparat. Frågans sida visar det som sagts i de valda perspektiven.")
    return redirect("coordinate:issue", slug, pk)


def issue_bodies(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Which bodies the issue concerns, and what each can do."""
    found = issue_of(request, slug, pk)
    now = dict(found.concerned.values_list("organisation", "why"))
    form = BodiesForm(_bodies(found), now, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "dialogue/issue_bodies.html", found, form)
    raising.concern(issue=found, bodies=form.chosen, by=request.user)
    messages.success(request, "Sparat.")
    return redirect("coordinate:issue", slug, pk)


def _bodies(issue: Issue) -> list[Organisation]:
    """Those that are here, inside or outside, and those named already."""
    here = Q(pk__in=bodies_of(issue.dialogue.collaboration).values("pk"))
    named = Q(pk__in=issue.concerned.values("organisation"))
    return list(Organisation.objects.filter(here | named).order_by("name"))


def _page(
    request: SignedInRequest, template: str, issue: Issue, form: IssueForm | PerspectivesForm | BodiesForm
) -> HttpResponse:
    shown = {"collaboration": issue.dialogue.collaboration, "issue": issue, "form": form}
    return render_page(request, template, shown, status=422 if form.is_bound else 200)


@require_POST
def issue_place(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One place up or down in lists."""
    found = issue_of(request, slug, pk)
    raising.place(issue=found, steps=-1 if request.POST.get("till") == "upp" else 1, by=request.user)
    return redirect("coordinate:issues", slug)


@require_POST
def issue_publish(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show the issue to everybody, or hide it again."""
    found = issue_of(request, slug, pk)
    if request.POST.get("visa") == "nej":
        found.unpublish(by=request.user)
        messages.success(request, "Frågan syns inte längre för boende. Inget är borttaget.")
    else:
        found.publish(by=request.user)
        messages.success(request, "Frågan syns nu för alla.")
    return redirect("coordinate:issue", slug, pk)
