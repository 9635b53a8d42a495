"""The coordinator's workbench: raw words are read, cut out, masked, confirmed and placed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page
from surveys.codebook import perspectives
from surveys.coding import reading_queue
from surveys.coding.forms.coding import AttachForm, CutTextForm, KeepBackForm, QueueFilterForm, SplitTextForm
from surveys.coding.forms.reviewing import ReviewForm
from surveys.coding.views.workbench import Workbench, workbench_url
from surveys.models import Perspective
from surveys.statements import cutting, reviewing
from surveys.statements.sources import source_of
from surveys.statements.undoing import undo_last


@require_safe
def start(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin reading: the first text that waits, or a page that says that nothing does."""
    collaboration = collaboration_of(request, slug)
    choices = QueueFilterForm(collaboration, request.GET)
    wanted = choices.wanted
    source = reading_queue.first_text(wanted, collaboration) if wanted else None
    if source is not None:
        return redirect(workbench_url(collaboration, source, request.GET.urlencode()))
    progress = reading_queue.reading_progress(wanted.wave) if wanted else None
    shown = {"collaboration": collaboration, "choices": choices, "wanted": wanted, "progress": progress}
    return render_page(request, "surveys/coding/coding_nothing.html", shown)


@require_safe
def read(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """One text on the workbench."""
    return Workbench(request, slug, kind, pk).show()


@require_POST
def cut(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Make a statement of what was marked."""
    bench, form = Workbench(request, slug, kind, pk), CutTextForm(request.POST)
    made = form.cut(bench.source, request.user)
    if made is None:
        return bench.show(form.status, cutting=form)
    return redirect(bench.address(made))


@require_POST
def split(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Make a statement of each part that was divided by hand."""
    bench, form = Workbench(request, slug, kind, pk), SplitTextForm(request.POST)
    made = form.split(bench.source, request.user)
    if not made:
        return bench.show(form.status, divide=form)
    messages.success(request, "En utsaga gjord." if len(made) == 1 else f"Uppdelat i {len(made)} utsagor.")
    return redirect(bench.address(made[0]))


@require_POST
def finish(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Say that all of the text has been gone through."""
    bench = Workbench(request, slug, kind, pk)
    cutting.finish_source(source=bench.source, by=request.user)
    messages.success(request, "Hela texten är genomgången.")
    return redirect(bench.address())


@require_POST
def review(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Confirm the masked words, or (with «maska om») propose them anew after what may stay."""
    bench = Workbench(request, slug, kind, pk)
    if "maska" in request.POST:
        return bench.show(review=ReviewForm.with_new_proposal(bench.source, bench.statement, request.POST))
    form = ReviewForm(bench.source, bench.statement, request.POST)
    confirmed = form.confirm(bench.subject, request.user)
    if confirmed is None:
        return bench.show(form.status, review=form)
    messages.success(request, "Bekräftad.")
    return redirect(bench.address(confirmed))


@require_POST
def keep_back(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Quarantine a statement, or set it aside; both can be taken back."""
    bench, form = Workbench(request, slug, kind, pk), KeepBackForm(request.POST)
    quarantined = "karantan" in request.POST
    kept = (form.quarantine if quarantined else form.set_aside)(bench.subject, request.user)
    if kept is None:
        return bench.show(form.status, keep_back=form)
    messages.success(request, "Lagd i karantän." if quarantined else "Lagd åt sidan.")
    return redirect(bench.address(kept))


@require_POST
def reopen(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Take a statement back for a new review."""
    bench = Workbench(request, slug, kind, pk)
    statement = reviewing.reopen(statement=bench.subject(), by=request.user, seen=request.POST.get("seen"))
    messages.success(request, "Öppnad igen. Ingen utanför gruppen kan läsa den förrän den är bekräftad.")
    return redirect(bench.address(statement))


@require_POST
def attach(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Let the statement rest on a perspective, one there is or a new one."""
    bench, form = Workbench(request, slug, kind, pk), AttachForm(request.POST)
    statement = form.attach(bench.collaboration, bench.subject, request.user)
    if statement is None:
        return bench.show(form.status, attaching=form)
    return bench.done(statement)


@require_POST
def detach(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """The statement no longer rests on the perspective."""
    bench = Workbench(request, slug, kind, pk)
    standing = Perspective.objects.filter(collaboration=bench.collaboration)
    perspective = get_object_or_404(standing, pk=parse_id(request.POST.get("perspektiv")))
    perspectives.detach(statement=bench.subject(), perspective=perspective, by=request.user)
    return bench.done(bench.statement)


@require_POST
def undo(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Take back the latest thing this person did, and show where it was."""
    bench = Workbench(request, slug, kind, pk)
    event = undo_last(collaboration=bench.collaboration, by=request.user)
    messages.success(request, f"Ångrat: {event.sentence}.")
    if event.statement is None:
        return redirect(bench.address())
    return redirect(workbench_url(bench.collaboration, source_of(event.statement), bench.query, event.statement))
