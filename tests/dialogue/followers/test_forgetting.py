"""Deletion of followers after an issue's last answer and when they follow nothing, and of letters to them."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.letters import disposal, outbox
from actors.models import Letter
from dialogue.followers import forgetting
from dialogue.models import Follower, round_of
from ostberga.lib.coarse_dates import month_of
from tests import factories as make


def ago(days):
    return timezone.localtime() - dt.timedelta(days=days)


def follows(*issues, days=900, email="boende@example.se"):
    """A follower who confirmed a number of days ago."""
    follower = Follower.at(email, language="sv")
    follower.ask_for(issues)
    follower.confirm()
    follower.followed.update(confirmed_on=month_of(ago(days).date()))
    return follower


@pytest.fixture
def lamps(talk, ake):
    """An issue whose last answer came 13 months ago."""
    issue = make.issue(talk, "Belysning")
    issue.rounds.update(closed_at=ago(396), closed_by=ake, answer={"sv": "Nu lyser det."})
    return issue


def test_a_year_after_the_answer_she_is_forgotten(lamps):
    follows(lamps)
    forgetting.every_day()

    assert Follower.objects.count() == 0


def test_the_coordinator_may_have_said_another_time(lamps):
    type(lamps.dialogue).objects.update(follow_months=14)
    follows(lamps)
    forgetting.every_day()

    assert Follower.objects.count() == 1


def test_a_new_round_has_no_answer_yet(lamps):
    follows(lamps)
    lamps.rounds.create(number=2, cause="Igen")
    forgetting.every_day()

    assert (Follower.objects.count(), round_of(lamps).number) == (1, 2)


def test_what_goes_on_is_still_followed(lamps, talk):
    follower = follows(lamps, make.issue(talk, "Bussen"))
    forgetting.every_day()

    assert [str(issue) for issue in follower.issues.all()] == ["Bussen"]


def test_who_begins_to_follow_an_old_issue_is_not_forgotten_the_same_day(lamps):
    follows(lamps, days=1)
    Follower.at("ny@example.se", language="sv").ask_for([lamps])
    forgetting.every_day()

    assert Follower.objects.count() == 2


def test_who_follows_nothing_any_more_is_erased_with_her_letters(lamps):
    follower = follows(lamps, days=1)
    outbox.post(kind="news", to=follower.email, subject="Nytt", text="…")
    follower.unfollow(lamps)
    forgetting.every_day()

    assert (Follower.objects.count(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "days", "left"), [("news", 31, 0), ("follow", 31, 0), ("news", 29, 1), ("pulse", 31, 1)]
)
def test_letters_to_followers_are_thrown_after_a_month(db, kind, days, left):
    outbox.post(kind=kind, to="boende@example.se", subject="Nytt", text="…")
    Letter.objects.update(state="sent", sent_at=ago(days))
    forgetting.every_day()

    assert Letter.objects.count() == left


def test_a_letter_that_never_came_through_is_thrown_too(db):
    outbox.post(kind="news", to="boende@example.se", subject="Nytt", text="…")
    Letter.objects.update(state="failed", written_at=ago(31))

    assert disposal.dispose_of_due(timezone.localdate()) == 1


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 12, "2025-01-15"), ("2026-01-31", 2, "2025-11-30")],
)
def test_months_are_months(day, months, before):
    assert forgetting.months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(before)


def test_it_is_done_every_day(lamps):
    follows(lamps)
    forgetting.every_day()
    forgetting.every_day()

    assert Follower.objects.count() == 0
