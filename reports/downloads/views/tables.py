"""What can be taken out, each table with what it holds, and the files of those that are small."""

import tempfile
from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actors.permissions.asking_again import ask_before_file, hands_out_raw_text_when
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.tables.table import Audience
from reports.downloads.catalogue import BUNDLES, EXCHANGES, OFFERS, SECTIONS, formats_of
from reports.downloads.file_making import count_rows, write_file
from reports.downloads.handing_out import hand_out, is_raw, what_she_may_take
from reports.downloads.ordering import ROWS_AT_ONCE
from reports.models import Export


@require_safe
def everything(request: SignedInRequest, slug: str) -> HttpResponse:
    """List all tables by section, the bundles, and the files that she has ordered."""
    collaboration = collaboration_of(request, slug)
    context = {
        "collaboration": collaboration,
        "sections": SECTIONS,
        "bundles": BUNDLES.values(),
        "exchanges": EXCHANGES.values(),
        "ordered": Export.objects.fetched_by(request.user).filter(collaboration=collaboration),
        "raw": Audience.RAW_READERS,
    }
    return render(request, "reports/downloads/take_out.html", context)


@require_safe
def table(request: SignedInRequest, slug: str, table: str) -> HttpResponse:
    """Show what a table or bundle holds and leaves out, and its formats."""
    collaboration = what_she_may_take(request, slug, table)
    rows = count_rows(table, collaboration)
    context = {
        "collaboration": collaboration,
        "chosen": OFFERS[table],
        "is_bundle": table in BUNDLES,
        "rows": rows,
        "is_large": rows > ROWS_AT_ONCE or table in BUNDLES,
        "formats": formats_of(table),
        "raw": Audience.RAW_READERS,
    }
    return render(request, "reports/downloads/table.html", context)


@hands_out_raw_text_when(lambda table, **_address: table in OFFERS and is_raw(table))
@require_safe
@never_cache
def table_file(request: SignedInRequest, slug: str, table: str, format_: str) -> HttpResponseBase:
    """Download a table of few rows. One of many leads to its page, where it is ordered."""
    collaboration = what_she_may_take(request, slug, table)
    if format_ not in formats_of(table) or table in BUNDLES:
        raise Http404
    if count_rows(table, collaboration) > ROWS_AT_ONCE:
        return redirect("coordinate:take-out-table", slug, table)
    if is_raw(table) and (asked := ask_before_file(request)):
        return asked
    with tempfile.TemporaryFile() as made:
        write_file(table, format_, collaboration, made, lambda _rows: None)
        made.seek(0)
        content = list(iter(partial(made.read, 2**20), b""))
    return hand_out(content, table=table, format_=format_, collaboration=collaboration, to=request.user)
