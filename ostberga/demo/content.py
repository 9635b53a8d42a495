"""Read the demo's YAML files."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

FOLDER = Path(__file__).parent
Content = dict[str, Any]


@cache
def read(name: str) -> Content:
    """Return the content of a file. It is cached, so callers must not change it."""
    content: Content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def day(value: dt.date | int) -> dt.date:
    """Return a date from the file: a date as it stands, or a number of days from today (-12 is twelve days ago)."""
    return timezone.localdate() + dt.timedelta(days=value) if isinstance(value, int) else value


def moment(value: dt.date | int, hour: int = 10) -> dt.datetime:
    """Return the given hour, Swedish time, on a date from the file."""
    return timezone.make_aware(dt.datetime.combine(day(value), dt.time(hour)))
