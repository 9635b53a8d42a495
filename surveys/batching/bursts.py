"""Marking a week in which very many answers came at once, without a trace of which answers they were.

Each batch compares how many there are in all with how many there were at the last one. The earlier number is only in
the cache, which may forget it: then nothing is marked that time. A mark is written by the batch, which rewrites it with
its tables from then on: its row version stands beside the last batch, not beside the answers that it is about.
"""

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from ostberga.lib.coarse_dates import week_of
from surveys.batching.waiting import Body, Item
from surveys.models import Burst, Response, Wave

KIND = "burst"

# So many between two batches: two school classes at once, or somebody who sends the same again and again.
MANY = 60
REMEMBERED = 900  # seconds


def write(_nothing_waits: list[Body]) -> list[Item]:
    """Mark this week on the open waves with very many answers since the last batch. Called by each batch."""
    waves = list(Wave.objects.opened().values_list("pk", flat=True))
    sent = Response.objects.filter(wave__in=waves, entry=Response.Entry.WEB)
    numbers = dict(sent.values_list("wave").annotate(Count("pk")))
    for wave in waves:
        key, number = f"answers-{wave}", numbers.get(wave, 0)
        before = cache.get(key)
        cache.set(key, number, REMEMBERED)
        if before is not None and number - before >= MANY:
            Burst.objects.get_or_create(wave_id=wave, week=week_of(timezone.localdate()))
    return []
