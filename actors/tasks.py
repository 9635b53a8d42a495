"""Celery tasks: sending letters, disposing of old security events, forgetting what was kept of sent forms."""

from celery import shared_task

from actors.letters import outbox
from actors.mandates import registry_removals
from actors.models import Letter
from actors.people import account_changes
from actors.security_log.disposal import dispose_of_old_events
from actors.sent_forms import keeping, sending_once


@shared_task
def send_letter(pk: str) -> None:
    """Send one letter, if it is still waiting."""
    outbox.send(pk)


@shared_task
def send_waiting_letters() -> None:
    """Send letters left waiting because the broker was away or an earlier attempt failed."""
    for pk in Letter.objects.waiting().values_list("pk", flat=True)[:200]:
        outbox.send(str(pk))


@shared_task
def dispose_of_old_security_events() -> None:
    """Delete security events past their retention period, and changes of accounts that can no longer be stopped."""
    dispose_of_old_events()
    account_changes.forget_old_changes()


@shared_task
def remove_registry_addresses() -> None:
    """Take away the registry addresses whose removal nobody has stopped."""
    registry_removals.take_effect()


@shared_task
def forget_sent_forms() -> None:
    """Delete kept words before an hour has gone, and acts that nobody repeats any more."""
    keeping.forget_old()
    sending_once.forget_old()
