"""The coordinator's page of papers to complete, also while she waits for the data controller."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.founding.documents.papers import PAPERS, build_paper
from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def papers(request: SignedInRequest, slug: str) -> HttpResponse:
    """The papers, each a draft made from the configuration."""
    collaboration = prepared_collaboration_of(request, slug)
    return render(request, "actors/founding/papers.html", {"collaboration": collaboration, "papers": PAPERS.values()})


@require_safe
def paper(request: SignedInRequest, slug: str, name: str) -> HttpResponse:
    """One of them as a Word file."""
    collaboration = prepared_collaboration_of(request, slug)
    if name not in PAPERS:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}-{collaboration.slug}.docx"'}
    return HttpResponse(build_paper(PAPERS[name], collaboration), content_type=WORD, headers=headers)
