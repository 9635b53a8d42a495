"""A share of all responses is stored without its channel, so that an empty one does not tell of a small place."""

import uuid

import pytest

from dialogue.batching import dialogue_batch
from ostberga.lib.privacy.small_numbers import step_span
from surveys.batching import blank_counts
from surveys.collecting import receiving
from surveys.fielding import channels
from surveys.fielding.wave_planning import count_by_channel
from surveys.models import Channel, Response
from tests import factories as make

SENT = 100


def send(wave, channel, number=1):
    for _ in range(number):
        receiving.receive(wave=wave, submission=uuid.uuid4(), channel=channel, language="sv", answers={})


@pytest.fixture
def library(form):
    return make.channel(form, label="Biblioteket")


@pytest.mark.blank_by_chance
def test_about_a_quarter_is_blank_and_the_count_is_right(autumn, library):
    send(autumn, library, SENT)
    dialogue_batch.write()
    blank = Response.objects.filter(channel=None).count()

    assert 5 < blank < 50  # each outside has a chance below one in a million
    assert Response.objects.filter(channel=library).count() + blank == SENT
    told = step_span(SENT, 6).words
    assert {row.label: row.words for row in count_by_channel(autumn, 6)}["Biblioteket"] == told
    assert library.counted == blank


def test_each_wave_has_its_own_count_and_a_small_place_one_for_all(form, autumn, library, monkeypatch):
    monkeypatch.setattr(blank_counts, "PERCENT", 100)
    before = make.wave(form, title="Våren", closed_at=autumn.opened_at)
    stairs = make.channel(form, label="Trappan", is_small=True)
    for channel in (library, stairs):
        send(before, channel, 7)
        send(autumn, channel, 8)
    dialogue_batch.write()

    counted = [blank_counts.blank_by_channel([library.pk, stairs.pk], wave) for wave in (before, autumn)]
    assert [(row[library.pk], row[stairs.pk]) for row in counted] == [(7, 15), (8, 15)]
    assert {row.label: row.words for row in count_by_channel(autumn, 6)}["Trappan"] == "11–15"


def test_what_no_channel_counts_any_more_stops_no_batch(autumn, library):
    blank_counts.count_blank(library, autumn)
    Channel.objects.filter(pk=library.pk).delete()

    assert dialogue_batch.write()


def test_a_channel_made_small_after_it_was_fetched_is_not_stored(autumn, library, ake):
    """A phone's request fetched it a moment ago; what counts is what it is when the answer is stored."""
    fetched = Channel.objects.get(pk=library.pk)
    channels.change_channel(channel=library, by=ake, label=library.label, is_small=True)
    send(autumn, fetched, 3)
    dialogue_batch.write()

    assert not Response.objects.exclude(channel=None).exists()
    assert blank_counts.blank_by_channel([library.pk], autumn)[library.pk] == 3
