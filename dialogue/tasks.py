"""What the queue does for the dialogue: writes down those who follow an issue, and writes to them."""

from celery import shared_task

from dialogue import reminding
from dialogue.followers import following, notices


@shared_task
def write_followers() -> None:
    """Write the waiting wishes for news, in an order that says nothing."""
    following.write_waiting()


@shared_task
def tell_followers() -> None:
    """Write to those who follow an issue where something has happened."""
    notices.tell_followers()


@shared_task
def every_day() -> None:
    """Remind, listen for silence, and let decisions run out."""
    reminding.every_day()
