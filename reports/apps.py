"""Configuration of the reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports (berätta)."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
