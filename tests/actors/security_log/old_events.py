"""Events of earlier days, which only somebody who stops the database's clock trigger can make, and sealing at once."""

import datetime as dt

from django.db import connection
from django.db.models.functions import Now

from actors.models import SecurityEvent, User


def seal_what_waits() -> None:
    """Do what happens at commit, which a test's transaction never reaches."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def event_of(
    days: int, kind: str = SecurityEvent.Kind.SIGNED_OUT, who: User | None = None, **more: str
) -> SecurityEvent:
    """Return a sealed event of so many days ago."""
    seal_what_waits()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE actors_securityevent DISABLE TRIGGER timed")
        at = Now() - dt.timedelta(days=days)
        event = SecurityEvent.objects.create(kind=kind, who=who, at=at, **more)
        seal_what_waits()
        cursor.execute("ALTER TABLE actors_securityevent ENABLE TRIGGER timed")
    return event
