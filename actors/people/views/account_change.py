"""The page behind the link in a letter about a changed account: stop the change."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from actors.people import account_changes
from ostberga.lib.web.secret_links import secret_link_page


@never_cache
@login_not_required
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the change. GET changes nothing, because mail programs open links too."""
    change = account_changes.stoppable_change(token)
    if change is None:
        return secret_link_page(request, "account/change_gone.html", {}, status=410)
    if request.method != "POST":
        return secret_link_page(request, "account/change_stop.html", {"change": change})
    account_changes.stop(change)
    return secret_link_page(request, "account/change_stopped.html", {"change": change})
