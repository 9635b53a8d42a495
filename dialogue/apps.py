"""The app's name in Django."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Vandra: what happens to an issue on the staircase."""

    name = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take in what calendar programs reply to the mailbox."""
        from actors.letters import mailbox
        from dialogue.meetings.replies import calendar_replies

        mailbox.READERS.append(calendar_replies.take_in)
