"""The type of a list of URL patterns in a `urls.py`."""

from django.urls import URLPattern, URLResolver

UrlPatterns = list[URLPattern | URLResolver]
