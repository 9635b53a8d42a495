"""Very many answers at once are marked by week, on the wave and the channel, and leave no trace of which they were."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from dialogue.batching import dialogue_batch
from ostberga.lib.coarse_dates import week_of
from surveys.batching import bursts
from surveys.fielding import channels
from surveys.models import Burst, Response
from tests import factories as make

MANY = bursts.MANY


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


def send(wave, number, **more):
    for _ in range(number):
        make.answer(wave, **more)


def mark():
    """What the batch marks: how many more there are after it."""
    before = Burst.objects.count()
    with TestCase.captureOnCommitCallbacks(execute=True):
        dialogue_batch.write()
    return Burst.objects.count() - before


def marks():
    return [(burst.wave, burst.week, burst.channel) for burst in Burst.objects.all()]


def row_version():
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM surveys_burst UNION SELECT xmin::text FROM surveys_blankcount")
        return cursor.fetchall()


@pytest.mark.parametrize(("number", "marked"), [(MANY - 1, 0), (MANY, 1)])
def test_so_many_between_two_batches_are_marked_and_fewer_are_not(autumn, ake, browse, number, marked):
    mark()
    send(autumn, number)
    page = reverse("coordinate:wave", args=["ostberga", autumn.survey_id, autumn.pk])

    assert mark() == marked
    assert ("Många svar på kort tid" in browse(ake).get(page).text) == bool(marked)


def test_what_was_typed_in_from_paper_is_no_burst_nor_what_came_before_the_cache_forgot(autumn):
    mark()
    send(autumn, MANY, entry=Response.Entry.PAPER)
    typed_in = mark()
    cache.clear()
    send(autumn, MANY)

    assert (typed_in, mark(), Burst.objects.count()) == (0, 0, 0)


def test_a_batch_that_is_undone_is_not_what_the_next_one_compares_with(autumn):
    mark()
    send(autumn, MANY)
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        bursts.write([])
        transaction.set_rollback(True)

    assert mark() == 1


def test_a_second_burst_in_the_week_adds_nothing(autumn, form):
    for _ in range(3):
        mark()
        send(autumn, MANY, channel=form.channels.get())
    mark()

    assert marks() == [(autumn, week_of(timezone.localdate()), form.channels.get())]


@pytest.fixture
def school(form, ake):
    """A channel of its own, beside the web's."""
    return channels.create_channel(survey=form, by=ake, label="Skolan", code="SKOLA")


def test_the_channel_that_most_came_through_is_marked(autumn, form, school, ake, browse):
    mark()
    send(autumn, MANY - 10, channel=school)
    send(autumn, 10, channel=form.channels.get(is_web=True))
    page = reverse("coordinate:wave", args=["ostberga", autumn.survey_id, autumn.pk])

    assert (mark(), [channel for _, _, channel in marks()]) == (1, [school])
    assert "flesta genom «Skolan»" in " ".join(browse(ake).get(page).text.split())


def test_no_channel_is_marked_when_they_came_through_several_or_a_small_place(autumn, form, school):
    mark()
    send(autumn, MANY // 2, channel=school)
    send(autumn, MANY // 2, channel=form.channels.get(is_web=True))
    mark()
    send(autumn, MANY, channel=None)  # as a small place's are stored
    mark()

    assert marks() == [(autumn, week_of(timezone.localdate()), None)]


def test_a_channel_found_to_be_a_small_place_leaves_the_mark_on_the_wave(autumn, form, school, ake):
    mark()
    send(autumn, MANY, channel=school)
    mark()
    channels.change_channel(channel=school, by=ake, label="Skolan", is_small=True)
    dialogue_batch.write()

    assert (marks(), mark()) == ([(autumn, week_of(timezone.localdate()), None)], 0)


def test_a_mark_has_the_row_version_of_whatever_the_last_batch_rewrote(autumn, form, school):
    mark()
    send(autumn, MANY, channel=school)
    mark()
    version = row_version()
    dialogue_batch.write()

    assert (len(version), len(row_version()), version == row_version()) == (1, 1, False)


def test_the_answers_are_counted_from_an_index(autumn, form):
    send(autumn, 3)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT wave_id, channel_id, count(*) FROM surveys_response"
            " WHERE wave_id IN (1, 2) AND entry = 'web' GROUP BY wave_id, channel_id"
        )
        plan = " ".join(line for (line,) in cursor.fetchall())

    assert "Index Only Scan using responses_counted" in plan
