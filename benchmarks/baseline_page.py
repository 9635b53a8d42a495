"""The baseline for a public page: a single-file Django app whose view returns the same bytes."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
django.setup()

BODY = Path(os.environ["BENCH_PAGE"]).read_bytes()
HEADERS = {"Content-Encoding": "gzip", "Content-Length": str(len(BODY))}


def page(_request: HttpRequest) -> HttpResponse:
    """Return the stored page."""
    return HttpResponse(BODY, headers=HEADERS)


urlpatterns = [re_path("", page)]
application = get_wsgi_application()
