"""The app's name in Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Lyssna: forms, interviews, statements, perspectives, themes."""

    name = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
