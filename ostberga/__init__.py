"""The wiring: knows every app."""

import django_stubs_ext

from ostberga.celery import app as celery_app

# Lets `QuerySet["Issue"]` and friends be written at run time too.
django_stubs_ext.monkeypatch()

__all__ = ["celery_app"]
