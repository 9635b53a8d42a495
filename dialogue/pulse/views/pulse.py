"""Answering the pulse by the link in a letter. No account, and nothing that identifies who answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogue.pulse import pulse_answers
from dialogue.pulse.forms import PulseForm
from ostberga.lib.web.secret_links import secret_link_view


@secret_link_view
def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """The questions and their form. A link that is used, closed or unknown gets one and the same page."""
    open_pulse = pulse_answers.find_by_token(token)
    if open_pulse is None:
        return render(request, "dialogue/pulse/pulse_gone.html", status=404)
    context: dict[str, object] = {"pulse": open_pulse, "collaboration": open_pulse.collaboration}
    form = PulseForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(
            request, "dialogue/pulse/pulse.html", context | {"form": form}, status=422 if form.is_bound else 200
        )
    pulse_answers.answer(token=token, answers=form.answers)
    return render(request, "dialogue/pulse/pulse_thanks.html", context)
