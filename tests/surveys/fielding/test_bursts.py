"""Very many answers at once are marked on the wave, by week, and leave no trace of which they were."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from dialogue.batching import dialogue_batch
from ostberga.lib.coarse_dates import week_of
from surveys.batching import bursts
from surveys.models import Burst, Response
from tests import factories as make


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


def send(wave, number, **more):
    for _ in range(number):
        make.answer(wave, **more)


@pytest.mark.parametrize(("number", "marked"), [(bursts.MANY - 1, 0), (bursts.MANY, 1)])
def test_so_many_between_two_batches_are_marked_and_fewer_are_not(autumn, ake, browse, number, marked):
    dialogue_batch.write()
    send(autumn, number)
    page = reverse("coordinate:wave", args=["ostberga", autumn.survey_id, autumn.pk])

    dialogue_batch.write()

    assert Burst.objects.count() == marked
    assert ("Många svar på kort tid" in browse(ake).get(page).text) == bool(marked)


def test_what_was_typed_in_from_paper_is_no_burst_nor_what_came_before_the_cache_forgot(autumn):
    dialogue_batch.write()
    send(autumn, bursts.MANY, entry=Response.Entry.PAPER)
    dialogue_batch.write()
    typed_in = Burst.objects.count()
    cache.clear()
    send(autumn, bursts.MANY)

    dialogue_batch.write()

    assert (typed_in, Burst.objects.count()) == (0, 0)


def test_a_second_burst_in_the_week_adds_nothing(autumn):
    for _ in range(3):
        dialogue_batch.write()
        send(autumn, bursts.MANY)
    dialogue_batch.write()

    assert [(burst.wave, burst.week) for burst in Burst.objects.all()] == [(autumn, week_of(timezone.localdate()))]
