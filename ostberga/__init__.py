"""The project package: settings, URLs, middleware. It may import every app."""

import django_stubs_ext

from ostberga.celery import app as celery_app

# Makes generic classes such as `QuerySet["Issue"]` subscriptable at run time.
django_stubs_ext.monkeypatch()

__all__ = ["celery_app"]
