"""The coordinator's list of statements, with search and filters."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of, helped_collaboration_of
from actors.rules.rights import READ
from ostberga.lib.web.htmx import render_page
from ostberga.lib.web.list_filters import query_without_page
from surveys.codebook.overview import place_statements
from surveys.coding.views.workbench import workbench_url
from surveys.models import Statement
from surveys.statements.filters import StatementFilter
from surveys.statements.sources import source_of

PER_PAGE = 50


@require_safe
def statements(request: SignedInRequest, slug: str) -> HttpResponse:
    """List statements. The raw text is neither decrypted nor searched."""
    collaboration = helped_collaboration_of(request, slug, READ)
    heard = Statement.objects.heard_in(collaboration).defer("raw_text").select_related("wave")
    everything = heard.publishable() if collaboration.is_only_helped else heard
    statement_filter = StatementFilter(collaboration, request.GET, everything)
    page = Paginator(statement_filter.qs.order_by("-created_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"collaboration": collaboration} | {
        "form": statement_filter.form,
        "is_guess": statement_filter.is_guess,
        "page": page,
        "rows": place_statements(collaboration, page.object_list),
        "query": query_without_page(request),
    }
    return render_page(request, "surveys/coding/statements.html", context, parts=("_statements_found",))


@require_safe
def statement(request: SignedInRequest, slug: str, pk: UUID) -> HttpResponse:
    """Redirect to the statement in the workbench."""
    collaboration = collaboration_of(request, slug)
    mine = Statement.objects.heard_in(collaboration).select_related("answer", "interview")
    statement = get_object_or_404(mine, pk=pk)
    return redirect(workbench_url(collaboration, source_of(statement), "", statement))
