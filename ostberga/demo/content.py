"""Reads the demo's YAML files."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

HERE = Path(__file__).parent
Content = dict[str, Any]


def read(name: str) -> Content:
    """One file, as it was written."""
    content: Content = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def moment(day: dt.date, hour: int = 10) -> dt.datetime:
    """A time of day on a date, in Stockholm."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
