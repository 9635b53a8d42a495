"""Configuration of the actors app."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Actors (vilka)."""

    name = "actors"
    verbose_name = "Människor, organisationer och samverkan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the signals about accounts."""
        from actors.people import account_events

        account_events.connect()
