"""Reads the demo's YAML files."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

HERE = Path(__file__).parent
Content = dict[str, Any]


@cache
def read(name: str) -> Content:
    """One file, as it was written. Read once, so nobody changes what it holds."""
    content: Content = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def day(said: dt.date | int) -> dt.date:
    """A date as it is written, or counted from today: -12 was twelve days ago. So what is recent stays recent."""
    return timezone.localdate() + dt.timedelta(days=said) if isinstance(said, int) else said


def moment(said: dt.date | int, hour: int = 10) -> dt.datetime:
    """A time of day on a date, in Stockholm."""
    return timezone.make_aware(dt.datetime.combine(day(said), dt.time(hour)))
