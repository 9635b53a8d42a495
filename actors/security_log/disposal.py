"""Disposal of security events past the retention period, the only way that rows leave the log."""

from django.conf import settings
from django.db import connection


def dispose_of_old_events() -> int:
    """Delete events older than settings.SECURITY_LOG_DAYS; returns how many.

    A function in the database does it (migration 0016), as the owner of the table: never of an event younger than 90
    days, only from the beginning of the chain, and with an event that says up to where.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT actors_dispose_of_security_events(%s)", [settings.SECURITY_LOG_DAYS])
        (gone,) = cursor.fetchone()
    return int(gone)
