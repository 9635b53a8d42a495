"""What the queue does for the dialogue: writes down those who asked to follow an issue."""

from celery import shared_task

from dialogue import following


@shared_task
def write_followers() -> None:
    """Write the waiting wishes for news, in an order that says nothing."""
    following.write_waiting()
