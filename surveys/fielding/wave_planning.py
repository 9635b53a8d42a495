"""Planning waves, and counts of responses per channel and wave. Opening and closing are methods of Wave."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from surveys.batching import blank_counts
from surveys.models import Channel, Interview, Response, Survey, Wave


@transaction.atomic
def plan_wave(*, survey: Survey, by: User, title: str, opens_on: dt.date, closes_on: dt.date | None = None) -> Wave:
    """Create a wave with the next number. It accepts no answers until it is opened."""
    require(by, COORDINATE, survey)
    Survey.objects.select_for_update().get(pk=survey.pk)
    number = (survey.waves.aggregate(last=Max("number"))["last"] or 0) + 1
    wave = Wave.objects.create(survey=survey, number=number, title=title, opens_on=opens_on, closes_on=closes_on)
    survey.record_change(by=by, kind="planned", wave_id=wave.pk)
    return wave


@transaction.atomic
def change_wave(*, wave: Wave, by: User, title: str, opens_on: dt.date, closes_on: dt.date | None) -> None:
    """Change the title and dates of a wave."""
    require(by, COORDINATE, wave)
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    wave.title, wave.opens_on, wave.closes_on = title, opens_on, closes_on
    wave.save(update_fields=["title", "opens_on", "closes_on"])
    wave.survey.record_change(by=by, what="omgångens namn och dagar", wave_id=wave.pk)


@dataclass(frozen=True)
class ChannelCount:
    """The number of responses through a channel; None when it is too small to show."""

    label: str
    number: int | None
    is_small: bool = False


def count_by_channel(wave: Wave, threshold: int) -> list[ChannelCount]:
    """Return the number of responses per channel in a wave. Three queries.

    Numbers from 1 to under `threshold` are hidden, since they could identify people.
    Small places are counted over all waves. What came since the last batch is not in it.
    """
    stored = Response.objects.filter(wave=wave, channel__isnull=False).values_list("channel").annotate(Count("pk"))
    used = list(Channel.objects.filter(survey=wave.survey_id))
    numbers = Counter(dict(stored)) + blank_counts.blank_by_channel([channel.pk for channel in used], wave)
    return [_channel_count(channel, numbers[channel.pk], threshold) for channel in used]


def _channel_count(channel: Channel, number: int, threshold: int) -> ChannelCount:
    return ChannelCount(channel.label, None if 0 < number < threshold else number, channel.is_small)


def count_by_wave(waves: Iterable[Wave]) -> dict[int, tuple[int, int]]:
    """Return {wave key: (responses, interviews)}. Two queries however many waves."""
    keys = [wave.pk for wave in waves]
    forms = dict(Response.objects.filter(wave__in=keys).values_list("wave").annotate(Count("pk")))
    talks = dict(Interview.objects.filter(wave__in=keys).values_list("wave").annotate(Count("pk")))
    return {key: (forms.get(key, 0), talks.get(key, 0)) for key in keys}
