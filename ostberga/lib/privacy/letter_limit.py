"""No letter-bombs: what strangers cause is at most three letters a day to one mailbox, however it is spelt."""

from django.http import HttpRequest

from ostberga.lib.mailboxes import mailbox_typed
from ostberga.lib.privacy.known_browser import knows
from ostberga.lib.privacy.rate_limit import count, keyed_hash

LETTERS, SECONDS = 3, 24 * 3600


def may_cause_letter(request: HttpRequest, email: str) -> bool:
    """Count a letter that this request asks for to this address; return whether it may be written.

    A browser in which the address's own account has signed in is outside the count, so that nobody can use up another
    person's letters. The page must say the same in both cases: else it would tell what others have asked for.
    """
    if knows(request, email):
        return True
    return count("letters", keyed_hash("address", mailbox_typed(email)), seconds=SECONDS) <= LETTERS
