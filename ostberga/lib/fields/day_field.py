"""A form field for a day near our own time."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST = dt.date(1900, 1, 1)
LAST = dt.date(2100, 12, 31)
FAR_OFF = f"Skriv en dag mellan {FIRST.year} och {LAST.year}."


class DayField(forms.DateField):
    """A day within two centuries, so that days can be counted from it: the last of year 9999 has no next."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators += [MinValueValidator(FIRST, FAR_OFF), MaxValueValidator(LAST, FAR_OFF)]
