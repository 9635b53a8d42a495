"""Puts the making of a version in the queue, once the row is really there."""

import logging
from functools import partial

from django.db import transaction
from kombu.exceptions import OperationalError

from reports import tasks
from reports.models import ReportVersion

log = logging.getLogger("ostberga.reports")


def queue(version: ReportVersion) -> None:
    """Call a worker after the commit. If the queue is away, the sweeper finds the row when it is back."""
    transaction.on_commit(partial(_call, str(version.pk)))


def _call(key: str) -> None:
    try:
        tasks.render.apply_async(args=(key,), retry=False)
    except OperationalError:
        log.warning("The queue could not be reached; report version %s waits for the sweeper.", key)
