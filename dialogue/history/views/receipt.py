"""The receipt: thanks and a code after sending, and later what became of the answer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dialogue.history import receipts
from dialogue.history.receipts import ReceiptOutcome
from dialogue.process import steps_overview
from ostberga.lib.privacy.codes import format_code
from ostberga.lib.web.language_switch import is_switch, switching
from ostberga.lib.web.origin import own_pages_only
from surveys.collecting.receipt_cookie import RECEIPT_COOKIE, mark_shown, read_receipt

# The page with a place to type a code.
ASKING = "dialogue/history/receipt.html"


# Without a CSRF token, as the public form is, and for the same reason: nobody is signed in here.
@csrf_exempt
@login_not_required
@own_pages_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Thanks and the code to whoever has just sent; to others a place to type a code, and what became of it."""
    if request.method == "POST":
        return _look_up(request)
    just_sent = read_receipt(request)
    outcome = receipts.outcome_of(just_sent.code) if just_sent else None
    if just_sent is None or outcome is None:
        return _page(request, {})
    context = {"code": format_code(just_sent.code), "answer_code": just_sent.channel_code, "outcome": outcome}
    response = _page(request, context | _around(outcome), template="dialogue/history/receipt_thanks.html")
    mark_shown(request, response, just_sent.code)
    return response


# Shared phones and kiosks: the next person must not meet the code of the one before.
@csrf_exempt
@login_not_required
@own_pages_only
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the code in this browser and open the form for the next person."""
    just_sent = read_receipt(request)
    there = reverse("answer", args=[just_sent.channel_code]) if just_sent else reverse("receipt")
    response = HttpResponseRedirect(there, status=303)
    response.delete_cookie(RECEIPT_COOKIE, samesite="Lax")
    # Back would show the form as it was sent, in a browser without scripts.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _look_up(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("kod", "").strip()
    if is_switch(request):
        return _page(request, {"typed": typed})
    outcome = receipts.look_up(typed)
    if outcome is None:
        return _page(request, {"typed": typed, "is_unknown": True}, status=422)
    return _page(request, {"outcome": outcome} | _around(outcome), template="dialogue/history/receipt_outcome.html")


def _around(outcome: ReceiptOutcome) -> dict[str, object]:
    """The dialogue that the answer belongs to, as it stands today."""
    dialogue = outcome.dialogue
    if dialogue is None:
        return {"collaboration": outcome.wave.survey.collaboration}
    return {
        "collaboration": dialogue.collaboration,
        "dialogue": dialogue,
        "stairs": steps_overview.stairs(dialogue),
        "issues": dialogue.issues.public().select_related("dialogue__collaboration"),
        "reports": dialogue.published_reports.standing().filter(published_at__date__gte=outcome.wave.opens_on),
        "chosen": {feed.issue.pk for feed in outcome.feeds},
    }


def _page(
    request: HttpRequest,
    context: dict[str, object],
    *,
    template: str = ASKING,
    status: int = 200,
) -> HttpResponse:
    if template == ASKING:
        context |= switching("kvittokod")
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
