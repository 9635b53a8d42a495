"""Pages for a file that a worker judges: how far it has come, what it asks, storing it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from actors.permissions.asking_again import ask_before_file, hands_out_raw_text
from actors.permissions.lookups import SignedInRequest
from actors.security_log.recording import Kind, record
from ostberga.lib.web import form_tokens
from ostberga.lib.web.htmx import render_page
from surveys.importing import large_files
from surveys.importing.forms import PeopleForm
from surveys.importing.sheets_out import refused_workbook
from surveys.importing.views import not_saved
from surveys.importing.views.importing import CHANGED
from surveys.importing.views.workbook_answer import download
from surveys.models import LargeImport, Survey
from surveys.permissions.lookups import survey_of

# Posted, but no choices about the file. The form's token is the browser's alone: it leads to kept words.
_NOT_CHOSEN = {"csrfmiddlewaretoken", "seen", "people", form_tokens.FIELD, form_tokens.KEPT}


@require_safe
def show(request: SignedInRequest, slug: str, pk: int, large: UUID) -> HttpResponse:
    """Show how far the worker has come, then what becomes of the rows; once stored, the import."""
    survey = survey_of(request, slug, pk)
    if survey.imports.filter(pk=large).exists():
        return _go_to(request, reverse("coordinate:import-done", args=[slug, pk, large]))
    held = _large_of(survey, large)
    _note_reading(request, survey, held)
    context = _context(survey, held)
    return render_page(request, "surveys/importing/large.html", context, parts=["_large"])


@require_POST
def judge(request: SignedInRequest, slug: str, pk: int, large: UUID) -> HttpResponse:
    """Have the rows judged anew, with what was chosen."""
    return _ask_worker(request, slug, pk, large, LargeImport.Work.JUDGE)


@require_POST
def store(request: SignedInRequest, slug: str, pk: int, large: UUID) -> HttpResponse:
    """Have the rows stored, if that is what was shown."""
    return _ask_worker(request, slug, pk, large, LargeImport.Work.STORE)


@hands_out_raw_text
@require_safe
def refused(request: SignedInRequest, slug: str, pk: int, large: UUID) -> HttpResponse:
    """Download the rows that are not stored, with the reason beside each. The password is asked for again."""
    survey = survey_of(request, slug, pk)
    held = _large_of(survey, large)
    if asked := ask_before_file(request):
        return asked
    _note_reading(request, survey, held)
    rows = large_files.refused(held)
    return download(refused_workbook(rows), f"inte-sparade-{survey.pk}.xlsx")


def _note_reading(request: SignedInRequest, survey: Survey, large: LargeImport) -> None:
    """Write in the security log that the rows were read, where they are shown: not while a worker has them."""
    if not large.is_working and large.result:
        record(Kind.READ_RAW_TEXT, by=request.user, on=survey, collaboration=survey.collaboration)


def _ask_worker(request: SignedInRequest, slug: str, pk: int, large: UUID, work: str) -> HttpResponse:
    """Have a worker do it. Sent again when it is done, lead to the import."""
    survey = survey_of(request, slug, pk)
    if survey.imports.filter(pk=large).exists():
        return redirect("coordinate:import-done", slug, pk, large)
    file, form = _large_of(survey, large), PeopleForm(request.POST)
    if not form.is_valid():
        _note_reading(request, survey, file)
        context = _context(survey, file) | {"form": form}
        return render_page(request, "surveys/importing/large.html", context, status=422)
    _queue(request, file, work, form.cleaned_data["people"] or 0)
    return redirect("coordinate:import-large", slug, pk, large)


def _queue(request: SignedInRequest, large: LargeImport, work: str, people: int) -> None:
    """Ask for it, and keep for whoever stores the rows that will not be stored, once the worker has said yes."""
    large_files.ask_worker(
        large=large,
        by=request.user,
        work=work,
        chosen={name: value for name, value in request.POST.dict().items() if name not in _NOT_CHOSEN},
        seen=request.POST.get("seen", ""),
        people=people,
    )
    if work == LargeImport.Work.STORE:
        not_saved.keep(request, large.pk, large_files.refused(large))


def _context(survey: Survey, large: LargeImport) -> dict[str, Any]:
    dry_run = None if large.is_working else large_files.shown(large)
    place = [survey.collaboration.slug, survey.pk, large.pk]
    is_changed = large.work == large.Work.STORE and dry_run is not None and dry_run.fingerprint != large.seen
    return {
        "collaboration": survey.collaboration,
        "survey": survey,
        "large": large,
        "dry_run": dry_run,
        "changed": CHANGED if is_changed else "",
        "form": PeopleForm(initial={"people": large.people or None}),
        "urls": {name: reverse(f"coordinate:import-large-{name}", args=place) for name in ("store", "refused")},
    }


def _go_to(request: SignedInRequest, address: str) -> HttpResponse:
    """Redirect, also the whole page when htmx asks for a part of it."""
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)


def _large_of(survey: Survey, key: UUID) -> LargeImport:
    # A page that tells how far a worker has come is asked for every other second, and reads none of these.
    return get_object_or_404(survey.large_imports.defer("source", "chosen", "result"), pk=key)
