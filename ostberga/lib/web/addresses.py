"""The type of a list of addresses in a `urls.py`."""

from django.urls import URLPattern, URLResolver

Addresses = list[URLPattern | URLResolver]
