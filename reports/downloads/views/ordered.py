"""Ordering a large file, following how it goes, and fetching it."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actors.models import Collaboration
from actors.permissions.asking_again import ask_again, ask_before_file, hands_out_raw_text_when
from actors.permissions.lookups import SignedInRequest
from ostberga.lib.files.sealed_files import opened
from ostberga.lib.web.htmx import render_page
from reports.downloads.catalogue import OFFERS
from reports.downloads.forms import FileOrderForm
from reports.downloads.handing_out import hand_out, is_raw, what_she_may_take
from reports.downloads.ordering import order_file
from reports.models import Export


def _has_raw_text(pk: UUID, **_address: str) -> bool:
    return any(is_raw(table) for table in Export.objects.filter(pk=pk).values_list("table", flat=True))


@require_POST
def order(request: SignedInRequest, slug: str, table: str) -> HttpResponse:
    """Order the file, and show how it goes. One with raw text asks for the password again."""
    collaboration = what_she_may_take(request, slug, table)
    return (ask_again(_order) if is_raw(table) else _order)(request, collaboration, table)


def _order(request: SignedInRequest, collaboration: Collaboration, table: str) -> HttpResponse:
    form = FileOrderForm(request.POST, table=table)
    if not form.is_valid():
        return redirect("coordinate:take-out-table", collaboration.slug, table)
    export = order_file(collaboration=collaboration, table=table, format_=form.cleaned_data["format"], by=request.user)
    return redirect("coordinate:take-out-state", collaboration.slug, export.pk)


@require_safe
@never_cache
def state(request: SignedInRequest, slug: str, pk: UUID) -> HttpResponse:
    """Show how far a file has come. The page asks again while it is made."""
    export = _export(request, slug, pk)
    context = {"collaboration": export.collaboration, "export": export, "chosen": OFFERS[export.table]}
    return render_page(request, "reports/downloads/state.html", context, parts=("_export",))


@hands_out_raw_text_when(_has_raw_text)
@require_safe
@never_cache
def fetch(request: SignedInRequest, slug: str, pk: UUID) -> HttpResponseBase:
    """Download a file that is finished. It is decrypted as it is sent."""
    export = _export(request, slug, pk)
    if export.state != Export.State.FINISHED or not default_storage.exists(export.file.name):
        return redirect("coordinate:take-out-state", slug, pk)
    if is_raw(export.table) and (asked := ask_before_file(request)):
        return asked
    return hand_out(
        opened(default_storage.open(export.file.name)),
        table=export.table,
        format_=export.format,
        collaboration=export.collaboration,
        to=request.user,
        made_on=export.made_on,
    )


def _export(request: SignedInRequest, slug: str, pk: UUID) -> Export:
    """Return a file that she ordered and may still have, or raise 404."""
    hers = Export.objects.fetched_by(request.user).select_related("collaboration")
    export = get_object_or_404(hers, pk=pk, collaboration__slug=slug)
    what_she_may_take(request, slug, export.table)
    return export
