"""The app's name in Django."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Vandra: what happens to an issue on the staircase."""

    name = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take in what calendar programs reply to the mailbox, and end calendars with the sessions of their owner."""
        from actors.letters import mailbox
        from actors.people import sessions
        from dialogue.calendars import feed_addresses
        from dialogue.meetings.replies import calendar_replies

        mailbox.READERS.append(calendar_replies.take_in)
        sessions.OTHER_KEYS.append(feed_addresses.end_address)
