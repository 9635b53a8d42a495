"""The type of a list of addresses in a `urls.py`."""

from django.urls import URLPattern, URLResolver

UrlPatterns = list[URLPattern | URLResolver]
