"""The public calendar of a collaboration."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from actors.models import Collaboration
from dialogue.calendars.answering import answer_with_calendar
from dialogue.calendars.public_dates import list_public_dates
from dialogue.rules.calendar_file import render_calendar


@login_not_required
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the dates that are public, the same for everybody."""
    place = get_object_or_404(Collaboration.objects.public(), slug=slug)
    return answer_with_calendar(request, render_calendar(place.name, list_public_dates(place)), shared=True)
