"""The security log, for the data controller's data-protection officer: a page and a file."""

import csv
from collections.abc import Iterator
from itertools import islice

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actors.models import Collaboration, SecurityEvent, SecuritySeal
from actors.models.security_event import SecurityEventQuerySet
from actors.permissions.lookups import SignedInRequest
from actors.security_log.forms import LogFilterForm
from actors.security_log.objects import ToldEvent, described
from actors.security_log.recording import Kind, record
from ostberga.lib.tables.cells import as_harmless_words
from ostberga.lib.tables.delimited import BETWEEN, MARK, LineEcho

PER_PAGE = 100
# Rows of the file that are in memory at a time.
ROWS_READ = 500
HEADINGS = ("När", "Vem", "Vad", "Hur det gick", "Samverkan", "Om vad", "Slag av objekt", "Nyckel")


@require_safe
@never_cache
def security_log(request: SignedInRequest) -> HttpResponse:
    """Show the events, filtered by person, kind and day, newest first. Reading is logged too."""
    form = _filter(request)
    record(Kind.LOG_READ, by=request.user)
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(form.chosen(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": described(page.object_list)}
    context["query"] = f"{query.urlencode()}&" if query else ""
    return render(request, "actors/security_log/security_log.html", context)


@require_safe
@never_cache
def security_log_file(request: SignedInRequest) -> StreamingHttpResponse:
    """The same events as a CSV file, whose last row is the newest seal. It is read as it is sent."""
    lines = _lines(_filter(request).chosen(), seal=str(SecuritySeal.objects.last() or ""))
    headers = {"Content-Disposition": 'attachment; filename="sakerhetslogg.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _lines(events: SecurityEventQuerySet, *, seal: str) -> Iterator[str]:
    writer = csv.writer(LineEcho(), delimiter=BETWEEN)
    yield MARK + writer.writerow(HEADINGS)
    read = events.iterator(chunk_size=ROWS_READ)
    while several := list(islice(read, ROWS_READ)):
        for told in described(several):
            yield writer.writerow([as_harmless_words(value) for value in _row(told)])
    yield writer.writerow(["Sista sigillet", seal])


def _filter(request: SignedInRequest) -> LogFilterForm:
    if not Collaboration.objects.protected_by(request.user).exists():
        raise Http404
    events = SecurityEvent.objects.readable_by(request.user).select_related("who", "collaboration")
    return LogFilterForm(request.GET, events=events)


def _row(told: ToldEvent) -> tuple[str, ...]:
    event = told.event
    when = timezone.localtime(event.at).isoformat(timespec="seconds")
    what = (told.what, event.get_outcome_display(), str(event.collaboration or ""), told.about)
    return (when, told.who, *what, event.object_type, event.object_key)
