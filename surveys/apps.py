"""App configuration."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The surveys app."""

    name = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the marks of dead addresses wait for the batch."""
        from actors.letters import dead_addresses
        from surveys.batching import dead_marks

        dead_addresses.KEEPERS.append(dead_marks.let_wait)
