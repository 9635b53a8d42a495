"""The security log, for the data controller's data-protection officer: a page and a file."""

import csv

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actors.models import Collaboration, SecurityEvent
from actors.models.security_event import SecurityEventQuerySet
from actors.permissions.lookups import SignedInRequest
from actors.security_log.forms import LogFilterForm
from actors.security_log.recording import Kind, record

PER_PAGE = 100
HEADINGS = ("När", "Vem", "Vad", "Hur det gick", "Samverkan", "Slag av objekt", "Nyckel")
# A spreadsheet would read a name that begins so as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@never_cache
def security_log(request: SignedInRequest) -> HttpResponse:
    """Show the events, filtered by kind and day, newest first. Reading is logged too."""
    form, events = _filtered(request)
    record(Kind.LOG_READ, by=request.user)
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "query": f"{query.urlencode()}&" if query else ""}
    return render(request, "actors/security_log/security_log.html", context)


@require_safe
@never_cache
def security_log_file(request: SignedInRequest) -> HttpResponse:
    """The same events as a CSV file."""
    _, events = _filtered(request)
    record(Kind.EXPORTED, by=request.user, on="security-log-file")
    headers = {"Content-Disposition": 'attachment; filename="sakerhetslogg.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    writer.writerows([_cell(value) for value in _row(event)] for event in events)
    return response


def _filtered(request: SignedInRequest) -> tuple[LogFilterForm, SecurityEventQuerySet]:
    if not Collaboration.objects.protected_by(request.user).exists():
        raise Http404
    form = LogFilterForm(request.GET)
    events = SecurityEvent.objects.readable_by(request.user).select_related("who", "collaboration")
    return form, events.filter(**form.conditions())


def _row(event: SecurityEvent) -> tuple[str, ...]:
    when = timezone.localtime(event.at).isoformat(timespec="seconds")
    what = (event.get_kind_display(), event.get_outcome_display(), str(event.collaboration or ""))
    return (when, str(event.who or ""), *what, event.object_type, event.object_key)


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
