"""A person's own calendar: the page of its address, and the calendar at that address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.calendars import feed_addresses
from dialogue.calendars.answering import answer_with_calendar
from dialogue.calendars.own_dates import list_own_dates
from dialogue.models import CalendarFeed
from dialogue.rules.calendar_file import render_calendar


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """Show the address of my calendar; POST makes a new one."""
    if request.method == "POST":
        feed_addresses.renew_address(request.user)
        messages.success(request, "Adressen är gjord. Har du haft en tidigare fungerar den inte längre.")
        return redirect("my-calendar")
    feed = CalendarFeed.objects.filter(user=request.user).first()
    address = settings.SITE_URL + reverse("my-calendar-file", args=[feed.token]) if feed else ""
    return render(request, "dialogue/calendars/my_calendar.html", {"feed": feed, "address": address})


@require_POST
def my_calendar_end(request: SignedInRequest) -> HttpResponse:
    """Take the address of my calendar away."""
    feed_addresses.end_address(request.user)
    messages.success(request, "Adressen fungerar inte längre.")
    return redirect("my-calendar")


@login_not_required
@require_safe
def my_calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever has this address: the address is the key. It changes nothing, and tells no other site."""
    feed = get_object_or_404(CalendarFeed.objects.at(token).select_related("user"))
    calendar = render_calendar("Medskapande dialog", list_own_dates(feed.user))
    response = answer_with_calendar(request, calendar, shared=False)
    response.headers["X-Robots-Tag"], response.headers["Referrer-Policy"] = "noindex, nofollow", "no-referrer"
    return response
