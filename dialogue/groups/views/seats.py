"""The coordinator gives seats in a working group, invites to them again, and notes who leaves."""

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
    """A new seat in the group."""
    found = group_of(request, slug, pk)
    form = SeatForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/groups/seat_form.html", found.dialogue.collaboration, form, group=found)
    typed = form.cleaned_data
    made = seating.add_seat(group=found, by=request.user, on=typed.pop("since"), **typed)
    told = "Brevet skickas nu." if made.user or made.invitation else "Du skriver in vad personen säger."
    messages.success(request, f"{made} har en plats i gruppen. {told}")
    return redirect("coordinate:group", slug, pk)


@require_POST
def seat_invite_again(request: SignedInRequest, slug: str, pk: int, seat_pk: int) -> HttpResponse:
    """A new letter with a new link."""
    found = group_of(request, slug, pk)
    seat = _seat_in(found, seat_pk)
    seating.invite_again(seat=seat, by=request.user)
    messages.success(request, f"{seat} får ett nytt brev. Den gamla länken fungerar inte längre.")
    return redirect("coordinate:group", slug, pk)


def seat_leave(request: SignedInRequest, slug: str, pk: int, seat_pk: int) -> HttpResponse:
    """Somebody leaves the group; what she was part of stays."""
    found = group_of(request, slug, pk)
    seat = _seat_in(found, seat_pk)
    form = LastDayForm(seat.since, request.POST or None, with_reason=True)
    if request.method != "POST" or not form.is_valid():
        more = {"group": found, "heading": f"{seat} lämnar gruppen", "button": "Avsluta platsen"}
        return form_page(request, "dialogue/groups/last_day.html", found.dialogue.collaboration, form, **more)
    seating.leave_seat(seat=seat, by=request.user, **form.cleaned_data)
    messages.success(request, f"{seat} har lämnat gruppen. Numret används inte igen.")
    return redirect("coordinate:group", slug, pk)


def _seat_in(group: WorkingGroup, pk: int) -> Seat:
    return get_object_or_404(group.seats.select_related("organisation", "group__dialogue__collaboration"), pk=pk)
