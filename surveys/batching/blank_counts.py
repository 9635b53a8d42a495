"""Counting responses that are stored without their channel: small places, and a share of all others.

A response without a channel would else tell of a small place. The counts wait for the batch, so that no row version of
theirs stands beside a response's.
"""

import secrets
from collections import Counter
from collections.abc import Iterable

from django.db.models import Case, F, Q, Sum, When

from surveys.batching import waiting
from surveys.batching.waiting import Body, Item
from surveys.models import BlankCount, Channel, Response, Wave

KIND = "blank"
# Of a hundred responses through a channel that is not small, so many are stored without it.
PERCENT = 25


def is_left_blank(channel: Channel) -> bool:
    """Return whether the next response through this channel is stored without it."""
    return channel.is_small or is_left_blank_by_chance()


def is_left_blank_by_chance() -> bool:
    """Return whether the next response, or import, is stored without a channel though its place is large."""
    return secrets.randbelow(100) < PERCENT


def count_blank(channel: Channel, wave: Wave, number: int = 1) -> None:
    """Count responses stored without the channel; a negative number takes them back. Shown after the next batch."""
    is_small = Channel.objects.filter(pk=channel.pk, is_small=True).exists()
    body = {"channel": channel.pk, "wave": None if is_small else wave.pk}
    waiting.add_number(KIND, body, number)


def detach_responses(channel: Channel) -> None:
    """Take a channel that is found to be a small place from its responses, and count them.

    All responses of the form are written anew, since those that changed would else share a row version. What the
    database kept of them before is gone after VACUUM.
    """
    of_form = Response.objects.filter(wave__survey=channel.survey_id)
    number = of_form.filter(channel=channel).count()
    of_form.update(channel=Case(When(channel=channel, then=None), default=F("channel")))
    waiting.add_number(KIND, {"channel": channel.pk, "wave": None}, number)


def write(bodies: list[Body]) -> list[Item]:
    """Add what waits to the counts. Nothing is left to wait."""
    channels = set(Channel.objects.values_list("pk", flat=True))
    for body in bodies:
        if body["channel"] in channels:
            _add(body["channel"], body["wave"], body["number"])
    return []


def blank_by_channel(channels: Iterable[int], wave: Wave) -> Counter[int]:
    """Return how many are counted per channel key: in the wave, and over all waves for small places. One query."""
    shown = BlankCount.objects.filter(Q(wave=wave) | Q(channel__is_small=True), channel__in=channels)
    return Counter(dict(shown.values_list("channel").annotate(Sum("number")).order_by()))


def _add(channel: int, wave: int | None, number: int) -> None:
    before, _ = BlankCount.objects.get_or_create(channel_id=channel, wave_id=wave, defaults={"number": 0})
    BlankCount.objects.filter(pk=before.pk).update(number=max(before.number + number, 0))
