"""The wiring as a Django app, for its commands and translations."""

from django.apps import AppConfig


class OstbergaConfig(AppConfig):
    """Holds the demo command and what belongs to no single app."""

    name = "ostberga"
    verbose_name = "Östberga"
