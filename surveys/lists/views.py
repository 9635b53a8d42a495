"""Pages for bringing in a list: paste, dry run, store, and taking back. Each kind has its own addresses."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page
from surveys.importing.views import not_saved
from surveys.lists import list_import, list_take_back
from surveys.lists.declared import ListContext, ListKind
from surveys.lists.forms import ListForm
from surveys.lists.list_import import ListRun, ListStored

CHANGED = "Något är ändrat sedan du granskade. Titta igenom raderna en gång till och spara sedan."


def bring(request: SignedInRequest, slug: str, kind: ListKind) -> HttpResponse:
    """Step one: paste rows and show what would become of them. Nothing is stored."""
    collaboration = collaboration_of(request, slug)
    form = ListForm(kind, collaboration, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show_form(request, collaboration, form)
    run = list_import.judge(
        kind=kind, context=_context(request, collaboration, form), source=form.source, chosen=request.POST.dict()
    )
    return _show_run(request, collaboration, form, run)


@require_POST
def store(request: SignedInRequest, slug: str, kind: ListKind) -> HttpResponse:
    """Step two: store the rows, if that is what was shown."""
    collaboration = collaboration_of(request, slug)
    form = ListForm(kind, collaboration, request.POST)
    if not form.is_valid():
        return _show_form(request, collaboration, form)
    stored = _store(request, collaboration, form)
    if isinstance(stored, ListRun):
        return _show_run(request, collaboration, form, stored, CHANGED)
    if stored.run is not None:
        not_saved.keep(request, stored.done.pk, stored.run.left_out)
    messages.success(request, f"{stored.done.stored} {kind.unit} är sparade.")
    return redirect(f"coordinate:bring-{kind.key}-done", slug, stored.done.pk)


@require_safe
def show(request: SignedInRequest, slug: str, pk: UUID, kind: ListKind) -> HttpResponse:
    """Show what an import stored, with a way to take it back."""
    collaboration = collaboration_of(request, slug)
    done = get_object_or_404(
        collaboration.list_imports.filter(kind=kind.key).select_related("by", "taken_back_by"), pk=pk
    )
    going, staying = list_take_back.foresee(kind, done)
    context = {"collaboration": collaboration, "kind": kind, "done": done, "urls": _urls(slug, kind, pk)}
    context |= {"staying": staying, "going": going, "beside": list_take_back.foresee_beside(kind, done)}
    context |= {"not_saved": not_saved.rows_of(request, pk)[1:], "pages": list_import.pages_of_import(kind, done)}
    return render_page(request, "surveys/lists/list_done.html", context)


@require_POST
def take_back(request: SignedInRequest, slug: str, pk: UUID, kind: ListKind) -> HttpResponse:
    """Take an import back, as far as nothing has been built on it."""
    collaboration = collaboration_of(request, slug)
    done = get_object_or_404(collaboration.list_imports.filter(kind=kind.key), pk=pk)
    done = list_take_back.take_back(kind=kind, done=done, by=request.user)
    kept = f" {done.kept} används och står kvar." if done.kept else ""
    messages.success(request, f"Importen är tillbakatagen.{kept}")
    return redirect(f"coordinate:bring-{kind.key}-done", slug, pk)


def _store(request: SignedInRequest, collaboration: Collaboration, form: ListForm) -> ListStored | ListRun:
    return list_import.store(
        kind=form.kind,
        context=_context(request, collaboration, form),
        source=form.source,
        chosen=request.POST.dict(),
        key=form.key_of_act,
        seen=request.POST.get("seen", ""),
    )


def _context(request: SignedInRequest, collaboration: Collaboration, form: ListForm) -> ListContext:
    typed = form.cleaned_data
    return ListContext(collaboration, request.user, typed.get("wave"), typed.get("list_name", ""))


def _urls(slug: str, kind: ListKind, pk: UUID | None = None) -> dict[str, str]:
    """Return the addresses of the kind's pages."""
    urls = {"start": reverse(f"coordinate:bring-{kind.key}", args=[slug])}
    urls["store"] = reverse(f"coordinate:bring-{kind.key}-store", args=[slug])
    if pk:
        urls["take_back"] = reverse(f"coordinate:bring-{kind.key}-take-back", args=[slug, pk])
    return urls


def _show_form(request: SignedInRequest, collaboration: Collaboration, form: ListForm) -> HttpResponse:
    kind = form.kind
    done = collaboration.list_imports.filter(kind=kind.key).select_related("by")
    imports = [(row, reverse(f"coordinate:bring-{kind.key}-done", args=[collaboration.slug, row.pk])) for row in done]
    context = {"collaboration": collaboration, "kind": kind, "form": form, "imports": imports}
    return render_page(request, "surveys/lists/list_bring.html", context, status=422 if form.is_bound else 200)


def _show_run(
    request: SignedInRequest, collaboration: Collaboration, form: ListForm, run: ListRun, changed: str = ""
) -> HttpResponse:
    context = {
        "collaboration": collaboration,
        "kind": form.kind,
        "form": form,
        "run": run,
        "changed": changed,
        "urls": _urls(collaboration.slug, form.kind),
    }
    status = 409 if changed else 422 if run.problem else 200
    return render_page(request, "surveys/lists/list_judged.html", context, status=status)
