"""The page of one's own sessions: see them, and end one, or all but this one."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actors.people.sessions import end_sessions, forget_ended_sessions
from actors.permissions.lookups import SignedInRequest
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.session_store import stored_key


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: SignedInRequest) -> HttpResponse:
    """List the person's sessions by browser; POST ends the chosen one, or the others."""
    here = request.session.session_key or ""
    if request.method == "POST":
        only = parse_id(request.POST.get("session")) if "session" in request.POST else None
        ended = end_sessions(request.user, but=here, only=only)
        messages.info(request, _told(ended) if only is not None else "Alla andra inloggningar är avslutade.")
        return redirect("usersessions_list")
    forget_ended_sessions(request.user)
    mine = UserSession.objects.filter(user=request.user).order_by("-last_seen_at", "-created_at")
    return render(request, "usersessions/usersession_list.html", {"sessions": mine, "here": stored_key(here)})


def _told(ended: int) -> str:
    return "Inloggningen är avslutad." if ended else "Den inloggningen är redan avslutad."
