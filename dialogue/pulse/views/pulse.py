"""The four questions of the pulse, for whoever holds a link. No account, and nothing that says who it is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogue.pulse import pulses
from dialogue.pulse.forms import PulseForm
from ostberga.lib.web.origin import own_pages_only
from ostberga.lib.web.secret_links import secret_link_page


# As with a commitment's link: opening changes nothing, and there is no session to steal, so no token.
@csrf_exempt
@login_not_required
@own_pages_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, and thanks. A link that is used, closed or unknown gets one and the same page."""
    found = pulses.find_by_token(token)
    if found is None:
        return secret_link_page(request, "dialogue/pulse/pulse_gone.html", {}, 404)
    shown: dict[str, object] = {"pulse": found, "collaboration": found.collaboration}
    form = PulseForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return secret_link_page(
            request, "dialogue/pulse/pulse.html", shown | {"form": form}, 422 if form.is_bound else 200
        )
    pulses.answer(token=token, answers=form.answers)
    return secret_link_page(request, "dialogue/pulse/pulse_thanks.html", shown, 200)
