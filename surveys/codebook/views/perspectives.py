"""The coordinator's pages for perspectives: list, details, actions, printed codebook and the second coder's sample."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of, helped_collaboration_of
from actors.rules.rights import COORDINATE, READ
from ostberga.lib.authorization import Right
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page
from surveys.codebook import perspectives as verbs
from surveys.codebook.forms import MergeForm, OpposeForm, PerspectiveForm, PerspectiveThemesForm, SplitPerspectiveForm
from surveys.codebook.overview import build_codebook
from surveys.models import Attachment, CodingEvent, Perspective, Polarity, Statement
from surveys.statements.undoing import latest_undoable, undo_last

PER_PAGE = 50
SAMPLE = 10


def _perspective(request: SignedInRequest, slug: str, pk: int, right: Right = COORDINATE) -> Perspective:
    collaboration = helped_collaboration_of(request, slug, right)
    mine = Perspective.objects.select_related("created_by", "merged_into", "split_from")
    chosen = get_object_or_404(mine, collaboration=collaboration, pk=pk)
    chosen.collaboration = collaboration
    return chosen


def _forms(perspective: Perspective) -> dict[str, Any]:
    return {
        "editing": PerspectiveForm.for_perspective(perspective),
        "merging": MergeForm(perspective),
        "opposing": OpposeForm(perspective),
        "parting": SplitPerspectiveForm(perspective),
        "placing": PerspectiveThemesForm(perspective),
    }


def _show(request: SignedInRequest, perspective: Perspective, status: int = 200, **forms: Any) -> HttpResponse:
    resting = perspective.quotes() if perspective.collaboration.is_only_helped else perspective.resting_statements()
    resting = resting.defer("raw_text").order_by("-created_on", "pk")
    context: dict[str, Any] = {
        "collaboration": perspective.collaboration,
        "perspective": perspective,
        "breadth": perspective.breadth(),
        "page": Paginator(resting, PER_PAGE).get_page(request.GET.get("page")),
        "opposites": perspective.opposites(),
        "lineage": perspective.lineage(),
        "themes": perspective.standing_themes(),
        "history": CodingEvent.objects.filter(perspective__in=perspective.family).select_related("by")[:100],
    }
    context |= _forms(perspective) | forms
    return render_page(request, "surveys/codebook/perspective.html", context, status=status)


@require_safe
def perspectives(request: SignedInRequest, slug: str) -> HttpResponse:
    """List perspectives by theme."""
    collaboration = helped_collaboration_of(request, slug, READ)
    context = {
        "collaboration": collaboration,
        "sections": build_codebook(collaboration),
        "retired": Perspective.objects.filter(collaboration=collaboration, retired_at__isnull=False),
        "last": latest_undoable(collaboration=collaboration, user=request.user),
    }
    return render_page(request, "surveys/codebook/perspectives.html", context)


@require_safe
def codebook(request: SignedInRequest, slug: str) -> HttpResponse:
    """The codebook, to print."""
    collaboration = helped_collaboration_of(request, slug, READ)
    context = {"collaboration": collaboration, "sections": build_codebook(collaboration)}
    return render_page(request, "surveys/codebook/codebook.html", context)


def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create a perspective."""
    collaboration = collaboration_of(request, slug)
    form = PerspectiveForm(request.POST or None, initial={"title": {"sv": "Vi som "}})
    perspective = form.create(collaboration, request.user) if request.method == "POST" else None
    if perspective is None:
        context = {"collaboration": collaboration, "form": form}
        return render_page(
            request, "surveys/codebook/perspective_new.html", context, status=form.status if form.is_bound else 200
        )
    return redirect(perspective)


