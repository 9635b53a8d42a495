"""Runs of the digest: one that is killed is resumed where it was, and two at once share the work."""

import pytest
from django.db import transaction
from django.utils import timezone

from actors.letters import outbox
from actors.models import Letter
from dialogue.followers import digest, news_collection
from dialogue.models import Follower, News
from dialogue.staircase import climbing, gate_facts
from tests import factories as make
from tests.dialogue.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

FOLLOWERS = 25


@pytest.fixture
def noon():
    return timezone.localtime().replace(hour=12)


@pytest.fixture
def lamps(talk, ake, monkeypatch):
    """An issue with followers and news, where the digest takes the followers in small portions."""
    monkeypatch.setattr(digest, "PORTION", 4)
    issue = make.issue(talk, "Belysning")
    for number in range(FOLLOWERS):
        _follow(issue, f"boende{number}@example.se")
    climbing.climb(issue=issue, by=ake, reason="Klart.", despite=gate_facts.missing_requirements(issue))
    return issue


@transaction.atomic
def _follow(issue, email):
    follower = Follower.at(email, language="sv")
    follower.ask_for([issue])
    follower.confirm()


def addresses():
    return sorted(Letter.objects.filter(kind="news").values_list("to", flat=True))


def everyone():
    return sorted(Follower.objects.values_list("email", flat=True))


class Killed(Exception):
    """The worker was taken down."""


def killed_after(number, write):
    """Writes a number of letters and then fails."""
    left = [number]

    def until_killed(**letter):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return write(**letter)

    return until_killed


@pytest.mark.parametrize("after", [0, 1, 6, 24])
def test_a_run_that_is_killed_is_taken_up_and_each_gets_one_letter(lamps, noon, monkeypatch, after):
    news_collection.collect_news()
    write = outbox.write
    monkeypatch.setattr(outbox, "write", killed_after(after, write))
    with pytest.raises(Killed):
        digest.send_digests(noon)
    monkeypatch.setattr(outbox, "write", write)
    kept = len(addresses())
    digest.send_digests(noon)

    assert kept == after // 4 * 4
    assert addresses() == everyone()


@pytest.mark.usefixtures("lamps")
def test_two_runs_at_once_send_each_letter_once(noon):
    news_collection.collect_news()
    at_once(*[lambda: digest.send_digests(noon)] * 3)
    digest.send_digests(noon)

    assert addresses() == everyone()


@pytest.mark.usefixtures("lamps")
def test_who_gathers_at_once_gathers_once():
    at_once(*[news_collection.collect_news] * 3)
    news_collection.collect_news()

    assert News.objects.count() == 1


def test_she_who_is_forgotten_in_the_middle_gets_nothing_more(lamps, noon):
    news_collection.collect_news()
    forget = Follower.objects.get(email="boende7@example.se").forget
    at_once(forget, lambda: digest.send_digests(noon))

    assert "boende7@example.se" not in everyone()
    assert set(addresses()) >= set(everyone())
