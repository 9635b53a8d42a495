"""The coordinator's themes: their names and order, and which perspectives lie in them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page
from surveys.codebook import theme_editing
from surveys.codebook.forms import ThemeForm, ThemePlacementForm
from surveys.codebook.overview import build_codebook
from surveys.models import Perspective, Theme


def _theme(request: SignedInRequest, slug: str, pk: int) -> Theme:
    mine = Theme.objects.select_related("collaboration")
    return get_object_or_404(mine, collaboration=collaboration_of(request, slug), pk=pk)


def _show(request: SignedInRequest, theme: Theme, status: int = 200, **forms: Any) -> HttpResponse:
    shelves = build_codebook(theme.collaboration)
    shelf = next((each for each in shelves if each.theme == theme), None)
    entries = shelf.entries if shelf else ()
    context: dict[str, Any] = {
        "collaboration": theme.collaboration,
        "theme": theme,
        "entries": entries,
        "editing": ThemeForm.for_theme(theme),
        "placing": ThemePlacementForm(theme, [entry.perspective for entry in entries]),
    }
    return render_page(request, "surveys/codebook/theme.html", {**context, **forms}, status=status)


@require_safe
def themes(request: SignedInRequest, slug: str) -> HttpResponse:
    """All themes in their order, which says nothing about weight."""
    collaboration = collaboration_of(request, slug)
    shelves = build_codebook(collaboration)
    shown = {
        "collaboration": collaboration,
        "shelves": [shelf for shelf in shelves if shelf.theme],
        "loose": [entry for shelf in shelves if not shelf.theme for entry in shelf.entries],
        "retired": Theme.objects.filter(collaboration=collaboration, retired_at__isnull=False),
    }
    return render_page(request, "surveys/codebook/themes.html", shown)


def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make a theme."""
    collaboration = collaboration_of(request, slug)
    form = ThemeForm(request.POST or None)
    made = form.create(collaboration, request.user) if request.method == "POST" else None
    if made is None:
        shown = {"collaboration": collaboration, "form": form}
        return render_page(
            request, "surveys/codebook/theme_new.html", shown, status=form.status if form.is_bound else 200
        )
    return redirect(made)


def theme(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One theme: its words, and its perspectives."""
    found = _theme(request, slug, pk)
    if request.method != "POST":
        return _show(request, found)
    form = ThemeForm.for_theme(found, request.POST)
    if not form.edit(found, request.user):
        return _show(request, found, form.status, editing=form)
    messages.success(request, "Ändrat.")
    return redirect(found)


@require_POST
def move(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One step up or down in the order."""
    steps = -1 if "upp" in request.POST else 1
    theme_editing.move_theme(theme=_theme(request, slug, pk), steps=steps, by=request.user)
    return redirect("coordinate:themes", slug)


@require_POST
def place(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Put a perspective in it."""
    found = _theme(request, slug, pk)
    form = ThemePlacementForm(found, [], request.POST)
    if not form.place(found, request.user):
        return _show(request, found, form.status, placing=form)
    return redirect(found)


@require_POST
def unplace(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a perspective out of it."""
    found = _theme(request, slug, pk)
    mine = Perspective.objects.filter(collaboration=found.collaboration)
    perspective = get_object_or_404(mine, pk=parse_id(request.POST.get("perspektiv")))
    theme_editing.unplace(perspective=perspective, theme=found, by=request.user)
    return redirect(found)


@require_POST
def retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take it out of use."""
    found = _theme(request, slug, pk)
    theme_editing.retire_theme(theme=found, by=request.user)
    messages.success(request, f"«{found}» är borttaget. Perspektiven är kvar.")
    return redirect("coordinate:themes", slug)


@require_POST
def restore(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take it back into use."""
    found = _theme(request, slug, pk)
    theme_editing.restore_theme(theme=found, by=request.user)
    return redirect(found)
