"""Disposal of security events past the retention period, the only way that rows leave the log."""

import datetime as dt

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from actors.models import SecurityEvent


@transaction.atomic
def dispose_of_old_events() -> int:
    """Delete events older than settings.SECURITY_LOG_DAYS; returns how many.

    The trigger on the table lets rows go only when this transaction has said so, and never one younger than 90 days.
    """
    limit = timezone.now() - dt.timedelta(days=settings.SECURITY_LOG_DAYS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ostberga.disposing_of_security_events', 'yes', true)")
        deleted, _ = SecurityEvent.objects.filter(at__lt=limit).delete()
        cursor.execute("SELECT set_config('ostberga.disposing_of_security_events', '', true)")
    return deleted
