"""Marking a week in which very many answers came at once, without a trace of which answers they were.

Each batch compares how many there are with how many there were at the last one. The earlier numbers are only in the
cache, which may forget them: then nothing is marked that time. A mark is written by the batch, which rewrites it with
its tables from then on: its row version stands beside the last batch, not beside the answers that it is about.
"""

import datetime as dt
from collections import Counter
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from ostberga.lib.coarse_dates import week_of
from surveys.batching import waiting
from surveys.batching.waiting import Body, Item
from surveys.models import Burst, Channel, Response, Wave

KIND = "burst"
# So many between two batches: two school classes at once, or somebody who sends the same again and again.
MANY = 60
REMEMBERED = 900  # seconds

# How many answers there are, by key of the channel; None for those that are stored without one.
Numbers = Counter[int | None]


def write(bodies: list[Body]) -> list[Item]:
    """Mark this week on the open waves with very many answers since the last batch. Called by each batch.

    What waits are the marks of channels that have become small places.
    """
    known = set(Wave.objects.values_list("pk", flat=True)) if bodies else set()
    for body in bodies:
        if body["wave"] in known:
            _mark(body["wave"], dt.date.fromisoformat(body["week"]), None)
    for wave, numbers in _numbers().items():
        before = cache.get(key := f"answers-by-channel-{wave}")
        # A batch that is undone or tried again must not be compared with itself.
        transaction.on_commit(partial(cache.set, key, dict(numbers), REMEMBERED))
        if before is not None and numbers.total() - sum(before.values()) >= MANY:
            _mark(wave, week_of(timezone.localdate()), _came_through(numbers - Counter(before)))
    return []


def forget_channel(channel: Channel) -> None:
    """Take a channel that is found to be a small place from the marks, which stay on the wave."""
    for burst in Burst.objects.filter(channel=channel):
        waiting.put(KIND, {"wave": burst.wave_id, "week": burst.week.isoformat(), "channel": None})
        burst.delete()


def _numbers() -> dict[int, Numbers]:
    """How many answers each open wave has. Read from the index `responses_counted` alone."""
    waves = list(Wave.objects.opened().values_list("pk", flat=True))
    sent = Response.objects.filter(wave__in=waves, entry=Response.Entry.WEB).order_by()
    counted: dict[int, Numbers] = {wave: Counter() for wave in waves}
    for wave, channel, number in sent.values_list("wave", "channel").annotate(number=Count("*")):
        counted[wave][channel] = number
    return counted


def _came_through(new: Numbers) -> int | None:
    """The channel that most of the new answers with a channel came through, if so many came that it is no chance."""
    known: Numbers = Counter({channel: number for channel, number in new.items() if channel is not None})
    channel, number = next(iter(known.most_common(1)), (None, 0))
    return channel if 2 * number > known.total() and 2 * number >= MANY else None


def _mark(wave: int, week: dt.date, channel: int | None) -> None:
    Burst.objects.get_or_create(wave_id=wave, week=week, channel_id=channel)
