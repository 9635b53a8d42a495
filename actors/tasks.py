"""What the queue does for people: letters."""

from celery import shared_task

from actors.letters import outbox
from actors.models import Letter


@shared_task
def send_letter(pk: str) -> None:
    """Send one letter, if it still waits."""
    outbox.send(pk)


@shared_task
def send_waiting_letters() -> None:
    """Send what was left behind: the queue was away, or an earlier try failed."""
    for pk in Letter.objects.waiting().values_list("pk", flat=True)[:200]:
        outbox.send(str(pk))
