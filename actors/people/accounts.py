"""Closing an account and opening it again: the administrator's. Nothing that its owner has done is taken away."""

from django.db import transaction

from actors.mandates.obstacles import ADMINISTRATOR
from actors.models import User
from actors.people.sessions import end_sessions
from actors.security_log.recording import Kind, record
from ostberga.lib.refusal import Refusal


@transaction.atomic
def close_account(*, person: User, by: User) -> None:
    """Let nobody sign in with the account, and end the sessions that she has, also for when it is opened again.

    Raises Refusal for everybody but an administrator, and for her own: so one administrator always remains, also when
    two close each other at once.
    """
    _lock_and_refuse_unless_administrator(person, by)
    if person == by:
        raise Refusal("Du kan inte stänga ditt eget konto.", who="En annan administratör", code="own_account")
    _set(person, is_open=False, by=by)
    end_sessions(person, closed_by=by)


@transaction.atomic
def reopen_account(*, person: User, by: User) -> None:
    """Let the account be used again, with the password and second factor that it had."""
    _lock_and_refuse_unless_administrator(person, by)
    _set(person, is_open=True, by=by)


def _set(person: User, *, is_open: bool, by: User) -> None:
    if person.is_active != is_open:
        person.is_active = is_open
        person.save(update_fields=["is_active"])
        record(Kind.ADMINISTERED, by=by, on=person)


def _lock_and_refuse_unless_administrator(person: User, by: User) -> None:
    """Read both again, locked in one order: she may have been closed herself, by the one whom she closes."""
    locked = User.objects.select_for_update(no_key=True).order_by("pk").in_bulk({person.pk, by.pk})
    for user in (person, by):
        now = locked[user.pk]
        user.is_active, user.is_superuser = now.is_active, now.is_superuser
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören stänger och öppnar konton.", who=ADMINISTRATOR, code="may_not")
