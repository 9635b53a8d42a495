"""The coordinator's pages to add a seat to a group, invite to it again, and end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.permissions.lookups import SignedInRequest
from dialogue.groups import seating
from dialogue.groups.forms.groups import LastDayForm, SeatForm
from dialogue.models import Seat, WorkingGroup
from dialogue.permissions.lookups import form_page, group_of


def seat_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Add a seat."""
    group = group_of(request, slug, pk)
    form = SeatForm(group, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/groups/seat_form.html", group.dialogue.collaboration, form, group=group)
    typed = form.cleaned_data
    seat = seating.add_seat(group=group, by=request.user, on=typed.pop("since"), **typed)
    next_step = "Brevet skickas nu." if seat.user or seat.invitation else "Du skriver in vad personen säger."
    messages.success(request, f"{seat} har en plats i gruppen. {next_step}")
    return redirect("coordinate:group", slug, pk)


@require_POST
def seat_invite_again(request: SignedInRequest, slug: str, pk: int, seat_pk: int) -> HttpResponse:
    """Send the invitation again, with a new link."""
    group = group_of(request, slug, pk)
    seat = _seat_in(group, seat_pk)
    seating.invite_again(seat=seat, by=request.user)
    messages.success(request, f"{seat} får ett nytt brev. Den gamla länken fungerar inte längre.")
    return redirect("coordinate:group", slug, pk)


def seat_leave(request: SignedInRequest, slug: str, pk: int, seat_pk: int) -> HttpResponse:
    """End a seat after a day, with a reason."""
    group = group_of(request, slug, pk)
    seat = _seat_in(group, seat_pk)
    form = LastDayForm(seat.since, request.POST or None, with_reason=True)
    if request.method != "POST" or not form.is_valid():
        more = {"group": group, "heading": f"{seat} lämnar gruppen", "button": "Avsluta platsen"}
        return form_page(request, "dialogue/groups/last_day.html", group.dialogue.collaboration, form, **more)
    seating.leave_seat(seat=seat, by=request.user, **form.cleaned_data)
    messages.success(request, f"{seat} har lämnat gruppen. Numret används inte igen.")
    return redirect("coordinate:group", slug, pk)


def _seat_in(group: WorkingGroup, pk: int) -> Seat:
    return get_object_or_404(group.seats.select_related("organisation", "group__dialogue__collaboration"), pk=pk)
