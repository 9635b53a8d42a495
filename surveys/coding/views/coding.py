"""Views of the coding workbench: reading, cutting, reviewing, keeping back, attaching and undoing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.rights import CODE
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
    """Redirect to the first text in the queue, or show that there is none."""
    collaboration = helped_collaboration_of(request, slug, CODE)
    coder = reading_queue.limited_reader(collaboration, request.user)
    filter_form = QueueFilterForm(collaboration, request.GET, coder)
    queue_filter = filter_form.queue_filter
    source = reading_queue.first_text(queue_filter, collaboration) if queue_filter else None
    if source is not None:
        return redirect(workbench_url(collaboration, source, request.GET.urlencode()))
    progress = reading_queue.reading_progress(queue_filter) if queue_filter else None
    context = {"collaboration": collaboration, "filter_form": filter_form, "queue_filter": queue_filter}
    context |= {"progress": progress, "coder": coder}
    return render_page(request, "surveys/coding/coding_nothing.html", context)


@require_safe
def read(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Show one text in the workbench."""
    return Workbench(request, slug, kind, pk).show()


@require_POST
def cut(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Make a statement of the marked part."""
    workbench, form = Workbench(request, slug, kind, pk), CutTextForm(request.POST)
    statement = form.cut(workbench.source, request.user)
    if statement is None:
        return workbench.show(form.status, cutting=form)
    return redirect(workbench.address(statement))


@require_POST
def split(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Make a statement of each part separated by hand."""
    workbench, form = Workbench(request, slug, kind, pk), SplitTextForm(request.POST)
    statements = form.split(workbench.source, request.user)
    if not statements:
        return workbench.show(form.status, divide=form)
    messages.success(request, "En utsaga gjord." if len(statements) == 1 else f"Uppdelat i {len(statements)} utsagor.")
    return redirect(workbench.address(statements[0]))


@require_POST
def finish(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Mark the text as gone through."""
    workbench = Workbench(request, slug, kind, pk)
    cutting.finish_source(source=workbench.source, by=request.user)
    messages.success(request, "Hela texten är genomgången.")
    return redirect(workbench.address())


@require_POST
def review(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Confirm the masked text, or (with «maska om») mask it anew except for what may be kept."""
    workbench = Workbench(request, slug, kind, pk)
    if "maska" in request.POST:
        return workbench.show(review=ReviewForm.with_new_proposal(workbench.source, workbench.statement, request.POST))
    form = ReviewForm(workbench.source, workbench.statement, request.POST)
    statement = form.confirm(workbench.subject, request.user)
    if statement is None:
        return workbench.show(form.status, review=form)
    messages.success(request, "Bekräftad.")
    return redirect(workbench.address(statement))


@require_POST
def keep_back(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Quarantine a statement, or set it aside."""
    workbench, form = Workbench(request, slug, kind, pk), KeepBackForm(request.POST)
    quarantined = "karantan" in request.POST
    statement = (form.quarantine if quarantined else form.set_aside)(workbench.subject, request.user)
    if statement is None:
        return workbench.show(form.status, keep_back=form)
    messages.success(request, "Lagd i karantän." if quarantined else "Lagd åt sidan.")
    return redirect(workbench.address(statement))


@require_POST
def reopen(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Return a statement to review."""
    workbench = Workbench(request, slug, kind, pk)
    statement = reviewing.reopen(statement=workbench.subject(), by=request.user, seen=request.POST.get("seen"))
    messages.success(request, "Öppnad igen. Ingen utanför gruppen kan läsa den förrän den är bekräftad.")
    return redirect(workbench.address(statement))


@require_POST
def attach(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Attach the statement to an existing or new perspective."""
    workbench, form = Workbench(request, slug, kind, pk), AttachForm(request.POST)
    statement = form.attach(workbench.collaboration, workbench.subject, request.user)
    if statement is None:
        return workbench.show(form.status, attaching=form)
    return workbench.done(statement)


@require_POST
def detach(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Detach the statement from a perspective."""
    workbench = Workbench(request, slug, kind, pk)
    standing = Perspective.objects.filter(collaboration=workbench.collaboration)
    perspective = get_object_or_404(standing, pk=parse_id(request.POST.get("perspektiv")))
    perspectives.detach(statement=workbench.subject(), perspective=perspective, by=request.user)
    return workbench.done(workbench.statement)


@require_POST
def undo(request: SignedInRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Undo this user's latest event, and show its text."""
    workbench = Workbench(request, slug, kind, pk)
    event = undo_last(collaboration=workbench.collaboration, by=request.user)
    messages.success(request, f"Ångrat: {event.sentence}.")
    if event.statement is None:
        return redirect(workbench.address())
    return redirect(
        workbench_url(workbench.collaboration, source_of(event.statement), workbench.query, event.statement)
    )
