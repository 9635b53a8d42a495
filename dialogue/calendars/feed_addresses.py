"""Making, renewing and ending the secret address of a person's calendar."""

import uuid

from django.db import transaction

from actors.models import AccountChange, User
from actors.people.account_changes import write_down
from actors.security_log.recording import Kind, record
from dialogue.models import CalendarFeed
from dialogue.models.calendar_feed import FEED_LINK
from ostberga.lib.web.secret_links import derived_token, token_hash

# What the security log says of it: from now on it can be read without signing in.
PAGE = "my-calendar"


@transaction.atomic
def renew_address(user: User) -> CalendarFeed:
    """Give the person's calendar a new address, or its first; an earlier one stops working.

    It opens without signing in, so she is told by a letter with a link that stops it, as of another way to sign in.
    """
    _lock(user)
    CalendarFeed.objects.filter(user=user).delete()
    key = uuid.uuid4()
    record(Kind.EXPORTED, by=user, on=PAGE)
    write_down(user=user, kind=AccountChange.Kind.CALENDAR)
    return CalendarFeed.objects.create(
        id=key, user=user, token_hash=token_hash(FEED_LINK, derived_token(FEED_LINK, key))
    )


@transaction.atomic
def end_address(user: User) -> None:
    """Take the address away. Does nothing if there is none."""
    _lock(user)
    CalendarFeed.objects.filter(user=user).delete()


def _lock(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
