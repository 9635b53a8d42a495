"""Letters of no collaboration that could not be sent, for the technical administrator: whom to, and what went wrong."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.letters import retrying
from actors.models import Letter
from actors.permissions.lookups import SignedInRequest


@require_safe
def site_letters(request: SignedInRequest) -> HttpResponse:
    """Those that failed and those that wait, without subject and content."""
    letters = _letters(request)
    context = {
        "failed": letters.filter(state=Letter.State.FAILED).defer("sealed"),
        "waiting": letters.filter(state=Letter.State.WAITING, attempts__gt=0).defer("sealed"),
    }
    return render(request, "actors/letters/site_letters.html", context)


@require_POST
def site_letters_again(request: SignedInRequest) -> HttpResponse:
    """Put all that failed back in the outbox."""
    again, gone = retrying.retry_all(_letters(request))
    messages.success(request, f"{again} brev ligger i utkorgen igen. De skickas inom en minut.")
    if gone:
        messages.warning(request, f"{gone} brev kan inte skickas igen: koden eller länken i dem är borttagen.")
    return redirect("site-letters")


def _letters(request: SignedInRequest) -> QuerySet[Letter]:
    if not request.user.is_superuser:
        raise Http404
    return Letter.objects.filter(collaboration__isnull=True)
