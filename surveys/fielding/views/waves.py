"""The coordinator's pages for waves: plan, open, close, reopen."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page
from surveys.fielding import wave_planning
from surveys.fielding.forms.waves import ReopenForm, WaveForm
from surveys.models import Wave
from surveys.permissions.lookups import survey_of, wave_of


def wave_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Plan a wave."""
    survey = survey_of(request, slug, pk)
    form = WaveForm(request.POST or None, initial={"opens_on": timezone.localdate()})
    if request.method != "POST" or not form.is_valid():
        context = {"collaboration": survey.collaboration, "survey": survey, "form": form}
        return render_page(request, "surveys/fielding/wave_new.html", context, status=422 if form.is_bound else 200)
    wave = wave_planning.plan_wave(survey=survey, by=request.user, **form.cleaned_data)
    messages.success(request, f"{wave} är planerad. Öppna den när du vill ta emot svar.")
    return redirect("coordinate:survey", slug, pk)


@transaction.atomic
def wave(request: SignedInRequest, slug: str, pk: int, wave: int) -> HttpResponse:
    """Show a wave with its counts, and change its title and dates."""
    survey_wave = wave_of(request, slug, pk, wave)
    form = WaveForm.for_wave(survey_wave, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, survey_wave, form, ReopenForm())
    wave_planning.change_wave(wave=survey_wave, by=request.user, **form.cleaned_data)
    messages.success(request, "Sparat.")
    return redirect("coordinate:wave", slug, pk, wave)


def _show(request: SignedInRequest, wave: Wave, form: WaveForm, reopen: ReopenForm) -> HttpResponse:
    collaboration = wave.survey.collaboration
    is_refused = form.is_bound or reopen.is_bound
    context = {
        "collaboration": collaboration,
        "survey": wave.survey,
        "wave": wave,
        "form": form,
        "reopen": reopen,
        "bursts": wave.bursts.select_related("channel"),
        "events": wave.events.select_related("by", "wave"),
        **_counts(wave, collaboration.minimum_group),
    }
    return render_page(request, "surveys/fielding/wave.html", context, status=422 if is_refused else 200)


def _counts(wave: Wave, minimum_group: int) -> dict[str, Any]:
    response_count, interview_count = wave_planning.count_by_wave([wave])[wave.pk]
    return {
        "response_count": response_count,
        "interview_count": interview_count,
        "channel_counts": wave_planning.count_by_channel(wave, minimum_group),
    }


@require_POST
def wave_open(request: SignedInRequest, slug: str, pk: int, wave: int) -> HttpResponse:
    """Open the wave for answers."""
    survey_wave = wave_of(request, slug, pk, wave)
    survey_wave.open(by=request.user)
    messages.success(
        request,
        f"{survey_wave} är öppen. Formuläret går att svara på nu."
        if survey_wave.accepts_answers
        else f"{survey_wave} öppnar av sig själv {survey_wave.opens_on:%Y-%m-%d}.",
    )
    return redirect("coordinate:survey", slug, pk)


@require_POST
def wave_close(request: SignedInRequest, slug: str, pk: int, wave: int) -> HttpResponse:
    """Close the wave."""
    survey_wave = wave_of(request, slug, pk, wave)
    wave_planning.close_wave(wave=survey_wave, by=request.user)
    messages.success(request, f"{survey_wave} är stängd. Svar som kommer ändå sparas och märks som sena.")
    return redirect("coordinate:survey", slug, pk)


@require_POST
def wave_reopen(request: SignedInRequest, slug: str, pk: int, wave: int) -> HttpResponse:
    """Reopen the wave, with a reason."""
    survey_wave = wave_of(request, slug, pk, wave)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _show(request, survey_wave, WaveForm.for_wave(survey_wave), form)
    survey_wave.reopen(by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, f"{survey_wave} är öppen igen.")
    return redirect("coordinate:wave", slug, pk, wave)
