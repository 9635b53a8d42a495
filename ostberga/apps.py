"""The project package as a Django app, for its management commands and template tags."""

from django.apps import AppConfig


class OstbergaConfig(AppConfig):
    """Commands, template tags and demo content that belong to no single app."""

    name = "ostberga"
    verbose_name = "Östberga"

    def ready(self) -> None:
        """Register our system checks."""
        from ostberga.http import checks  # noqa: F401
