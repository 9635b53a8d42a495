"""PDF of posters and paper forms of a channel, for the coordinator and communicators."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ostberga.lib.translations.languages import SOURCE
from reports.printouts import posters
from surveys.models import Channel, Survey


@require_safe
def poster(request: HttpRequest, slug: str, pk: int, channel: int) -> HttpResponse:
    """The poster of a channel."""
    channel_row = _channel(request, slug, pk, channel)
    return _pdf(posters.render_poster(channel_row), f"affisch-{channel_row.code}.pdf")


@require_safe
def sheet(request: HttpRequest, slug: str, pk: int, channel: int, language: str) -> HttpResponse:
    """The paper form of a channel in a language."""
    channel_row = _channel(request, slug, pk, channel)
    if language not in {SOURCE, *channel_row.survey.languages}:
        raise Http404
    return _pdf(posters.render_sheet(channel_row, language), f"pappersblad-{channel_row.code}-{language}.pdf")


def _channel(request: HttpRequest, slug: str, pk: int, channel: int) -> Channel:
    mine = Survey.objects.printed_by(request.user).filter(pk=pk, collaboration__slug=slug)  # type: ignore[arg-type]
    channels = Channel.objects.select_related("survey__collaboration", "survey__guiding_question")
    return get_object_or_404(channels, survey__in=mine, pk=channel)


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
