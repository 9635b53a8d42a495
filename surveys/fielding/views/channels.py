"""The coordinator's pages for channels: address, QR code, printouts and settings."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.privacy.small_numbers import step_span
from ostberga.lib.translations.languages import SWEDISH_NAMES
from ostberga.lib.web.htmx import render_page
from surveys.fielding import channels
from surveys.fielding.forms.waves import ChannelForm, NewChannelForm
from surveys.models import Channel
from surveys.permissions.lookups import channel_of, prepared_survey_of, printed_channel_of


def channel_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Create a channel; a code is suggested."""
    survey = prepared_survey_of(request, slug, pk)
    form = NewChannelForm(survey, request.POST or None, initial={"code": channels.free_code()})
    if request.method != "POST" or not form.is_valid():
        context = {"collaboration": survey.collaboration, "survey": survey, "form": form}
        return render_page(request, "surveys/fielding/channel_new.html", context, status=422 if form.is_bound else 200)
    channel = channels.create_channel(survey=survey, by=request.user, **form.cleaned_data)
    messages.success(request, f"{channel} finns nu. Här kan du skriva ut affisch och pappersblad.")
    return redirect("coordinate:channel", slug, pk, channel.pk)


@transaction.atomic
def channel(request: SignedInRequest, slug: str, pk: int, channel: int) -> HttpResponse:
    """Show and change a channel."""
    survey_channel = channel_of(request, slug, pk, channel)
    form = ChannelForm(survey_channel.survey, request.POST or None, channel=survey_channel)
    if request.method != "POST" or not form.is_valid():
        return _show(request, survey_channel, form)
    channels.change_channel(channel=survey_channel, by=request.user, **form.cleaned_data)
    messages.success(request, "Sparat.")
    return redirect("coordinate:channel", slug, pk, channel)


def _show(request: SignedInRequest, channel: Channel, form: ChannelForm) -> HttpResponse:
    survey = channel.survey
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "channel": channel,
        "counted": step_span(channel.counted, survey.collaboration.minimum_group).words,
        "form": form,
        "address": channels.channel_url(channel),
        "languages": [(code, SWEDISH_NAMES[code]) for code in survey.languages],
    }
    return render_page(request, "surveys/fielding/channel.html", context, status=422 if form.is_bound else 200)


@require_safe
def channel_qr(request: SignedInRequest, slug: str, pk: int, channel: int) -> HttpResponse:
    """The QR code as SVG."""
    survey_channel = printed_channel_of(request, slug, pk, channel)
    headers = {"Content-Disposition": f'inline; filename="qr-{survey_channel.code}.svg"', "Cache-Control": "private"}
    return HttpResponse(channels.qr_svg(survey_channel), content_type="image/svg+xml", headers=headers)


@require_POST
def channel_close(request: SignedInRequest, slug: str, pk: int, channel: int) -> HttpResponse:
    """Close the channel, or open it again if closed."""
    survey_channel = channel_of(request, slug, pk, channel)
    if survey_channel.closed_at is None:
        channels.close_channel(channel=survey_channel, by=request.user)
        messages.success(
            request, f"{survey_channel} är stängd. Den som använder koden får veta att formuläret är stängt."
        )
    else:
        channels.reopen_channel(channel=survey_channel, by=request.user)
        messages.success(request, f"{survey_channel} används igen.")
    return redirect("coordinate:channel", slug, pk, channel)
