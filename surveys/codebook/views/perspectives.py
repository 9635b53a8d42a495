"""The coordinator's perspectives: all of them side by side, and one with everything that rests on it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page
from surveys.codebook import perspectives as verbs
from surveys.codebook.forms import MergeForm, OpposeForm, PerspectiveForm, PerspectiveThemesForm, SplitPerspectiveForm
from surveys.codebook.overview import build_codebook
from surveys.models import Attachment, CodingEvent, Perspective, Polarity, Statement, Theme
from surveys.statements.undoing import latest_undoable, undo_last

PER_PAGE = 50
SAMPLE = 10


def _perspective(request: SignedInRequest, slug: str, pk: int) -> Perspective:
    collaboration = collaboration_of(request, slug)
    mine = Perspective.objects.select_related("collaboration", "created_by", "merged_into", "split_from")
    return get_object_or_404(mine, collaboration=collaboration, pk=pk)


def _themes(perspective: Perspective) -> list[Theme]:
    themes = Theme.objects.standing().filter(placements__perspective__in=perspective.family)
    return list(themes.distinct())


def _forms(perspective: Perspective, themes: list[Theme]) -> dict[str, Any]:
    return {
        "editing": PerspectiveForm.for_perspective(perspective),
        "merging": MergeForm(perspective),
        "opposing": OpposeForm(perspective),
        "parting": SplitPerspectiveForm(perspective),
        "placing": PerspectiveThemesForm(perspective, themes),
    }


def _show(request: SignedInRequest, perspective: Perspective, status: int = 200, **forms: Any) -> HttpResponse:
    resting = perspective.resting_statements().defer("raw_text").order_by("-created_on", "pk")
    themes = _themes(perspective)
    shown: dict[str, Any] = {
        "collaboration": perspective.collaboration,
        "perspective": perspective,
        "breadth": perspective.breadth(),
        "page": Paginator(resting, PER_PAGE).get_page(request.GET.get("page")),
        "opposites": perspective.opposites(),
        "lineage": perspective.lineage(),
        "themes": themes,
        "history": CodingEvent.objects.filter(perspective__in=perspective.family).select_related("by")[:100],
    }
    return render_page(
        request, "surveys/codebook/perspective.html", shown | _forms(perspective, themes) | forms, status=status
    )


@require_safe
def perspectives(request: SignedInRequest, slug: str) -> HttpResponse:
    """All standing perspectives, by theme and then by when they were formulated; never by how many."""
    collaboration = collaboration_of(request, slug)
    shown = {
        "collaboration": collaboration,
        "shelves": build_codebook(collaboration),
        "retired": Perspective.objects.filter(collaboration=collaboration, retired_at__isnull=False),
        "last": latest_undoable(collaboration=collaboration, by=request.user),
    }
    return render_page(request, "surveys/codebook/perspectives.html", shown)


@require_safe
def codebook(request: SignedInRequest, slug: str) -> HttpResponse:
    """The code book, to print."""
    collaboration = collaboration_of(request, slug)
    shown = {"collaboration": collaboration, "shelves": build_codebook(collaboration)}
    return render_page(request, "surveys/codebook/codebook.html", shown)


def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Formulate a perspective."""
    collaboration = collaboration_of(request, slug)
    form = PerspectiveForm(request.POST or None, initial={"title": {"sv": "Vi som "}})
    made = form.formulate(collaboration, request.user) if request.method == "POST" else None
    if made is None:
        shown = {"collaboration": collaboration, "form": form}
        return render_page(
            request, "surveys/codebook/perspective_new.html", shown, status=form.status if form.is_bound else 200
        )
    return redirect(made)


