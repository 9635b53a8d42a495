"""The Celery app that runs reports, letters and periodic tasks."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ostberga.settings")

app = Celery("ostberga")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
