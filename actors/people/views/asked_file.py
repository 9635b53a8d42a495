"""The page that starts a file for which the password was asked: a file alone would leave «Är det du?» on the screen."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actors.permissions.asking_again import is_raw_file
from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.page_above import page_above


@require_safe
@never_cache
def asked_file(request: SignedInRequest) -> HttpResponse:
    """Let the browser fetch the file, which its own view hands out or not."""
    file = request.GET.get("fil", "")
    if not is_raw_file(file):
        raise Http404
    response = render(request, "account/asked_file.html", {"file": file, "back": page_above(file)})
    response.headers["Refresh"] = f"0; url={file}"
    return response
