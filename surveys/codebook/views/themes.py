"""The coordinator's pages for themes: list, order, titles and perspectives."""

from typing import Any

from django.contrib import messages
from django.db import transaction
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
    sections = build_codebook(theme.collaboration)
    section = next((section_of_theme for section_of_theme in sections if section_of_theme.theme == theme), None)
    entries = section.entries if section else ()
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
    """List themes in order."""
    collaboration = collaboration_of(request, slug)
    sections = build_codebook(collaboration)
    context = {
        "collaboration": collaboration,
        "sections": [section for section in sections if section.theme],
        "loose": [entry for section in sections if not section.theme for entry in section.entries],
        "retired": Theme.objects.filter(collaboration=collaboration, retired_at__isnull=False),
    }
    return render_page(request, "surveys/codebook/themes.html", context)


def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create a theme."""
    collaboration = collaboration_of(request, slug)
    form = ThemeForm(request.POST or None)
    theme = form.create(collaboration, request.user) if request.method == "POST" else None
    if theme is None:
        context = {"collaboration": collaboration, "form": form}
        return render_page(
            request, "surveys/codebook/theme_new.html", context, status=form.status if form.is_bound else 200
        )
    return redirect(theme)


@transaction.atomic
def theme(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show a theme with its perspectives, and edit its title and description."""
    theme = _theme(request, slug, pk)
    if request.method != "POST":
        return _show(request, theme)
    form = ThemeForm.for_theme(theme, request.POST)
    if not form.edit(theme, request.user):
        return _show(request, theme, form.status, editing=form)
    messages.success(request, "Ändrat.")
    return redirect(theme)


@require_POST
def move(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Move a theme one step up or down."""
    steps = -1 if "upp" in request.POST else 1
    theme_editing.move_theme(theme=_theme(request, slug, pk), steps=steps, by=request.user)
    return redirect("coordinate:themes", slug)


@require_POST
def place(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Add a perspective."""
    theme = _theme(request, slug, pk)
    form = ThemePlacementForm(theme, [], request.POST)
    if not form.place(theme, request.user):
        return _show(request, theme, form.status, placing=form)
    return redirect(theme)


@require_POST
def unplace(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a perspective."""
    theme = _theme(request, slug, pk)
    mine = Perspective.objects.filter(collaboration=theme.collaboration)
    perspective = get_object_or_404(mine, pk=parse_id(request.POST.get("perspektiv")))
    theme_editing.unplace(perspective=perspective, theme=theme, by=request.user)
    return redirect(theme)


@require_POST
def retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Retire it."""
    theme = _theme(request, slug, pk)
    theme_editing.retire_theme(theme=theme, by=request.user)
    messages.success(request, f"«{theme}» är borttaget. Perspektiven är kvar.")
    return redirect("coordinate:themes", slug)


@require_POST
def restore(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Put it back into use."""
    theme = _theme(request, slug, pk)
    theme_editing.restore_theme(theme=theme, by=request.user)
    return redirect(theme)
