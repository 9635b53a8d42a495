"""The last day of who leaves: it has come, since everything is handed over in the act itself."""

import datetime as dt

from django.utils import timezone

from ostberga.lib.refusal import Refusal

AHEAD = "Dagen har inte kommit. Det lämnas över när du skickar, så gör det då."


def is_ahead(day: dt.date) -> bool:
    """Whether the day has not come."""
    return day > timezone.localdate()


def refuse_ahead(day: dt.date) -> None:
    """Raise Refusal for a day that has not come: until it did, nobody could answer what had been handed over."""
    if is_ahead(day):
        raise Refusal(AHEAD, code="day_ahead")
