"""The coordinator's channels: where the form is handed out, with address, QR code and things to print."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.translations.languages import SWEDISH_NAMES
from ostberga.lib.web.htmx import render_page
from surveys.fielding import channels
from surveys.fielding.forms.waves import ChannelForm, NewChannelForm
from surveys.models import Channel
from surveys.permissions.lookups import channel_of, survey_of


def channel_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A new place to hand the form out, with a code ready made."""
    survey = survey_of(request, slug, pk)
    form = NewChannelForm(survey, request.POST or None, initial={"code": channels.free_code()})
    if request.method != "POST" or not form.is_valid():
        shown = {"collaboration": survey.collaboration, "survey": survey, "form": form}
        return render_page(request, "surveys/fielding/channel_new.html", shown, status=422 if form.is_bound else 200)
    made = channels.create_channel(survey=survey, by=request.user, **form.cleaned_data)
    messages.success(request, f"{made} finns nu. Här kan du skriva ut affisch och pappersblad.")
    return redirect("coordinate:channel", slug, pk, made.pk)


def channel(request: SignedInRequest, slug: str, pk: int, channel: int) -> HttpResponse:
    """A channel: its QR code, what to print, its name."""
    found = channel_of(request, slug, pk, channel)
    now = {"label": found.label, "is_small": found.is_small}
    form = ChannelForm(found.survey, request.POST or None, channel=found, initial=now)
    if request.method != "POST" or not form.is_valid():
        return _show(request, found, form)
    channels.change_channel(channel=found, by=request.user, **form.cleaned_data)
    messages.success(request, "Sparat.")
    return redirect("coordinate:channel", slug, pk, channel)


def _show(request: SignedInRequest, channel: Channel, form: ChannelForm) -> HttpResponse:
    survey = channel.survey
    shown = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "channel": channel,
        "form": form,
        "address": channels.channel_url(channel),
        "languages": [(code, SWEDISH_NAMES[code]) for code in survey.languages],
    }
    return render_page(request, "surveys/fielding/channel.html", shown, status=422 if form.is_bound else 200)


@require_safe
def channel_qr(request: SignedInRequest, slug: str, pk: int, channel: int) -> HttpResponse:
    """The QR code as a drawing, for a page or for one's own leaflet."""
    found = channel_of(request, slug, pk, channel)
    headers = {"Content-Disposition": f'inline; filename="qr-{found.code}.svg"', "Cache-Control": "private"}
    return HttpResponse(channels.qr_svg(found), content_type="image/svg+xml", headers=headers)


@require_POST
def channel_close(request: SignedInRequest, slug: str, pk: int, channel: int) -> HttpResponse:
    """Stop using the place, or use it again."""
    found = channel_of(request, slug, pk, channel)
    if found.closed_at is None:
        channels.close_channel(channel=found, by=request.user)
        messages.success(request, f"{found} är stängd. Den som använder koden får veta att formuläret är stängt.")
    else:
        channels.reopen_channel(channel=found, by=request.user)
        messages.success(request, f"{found} används igen.")
    return redirect("coordinate:channel", slug, pk, channel)
