"""Middleware that logs when a signed-in person is refused (by a rule, a 403, a page not hers) or takes out a file."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from actors.models import Collaboration, User
from actors.security_log.recording import Kind, Outcome, is_export, noted_export, record
from ostberga.lib.authorization import MAY_NOT
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.form_tokens import NotReceived


class SecurityLogMiddleware:
    """Logs refusals and exports. Stands below RefusalMiddleware, so that it sees the exception first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Log 403, and 404 of a staff page that exists: it belongs to somebody else. And files that are not public."""
        response = self.get_response(request)
        match = request.resolver_match
        is_public = match is not None and not getattr(match.func, "login_required", True)
        if isinstance(response, NotReceived):
            return response  # a tab of somebody else's, or an old one: nobody tried anything
        if response.status_code == 403 or (response.status_code == 404 and match and not is_public):
            _record_refusal(request)
        elif match and not is_public and response.status_code < 300 and is_export(response):
            _record_export(request, response, match)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log a refusal for the lack of a right, after its transaction was rolled back. Others are everyday."""
        if isinstance(exception, Refusal) and exception.code == MAY_NOT:
            _record_refusal(request)


def _record_refusal(request: HttpRequest) -> None:
    match = request.resolver_match
    if isinstance(request.user, User):
        record(Kind.REFUSED, by=request.user, on=match.view_name if match else "", outcome=Outcome.REFUSED)


def _record_export(request: HttpRequest, response: HttpResponse, match: ResolverMatch) -> None:
    if not isinstance(request.user, User):
        return
    if noted := noted_export(response):
        record(Kind.EXPORTED, by=request.user, on=noted[0], collaboration=noted[1])
    else:
        place = Collaboration.objects.filter(slug=match.kwargs.get("slug", "")).first()
        record(Kind.EXPORTED, by=request.user, on=match.view_name, collaboration=place)
