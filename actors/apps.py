"""The app's name in Django."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Vilka: people, organisations, the collaboration and its plan."""

    name = "actors"
    default_auto_field = "django.db.models.BigAutoField"
