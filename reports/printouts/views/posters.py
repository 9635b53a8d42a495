"""Things to print for a place where the form is handed out; for the coordinator."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ostberga.lib.translations.languages import SOURCE
from reports.printouts import posters
from surveys.models import Channel, Survey


@require_safe
def poster(request: HttpRequest, slug: str, pk: int, channel: int) -> HttpResponse:
    """The poster of a place."""
    found = _channel(request, slug, pk, channel)
    return _pdf(posters.render_poster(found), f"affisch-{found.code}.pdf")


@require_safe
def sheet(request: HttpRequest, slug: str, pk: int, channel: int, language: str) -> HttpResponse:
    """The form on paper, for a place and in a language."""
    found = _channel(request, slug, pk, channel)
    if language not in {SOURCE, *found.survey.languages}:
        raise Http404
    return _pdf(posters.render_sheet(found, language), f"pappersblad-{found.code}-{language}.pdf")


def _channel(request: HttpRequest, slug: str, pk: int, channel: int) -> Channel:
    mine = Survey.objects.coordinated_by(request.user).filter(pk=pk, collaboration__slug=slug)  # type: ignore[arg-type]
    channels = Channel.objects.select_related("survey__collaboration", "survey__guiding_question")
    return get_object_or_404(channels, survey__in=mine, pk=channel)


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