@require_safe
def perspective(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One perspective with everything that rests on it."""
    return _show(request, _perspective(request, slug, pk))


@require_POST
def edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change its words."""
    found = _perspective(request, slug, pk)
    form = PerspectiveForm.for_perspective(found, request.POST)
    if not form.edit(found, request.user):
        return _show(request, found, form.status, editing=form)
    messages.success(request, "Ändrat.")
    return redirect(found)


@require_POST
def merge(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Let it go up into another."""
    found = _perspective(request, slug, pk)
    form = MergeForm(found, request.POST)
    into = form.merge(found, request.user)
    if into is None:
        return _show(request, found, form.status, merging=form)
    messages.success(request, f"«{found}» har gått upp i det här perspektivet. Det går att ångra.")
    return redirect(into)


@require_POST
def split(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Let some statements rest on a new perspective instead."""
    found = _perspective(request, slug, pk)
    form = SplitPerspectiveForm(found, request.POST)
    made = form.split(found, request.user)
    if made is None:
        return _show(request, found, form.status, parting=form)
    messages.success(request, f"Delat från «{found}».")
    return redirect(made)


@require_POST
def retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take it out of use."""
    found = _perspective(request, slug, pk)
    verbs.retire(perspective=found, by=request.user)
    messages.success(request, f"«{found}» är borttaget. Det går att ta tillbaka.")
    return redirect("coordinate:perspectives", slug)


@require_POST
def restore(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take it back into use."""
    found = _perspective(request, slug, pk)
    verbs.restore(perspective=found, by=request.user)
    messages.success(request, "Perspektivet är tillbaka.")
    return redirect(found)


@require_POST
def oppose(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Set it against another, or change what stands between them."""
    found = _perspective(request, slug, pk)
    form = OpposeForm(found, request.POST)
    if form.oppose(found, request.user) is None:
        return _show(request, found, form.status, opposing=form)
    return redirect(found)


@require_POST
def unoppose(request: SignedInRequest, slug: str, pk: int, polarity: int) -> HttpResponse:
    """They no longer stand against each other."""
    found = _perspective(request, slug, pk)
    mine = Polarity.objects.filter(one__collaboration=found.collaboration).select_related("one__collaboration")
    verbs.unoppose(polarity=get_object_or_404(mine, pk=polarity), by=request.user)
    return redirect(found)


@require_POST
def place(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Choose the themes it lies in."""
    found = _perspective(request, slug, pk)
    form = PerspectiveThemesForm(found, _themes(found), request.POST)
    if not form.place(found, request.user):
        return _show(request, found, form.status, placing=form)
    messages.success(request, "Teman sparade.")
    return redirect(found)


@require_POST
def undo(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take back the latest thing this person did."""
    event = undo_last(collaboration=collaboration_of(request, slug), by=request.user)
    messages.success(request, f"Ångrat: {event.sentence}.")
    return redirect("coordinate:perspectives", slug)


def sample(request: SignedInRequest, slug: str) -> HttpResponse:
    """A second coder looks at judgements drawn by chance, made by somebody else where there is somebody else."""
    collaboration = collaboration_of(request, slug)
    made = Attachment.objects.current().filter(perspective__collaboration=collaboration)
    made = made.select_related("statement", "perspective__collaboration", "attached_by")
    if request.method == "POST":
        attachment = get_object_or_404(made, pk=parse_id(request.POST.get("koppling")))
        verbs.second_opinion(attachment=attachment, agrees="ja" in request.POST, by=request.user)
        return redirect("coordinate:sample", slug)
    shown = {"collaboration": collaboration, "drawn": _drawn(made, request), "opinions": _opinions(collaboration.pk)}
    return render_page(request, "surveys/codebook/sample.html", shown)


def _drawn(made: Any, request: SignedInRequest) -> list[Attachment]:
    judged = CodingEvent.objects.filter(by=request.user, verb__in=["agree", "disagree"])
    seen = [event.details.get("attachment") for event in judged.only("details")]
    left = made.filter(statement__state=Statement.State.CONFIRMED).exclude(pk__in=[key for key in seen if key])
    others = left.exclude(attached_by=request.user)
    return list((others if others.exists() else left).order_by("?")[:SAMPLE])


def _opinions(collaboration: int) -> dict[str, int]:
    judged = CodingEvent.objects.filter(collaboration=collaboration)
    return {verb: judged.filter(verb=verb).count() for verb in ("agree", "disagree")}
