"""App configuration."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The surveys app."""

    name = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
