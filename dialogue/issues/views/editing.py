"""The coordinator creates an issue and edits its texts, perspectives, bodies, place in lists and visibility."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from actors.models import Organisation
from actors.people.memberships import bodies_of
from actors.permissions.lookups import SignedInRequest
from actors.rules.rights import WRITE_TEXTS
from dialogue.issues import creating
from dialogue.issues.forms.issues import ConcernedBodiesForm, IssueForm
from dialogue.issues.forms.perspective_links import PerspectivesForm
from dialogue.models import Dialogue, Issue
from dialogue.permissions.choosing import in_running_dialogue
from dialogue.permissions.lookups import form_page, issue_of
from ostberga.lib.web.htmx import render_page


@in_running_dialogue
def issue_new(request: SignedInRequest, dialogue: Dialogue) -> HttpResponse:
    """Create an issue, hidden until it is published."""
    form = IssueForm(dialogue, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"collaboration": dialogue.collaboration, "dialogue": dialogue, "form": form}
        return render_page(request, "dialogue/issues/issue_new.html", context, status=422 if form.is_bound else 200)
    issue = creating.create_issue(dialogue=dialogue, by=request.user, **form.arguments)
    messages.success(request, "Frågan finns nu, men bara du ser den. Välj perspektiv och berörda, och publicera sedan.")
    return redirect("coordinate:issue", dialogue.collaboration.slug, issue.pk)


@transaction.atomic
def issue_texts(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the texts of an issue in each language."""
    issue = issue_of(request, slug, pk, WRITE_TEXTS)
    collaboration = issue.dialogue.collaboration  # as this person sees it: what is edited is read anew
    form = IssueForm(issue.dialogue, request.POST or None, issue=issue)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/issues/issue_texts.html", collaboration, form, issue=issue)
    issue.describe(by=request.user, **form.arguments)
    messages.success(request, "Sparat.")
    if collaboration.is_only_helped:
        return redirect("coordinate:public-texts", slug)
    return redirect("coordinate:issue", slug, pk)


@transaction.atomic
def issue_perspectives(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Choose the perspectives that the issue rests on."""
    issue = issue_of(request, slug, pk)
    form = PerspectivesForm(issue, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "dialogue/issues/issue_perspectives.html", issue, form)
    creating.set_perspectives(issue=issue, perspectives=form.chosen, by=request.user)
    messages.success(request, "Sparat. Frågans sida visar det som sagts i de valda perspektiven.")
    return redirect("coordinate:issue", slug, pk)


@transaction.atomic
def issue_bodies(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Choose the bodies that the issue concerns, and write what each can do."""
    issue = issue_of(request, slug, pk)
    form = ConcernedBodiesForm(issue, _bodies(issue), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "dialogue/issues/issue_bodies.html", issue, form)
    creating.set_concerned_bodies(issue=issue, bodies=form.chosen, by=request.user)
    messages.success(request, "Sparat.")
    return redirect("coordinate:issue", slug, pk)


def _bodies(issue: Issue) -> list[Organisation]:
    """The partners, the bodies outside that can be asked, and those chosen already."""
    here = Q(pk__in=bodies_of(issue.dialogue.collaboration).values("pk"))
    named = Q(pk__in=issue.concerned.values("organisation"))
    return list(Organisation.objects.filter(here | named).order_by("name"))


def _page(
    request: SignedInRequest, template: str, issue: Issue, form: IssueForm | PerspectivesForm | ConcernedBodiesForm
) -> HttpResponse:
    context = {"collaboration": issue.dialogue.collaboration, "issue": issue, "form": form}
    return render_page(request, template, context, status=422 if form.is_bound else 200)


@require_POST
def issue_place(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Move the issue one place up or down in lists."""
    issue = issue_of(request, slug, pk)
    creating.move_in_list(issue=issue, steps=-1 if request.POST.get("till") == "upp" else 1, by=request.user)
    return redirect("coordinate:issues", slug)


@require_POST
def issue_publish(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show the issue to residents, or hide it again."""
    issue = issue_of(request, slug, pk)
    if request.POST.get("visa") == "nej":
        issue.unpublish(by=request.user)
        messages.success(request, "Frågan syns inte längre för boende. Inget är borttaget.")
    else:
        issue.publish(by=request.user)
        messages.success(request, "Frågan syns nu för alla.")
    return redirect("coordinate:issue", slug, pk)