@require_safe
def perspective(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show a perspective with its statements."""
    return _show(request, _perspective(request, slug, pk, READ))


@require_POST
@transaction.atomic
def edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit title and description."""
    perspective = _perspective(request, slug, pk)
    form = PerspectiveForm.for_perspective(perspective, request.POST)
    if not form.edit(perspective, request.user):
        return _show(request, perspective, form.status, editing=form)
    messages.success(request, "Ändrat.")
    return redirect(perspective)


@require_POST
def merge(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Merge it into another."""
    perspective = _perspective(request, slug, pk)
    form = MergeForm(perspective, request.POST)
    into = form.merge(perspective, request.user)
    if into is None:
        return _show(request, perspective, form.status, merging=form)
    messages.success(request, f"«{perspective}» har gått upp i det här perspektivet. Det går att ångra.")
    return redirect(into)


@require_POST
def split(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Move some statements to a new perspective."""
    perspective = _perspective(request, slug, pk)
    form = SplitPerspectiveForm(perspective, request.POST)
    new_perspective = form.split(perspective, request.user)
    if new_perspective is None:
        return _show(request, perspective, form.status, parting=form)
    messages.success(request, f"Delat från «{perspective}».")
    return redirect(new_perspective)


@require_POST
def retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Retire it."""
    perspective = _perspective(request, slug, pk)
    verbs.retire(perspective=perspective, by=request.user)
    messages.success(request, f"«{perspective}» är borttaget. Det går att ta tillbaka.")
    return redirect("coordinate:perspectives", slug)


@require_POST
def restore(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Put it back into use."""
    perspective = _perspective(request, slug, pk)
    verbs.restore(perspective=perspective, by=request.user)
    messages.success(request, "Perspektivet är tillbaka.")
    return redirect(perspective)


@require_POST
@transaction.atomic
def oppose(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Set it as the opposite of another, or change what the opposition is about."""
    perspective = _perspective(request, slug, pk)
    form = OpposeForm(perspective, request.POST)
    if form.oppose(perspective, request.user) is None:
        return _show(request, perspective, form.status, opposing=form)
    return redirect(perspective)


@require_POST
def unoppose(request: SignedInRequest, slug: str, pk: int, polarity: int) -> HttpResponse:
    """Remove an opposition."""
    perspective = _perspective(request, slug, pk)
    mine = Polarity.objects.filter(one__collaboration=perspective.collaboration).select_related("one__collaboration")
    verbs.unoppose(polarity=get_object_or_404(mine, pk=polarity), by=request.user)
    return redirect(perspective)


@require_POST
@transaction.atomic
def place(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Choose its themes."""
    perspective = _perspective(request, slug, pk)
    form = PerspectiveThemesForm(perspective, request.POST)
    if not form.place(perspective, request.user):
        return _show(request, perspective, form.status, placing=form)
    messages.success(request, "Teman sparade.")
    return redirect(perspective)


@require_POST
def undo(request: SignedInRequest, slug: str) -> HttpResponse:
    """Undo this user's latest event."""
    event = undo_last(collaboration=collaboration_of(request, slug), by=request.user)
    messages.success(request, f"Ångrat: {event.sentence}.")
    return redirect("coordinate:perspectives", slug)


def sample(request: SignedInRequest, slug: str) -> HttpResponse:
    """A second coder reviews a random sample of attachments, made by others if there are any."""
    collaboration = collaboration_of(request, slug)
    attachments = Attachment.objects.current().filter(perspective__collaboration=collaboration)
    attachments = attachments.select_related("statement", "perspective__collaboration", "attached_by")
    if request.method == "POST":
        attachment = get_object_or_404(attachments, pk=parse_id(request.POST.get("koppling")))
        verbs.second_opinion(attachment=attachment, agrees="ja" in request.POST, by=request.user)
        return redirect("coordinate:sample", slug)
    context = {
        "collaboration": collaboration,
        "drawn": _draw_sample(attachments, request),
        "opinions": _count_opinions(collaboration.pk),
    }
    return render_page(request, "surveys/codebook/sample.html", context)


def _draw_sample(attachments: Any, request: SignedInRequest) -> list[Attachment]:
    judged = CodingEvent.objects.filter(by=request.user, verb__in=["agree", "disagree"])
    seen = [event.details.get("attachment") for event in judged.only("details")]
    left = attachments.filter(statement__state=Statement.State.CONFIRMED).exclude(pk__in=[key for key in seen if key])
    others = left.exclude(attached_by=request.user)
    drawn = others if others.exists() else left
    return list(drawn.defer("statement__raw_text").order_by("?")[:SAMPLE])


def _count_opinions(collaboration: int) -> dict[str, int]:
    judged = CodingEvent.objects.filter(collaboration=collaboration)
    return {verb: judged.filter(verb=verb).count() for verb in ("agree", "disagree")}
