"""The coordinator's waves: planned, opened, closed, opened again."""

from django.contrib import messages
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
        shown = {"collaboration": survey.collaboration, "survey": survey, "form": form}
        return render_page(request, "surveys/fielding/wave_new.html", shown, status=422 if form.is_bound else 200)
    made = wave_planning.plan_wave(survey=survey, by=request.user, **form.cleaned_data)
    messages.success(request, f"{made} är planerad. Öppna den när du vill ta emot svar.")
    return redirect("coordinate:survey", slug, pk)


def wave(request: SignedInRequest, slug: str, pk: int, wave: int) -> HttpResponse:
    """A wave: what came in, and its name and days."""
    found = wave_of(request, slug, pk, wave)
    form = WaveForm.for_wave(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, found, form, ReopenForm())
    wave_planning.change_wave(wave=found, by=request.user, **form.cleaned_data)
    messages.success(request, "Sparat.")
    return redirect("coordinate:wave", slug, pk, wave)


def _show(request: SignedInRequest, wave: Wave, form: WaveForm, reopen: ReopenForm) -> HttpResponse:
    collaboration = wave.survey.collaboration
    forms_in, talks = wave_planning.count_by_wave([wave])[wave.pk]
    shown = {
        "collaboration": collaboration,
        "survey": wave.survey,
        "wave": wave,
        "form": form,
        "reopen": reopen,
        "forms_in": forms_in,
        "talks": talks,
        "came_in": wave_planning.count_by_channel(wave, collaboration.minimum_group),
        "events": wave.events.select_related("by", "wave"),
    }
    return render_page(
        request, "surveys/fielding/wave.html", shown, status=422 if form.is_bound or reopen.is_bound else 200
    )


@require_POST
def wave_open(request: SignedInRequest, slug: str, pk: int, wave: int) -> HttpResponse:
    """Start taking answers."""
    found = wave_of(request, slug, pk, wave)
    found.open(by=request.user)
    messages.success(
        request,
        f"{found} är öppen. Formuläret går att svara på nu."
        if found.accepts_answers
        else f"{found} öppnar av sig själv {found.opens_on:%Y-%m-%d}.",
    )
    return redirect("coordinate:survey", slug, pk)


@require_POST
def wave_close(request: SignedInRequest, slug: str, pk: int, wave: int) -> HttpResponse:
    """Stop taking answers."""
    found = wave_of(request, slug, pk, wave)
    found.close(by=request.user)
    messages.success(request, f"{found} är stängd. Svar som kommer ändå sparas och märks som sena.")
    return redirect("coordinate:survey", slug, pk)


@require_POST
def wave_reopen(request: SignedInRequest, slug: str, pk: int, wave: int) -> HttpResponse:
    """Take answers again, with a reason."""
    found = wave_of(request, slug, pk, wave)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _show(request, found, WaveForm.for_wave(found), form)
    found.reopen(by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, f"{found} är öppen igen.")
    return redirect("coordinate:wave", slug, pk, wave)
