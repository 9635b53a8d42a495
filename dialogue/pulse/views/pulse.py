"""Answering the pulse by the link in a letter. No account, and nothing that identifies who answers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogue.pulse import pulse_answers
from dialogue.pulse.forms import PulseForm
from ostberga.lib.web.origin import own_pages_only
from ostberga.lib.web.secret_links import secret_link_page


# Mail scanners open links, so a GET changes nothing. There is no session to steal and so no CSRF token.
@csrf_exempt
@login_not_required
@own_pages_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """The questions and their form. A link that is used, closed or unknown gets one and the same page."""
    open_pulse = pulse_answers.find_by_token(token)
    if open_pulse is None:
        return secret_link_page(request, "dialogue/pulse/pulse_gone.html", {}, 404)
    context: dict[str, object] = {"pulse": open_pulse, "collaboration": open_pulse.collaboration}
    form = PulseForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return secret_link_page(
            request, "dialogue/pulse/pulse.html", context | {"form": form}, 422 if form.is_bound else 200
        )
    pulse_answers.answer(token=token, answers=form.answers)
    return secret_link_page(request, "dialogue/pulse/pulse_thanks.html", context, 200)
