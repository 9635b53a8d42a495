"""No letter-bombs: what strangers cause is at most three letters a day to one address."""

import logging

from django.http import HttpRequest
from redis import RedisError

from ostberga.lib.privacy.known_browser import knows
from ostberga.lib.privacy.rate_limit import count, keyed_hash

logger = logging.getLogger("ostberga.limits")

LETTERS, SECONDS = 3, 24 * 3600


def may_cause_letter(request: HttpRequest, email: str) -> bool:
    """Count a letter that this request asks for to this address; return whether it may be written.

    A browser in which the address's own account has signed in is outside the count, so that nobody can use up another
    person's letters. The page must say the same in both cases: else it would tell what others have asked for.
    """
    if knows(request, email):
        return True
    try:
        return count("letters", keyed_hash("address", email.strip().lower()), seconds=SECONDS) <= LETTERS
    except RedisError:
        logger.error("letters could not be counted: the cache's server is away")
        return True
