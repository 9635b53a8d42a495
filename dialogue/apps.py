"""The app's name in Django."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Vandra: what happens to an issue on the staircase."""

    name = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"
