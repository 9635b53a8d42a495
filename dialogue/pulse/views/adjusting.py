"""Pages about how the collaboration works: the coordinator's («Skruva lite») and the public overview."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.pulse import adjusting, overview, pulses
from dialogue.pulse.forms import AdjustmentForm, OpenPulseForm
from ostberga.lib.web.htmx import render_page
from ostberga.lib.web.public_pages import public_page


def adjusting_page(request: SignedInRequest, slug: str) -> HttpResponse:
    """The overview, and the forms for an adjustment and a pulse."""
    collaboration = collaboration_of(request, slug)
    form = AdjustmentForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, collaboration, form, OpenPulseForm())
    adjusting.adjust(collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, "Inskrivet. Alla ser nu vad ni har ändrat och varför.")
    return redirect("coordinate:adjusting", slug)


@require_POST
def pulse_open(request: SignedInRequest, slug: str) -> HttpResponse:
    """Open a pulse."""
    collaboration = collaboration_of(request, slug)
    form = OpenPulseForm(request.POST)
    if not form.is_valid():
        return _show(request, collaboration, AdjustmentForm(), form)
    opened = pulses.open_pulse(collaboration=collaboration, by=request.user, **form.cleaned_data).pulse
    messages.success(request, f"{opened.invited} personer får nu var sin länk.")
    return redirect("coordinate:adjusting", slug)


def _show(
    request: SignedInRequest, collaboration: Collaboration, form: AdjustmentForm, pulse_form: OpenPulseForm
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "collaboration": collaboration,
        "form": form,
        "pulse_form": pulse_form,
        "overview": overview.build_overview(collaboration, today),
        "open_pulse": collaboration.pulses.filter(closes_on__gte=today).first(),
        "next_pulse": pulses.next_allowed_day(collaboration, today),
        "recipient_count": len(pulses.recipients(collaboration)),
    }
    wrong = form.is_bound or pulse_form.is_bound
    return render_page(request, "dialogue/pulse/adjusting.html", context, status=422 if wrong else 200)


@public_page
def how_we_work(request: HttpRequest, slug: str) -> HttpResponse:
    """The public overview of how the bodies work together, over time."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    context = {"collaboration": collaboration, "overview": overview.build_overview(collaboration)}
    return render(request, "dialogue/pulse/how_we_work.html", context)
