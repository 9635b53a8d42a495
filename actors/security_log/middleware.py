"""Middleware that logs when a signed-in person is refused: by a rule, by a 403, or by a page that is not hers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from actors.models import User
from actors.security_log.recording import Kind, Outcome, record
from ostberga.lib.authorization import MAY_NOT
from ostberga.lib.refusal import Refusal


class SecurityLogMiddleware:
    """Logs refusals to signed-in people. Stands below RefusalMiddleware, so that it sees the exception first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Log 403, and 404 of a staff page that exists: it belongs to somebody else."""
        response = self.get_response(request)
        match = request.resolver_match
        is_public = match is not None and not getattr(match.func, "login_required", True)
        if response.status_code == 403 or (response.status_code == 404 and match and not is_public):
            _record_refusal(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log a refusal for the lack of a right, after its transaction was rolled back. Others are everyday."""
        if isinstance(exception, Refusal) and exception.code == MAY_NOT:
            _record_refusal(request)


def _record_refusal(request: HttpRequest) -> None:
    match = request.resolver_match
    if isinstance(request.user, User):
        record(Kind.REFUSED, by=request.user, on=match.view_name if match else "", outcome=Outcome.REFUSED)
