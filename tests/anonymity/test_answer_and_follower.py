"""An answer and the wish to follow that comes after it: nothing links them, however few the people are."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from dialogue import tasks
from dialogue.batching import dialogue_batch
from dialogue.models import Follower
from tests import clock
from tests.anonymity.attack import PAIRS, Evidence, too_good, try_all, uuid_needles
from tests.dialogue.followers.test_following import asks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]


def analyse():
    """Sample all tables, as the database does by itself now and then, and somebody may do by hand."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def guesses(answers, addresses):
    followers = dict(Follower.objects.values_list("email", "pk"))
    traces = [[address.encode(), *uuid_needles(followers[address])] for address in addresses]
    return try_all([uuid_needles(key) for key in answers], traces)


def test_one_in_each_batch_and_confirmed_at_once(send, addresses, lamps, phone_of):
    answers = []
    for number, address in enumerate(addresses):
        answers.append(send()[0])
        asks(phone_of(number), lamps, email=address)
        tasks.write_batch()
        tasks.send_follow_letters()
        phone_of(number).post(f"/folj/{Follower.objects.get(email=address).token}/", {"gor": "bekrafta"})
        tasks.write_batch()
        tasks.send_follow_letters()
        analyse()

    assert Follower.objects.filter(confirmed_on__isnull=False).count() == PAIRS
    assert too_good(guesses(answers, addresses)) == {}


def test_all_in_one_batch(send, addresses, lamps, phone_of):
    answers = []
    for number, address in enumerate(addresses):
        answers.append(send()[0])
        asks(phone_of(number), lamps, email=address)
    tasks.write_batch()
    tasks.send_follow_letters()

    assert too_good(guesses(answers, addresses)) == {}


def test_one_wish_and_one_answer_in_a_whole_week(send, addresses, lamps, phone_of):
    """The month is kept and tells its share: of those who came in the same month each is as likely."""
    answers, months = [], set()
    for number, address in enumerate(addresses):
        clock.start(clock.moment() + dt.timedelta(weeks=number))
        months.add(timezone.localdate().replace(day=1))
        answers.append(send()[0])
        asks(phone_of(number), lamps, email=address)
        tasks.write_batch()
        tasks.send_follow_letters()
        Follower.objects.get(email=address).confirm()
        tasks.write_batch()
        tasks.send_follow_letters()

    assert too_good(guesses(answers, addresses), expected=len(months)) == {}


def test_all_rows_of_followers_are_of_one_version_with_no_earlier_one(addresses, lamps, phone_of):
    for number, address in enumerate(addresses):
        asks(phone_of(number), lamps, email=address)
        dialogue_batch.write()
    evidence = Evidence()

    for table in ("dialogue_follower", "dialogue_followedissue"):
        versions = evidence.versions(table)
        assert len(versions) == 2 * PAIRS  # each alive, and the same as a version on its page
        assert len({(version.signals["xmin"], version.signals["cmin"]) for version in versions}) == 1
