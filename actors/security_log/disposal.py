"""Disposal of security events past the retention period, the only way that rows leave the log."""

import logging

from django.conf import settings
from django.db import connection

from actors.models import SecurityLogTerm

logger = logging.getLogger("ostberga.security_log")


def dispose_of_old_events() -> int:
    """Delete events older than the log's term; returns how many.

    A function in the database does it (migrations 0016 and 0030), as the owner of the table: never of an event younger
    than 90 days, only from the beginning of the chain, and with an event that says up to where. How many days it keeps
    stands in a table that only the owner writes, or whoever has the application's password could empty the log.
    """
    _follow_the_setting()
    with connection.cursor() as cursor:
        cursor.execute("SELECT actors_dispose_of_security_events()")
        (gone,) = cursor.fetchone()
    return int(gone)


def _follow_the_setting() -> None:
    """Write settings.SECURITY_LOG_DAYS to the table, where the application is itself the owner."""
    term = SecurityLogTerm.objects.first()
    if term and term.days == settings.SECURITY_LOG_DAYS:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [SecurityLogTerm._meta.db_table])
        (may_write,) = cursor.fetchone()
    if may_write:
        SecurityLogTerm.objects.update_or_create(id=1, defaults={"days": settings.SECURITY_LOG_DAYS})
    else:
        told = "SECURITY_LOG_DAYS is %s, but the owner of the database has said: %s (docs/drift.md)"
        logger.warning(told, settings.SECURITY_LOG_DAYS, term)
