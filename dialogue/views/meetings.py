"""The coordinator writes down a group's meetings, until one who was there approves the notes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from actors.views.workshop import SignedInRequest
from dialogue.forms.groups import ApproveForm, MeetingForm
from dialogue.groups import approving, forming
from dialogue.views.workshop import form_page, group_of, meeting_of
from ostberga.lib.htmx import render_page


def meeting_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Write down a meeting that has been held."""
    found = group_of(request, slug, pk)
    form = MeetingForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/meeting_form.html", found.dialogue.collaboration, form, group=found)
    made = forming.meet(group=found, by=request.user, **form.cleaned_data)
    messages.success(request, "Mötet är inskrivet. Det räknas när någon som var där har justerat anteckningarna.")
    return redirect("coordinate:meeting", slug, made.pk)


def meeting(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What was said at a meeting; approved, by a seat that was there, it is not changed any more."""
    found = meeting_of(request, slug, pk)
    form = ApproveForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"collaboration": found.group.dialogue.collaboration, "meeting": found, "form": form}
        return render_page(request, "dialogue/meeting.html", shown, status=422 if form.is_bound else 200)
    approving.approve(meeting=found, seat=form.cleaned_data["seat"], by=request.user, on=form.cleaned_data["on"])
    messages.success(request, "Anteckningarna är justerade och ändras inte mer.")
    return redirect("coordinate:meeting", slug, pk)


def meeting_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Mend notes that nobody has approved yet."""
    found = meeting_of(request, slug, pk)
    form = MeetingForm(found.group, request.POST or None, meeting=found)
    if request.method != "POST" or not form.is_valid():
        more = {"group": found.group, "meeting": found}
        return form_page(request, "dialogue/meeting_form.html", found.group.dialogue.collaboration, form, **more)
    forming.rewrite(meeting=found, **form.cleaned_data)
    messages.success(request, "Sparat.")
    return redirect("coordinate:meeting", slug, pk)
