"""Calling a worker. What is to be done lies in a row that beat looks for: a call that is lost only makes it later."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis import RedisError

from ostberga.lib.servers.redis_client import redis_client

logger = logging.getLogger("ostberga.servers")

# A connection that was closed since is opened again, once.
_ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0}


def call_after_commit(task: str, *arguments: str) -> None:
    """Call a worker for this task once the surrounding transaction is committed. The request never fails by it."""
    transaction.on_commit(partial(call, task, *arguments), robust=True)


def call(task: str, *arguments: str) -> bool:
    """Return whether the queue took the call. When its server is away this returns False in less than a second."""
    try:
        redis_client().ping()  # its breaker knows already, in most cases, when the server is away
        current_app.send_task(task, arguments, retry=True, retry_policy=_ONCE_MORE)
    except (OperationalError, RedisError, OSError) as error:
        logger.info("no worker was called for %s (%s): its row waits for beat", task, type(error).__name__)
        return False
    return True
