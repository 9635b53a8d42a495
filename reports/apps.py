"""The app's name in Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Berätta: what we tell back."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
