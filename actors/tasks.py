"""Celery tasks: sending letters, reading the mailbox, and disposing of old security events, sessions and kept forms."""

from celery import shared_task

from actors.letters import mailbox, sending
from actors.mandates import registry_addresses, registry_entries, registry_removals
from actors.people import account_changes, sessions
from actors.security_log.disposal import dispose_of_old_events
from actors.sent_forms import keeping, sending_once


@shared_task
def send_letter(pk: str) -> None:
    """Send one letter, if it is still waiting."""
    sending.send(pk)


@shared_task
def send_waiting_letters() -> None:
    """Send letters left waiting because the queue was away or an earlier try failed."""
    sending.send_waiting()


@shared_task
def read_mailbox() -> None:
    """Read what mail servers say of our letters."""
    mailbox.read()


@shared_task
def dispose_of_old_security_events() -> None:
    """Delete security events past their retention period, and changes of accounts that can no longer be stopped."""
    dispose_of_old_events()
    account_changes.forget_old_changes()


@shared_task
def forget_ended_sessions() -> None:
    """Delete sessions that have ended by themselves, with the rows of an import that one may hold."""
    sessions.forget_all_ended_sessions()


@shared_task
def remove_registry_addresses() -> None:
    """Take away the registry addresses whose removal nobody has stopped, and the entries that were struck long ago."""
    registry_removals.take_effect()
    registry_entries.forget_struck()


@shared_task
def ask_about_registry_addresses() -> None:
    """Send the letters about registry addresses whose domain has come to count on the installation's list."""
    registry_addresses.ask_those_that_count()


@shared_task
def forget_sent_forms() -> None:
    """Delete kept words before an hour has gone, and acts that nobody repeats any more."""
    keeping.forget_old()
    sending_once.forget_old()
