"""The page for a form that was not received: its CSRF token does not fit, or somebody else has signed in since."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from ostberga.lib.web.form_tokens import NotReceived, account_of_request, read_token

NOT_RECEIVED = "actors/sent_forms/not_received.html"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that nothing was done. SentFormMiddleware leads our own forms back to their page instead."""
    token = read_token(request.POST) if request.method == "POST" else None
    account = account_of_request(request)
    context = {"somebody_else": bool(token and token.account and account and token.account != account)}
    return NotReceived(render_to_string(NOT_RECEIVED, context, request))
