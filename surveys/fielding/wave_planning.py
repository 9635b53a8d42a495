"""Planning and closing waves, and counts of responses per channel and wave. Opening is a method of Wave."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.privacy.small_numbers import publish, step_span
from ostberga.lib.refusal import Refusal
from surveys.batching import blank_counts
from surveys.fielding.heard_counts import find_large_groups
from surveys.models import Channel, Interview, Response, Survey, Wave


@transaction.atomic
def plan_wave(*, survey: Survey, by: User, title: str, opens_on: dt.date, closes_on: dt.date | None = None) -> Wave:
    """Create a wave with the next number. It accepts no answers until it is opened."""
    require(by, COORDINATE, survey)
    Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    number = (survey.waves.aggregate(last=Max("number"))["last"] or 0) + 1
    wave = Wave.objects.create(survey=survey, number=number, title=title, opens_on=opens_on, closes_on=closes_on)
    survey.record_change(by=by, kind="planned", wave_id=wave.pk)
    return wave


@transaction.atomic
def change_wave(*, wave: Wave, by: User, title: str, opens_on: dt.date, closes_on: dt.date | None) -> None:
    """Change the title and dates of a wave."""
    require(by, COORDINATE, wave)
    wave = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    wave.title, wave.opens_on, wave.closes_on = title, opens_on, closes_on
    wave.save(update_fields=["title", "opens_on", "closes_on"])
    wave.survey.record_change(by=by, what="omgångens namn och dagar", wave_id=wave.pk)


@transaction.atomic
def close_wave(*, wave: Wave, by: User, at: dt.datetime | None = None) -> None:
    """Stop accepting answers. Answers that arrive later are stored and marked as late.

    The first time, it is decided which roles and languages may stand beside quotes; nothing is added to them later.
    """
    require(by, COORDINATE, wave)
    wave.lock()
    if wave.opened_at is None or wave.closed_at is not None:
        raise Refusal(f"{wave.title} är inte öppen, så den kan inte stängas.", code="not_open")
    if wave.large_groups is None:
        wave.large_groups = find_large_groups(wave)
    wave.closed_at, wave.closed_by = at or timezone.now(), by
    wave.save(update_fields=["closed_at", "closed_by", "large_groups"])
    wave.survey.record_change(by=by, kind="closed", wave_id=wave.pk, at=at)


@dataclass(frozen=True)
class ChannelCount:
    """How many responses came through a channel, in words."""

    label: str
    words: str
    is_small: bool = False


def count_by_channel(wave: Wave, minimum: int) -> list[ChannelCount]:
    """Return how many responses came through each channel in a wave, by the rule for small numbers. Three queries.

    Small places are counted over all waves, in a step that is not part of the table. What came since the last batch is
    not in it.
    """
    stored = Response.objects.filter(wave=wave, channel__isnull=False).values_list("channel").annotate(Count("pk"))
    used = list(Channel.objects.filter(survey=wave.survey_id))
    numbers = Counter(dict(stored)) + blank_counts.blank_by_channel([channel.pk for channel in used], wave)
    large = [channel for channel in used if not channel.is_small]
    spans = publish([[numbers[channel.pk] for channel in large]], minimum).tables[0]
    told = {channel.pk: span for channel, span in zip(large, spans, strict=True)}
    told |= {channel.pk: step_span(numbers[channel.pk], minimum) for channel in used if channel.is_small}
    return [ChannelCount(channel.label, told[channel.pk].words, channel.is_small) for channel in used]


def count_by_wave(waves: Iterable[Wave]) -> dict[int, tuple[int, int]]:
    """Return {wave key: (responses, interviews)}. Two queries however many waves."""
    keys = [wave.pk for wave in waves]
    forms = dict(Response.objects.of_people().filter(wave__in=keys).values_list("wave").annotate(Count("pk")))
    talks = dict(Interview.objects.filter(wave__in=keys).values_list("wave").annotate(Count("pk")))
    return {key: (forms.get(key, 0), talks.get(key, 0)) for key in keys}
