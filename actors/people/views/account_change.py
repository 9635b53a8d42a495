"""The page behind the link in a letter about a changed account: stop the change."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.people import account_changes
from ostberga.lib.web.secret_links import secret_link_view


@secret_link_view
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the change. GET changes nothing, because mail programs open links too."""
    change = account_changes.stoppable_change(token)
    if change is None:
        return render(request, "account/change_gone.html", status=410)
    if request.method != "POST":
        return render(request, "account/change_stop.html", {"change": change})
    account_changes.stop(change)
    return render(request, "account/change_stopped.html", {"change": change})
