"""Who asked for news gets them: once, in one letter, in her own language, and only after she said yes."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Letter
from dialogue import notices
from dialogue.models import Follower, PublishedReport
from dialogue.staircase import Step
from tests import factories as make


@pytest.fixture
def lamps(talk):
    """An issue that may go on to the next step."""
    return make.issue(talk, "Belysning")


@pytest.fixture
def reader(lamps):
    """Someone who follows the issue in Arabic and has said yes."""
    follower = Follower.at("boende@example.se", language="ar")
    follower.ask_for([lamps])
    follower.confirm()
    return follower


def test_a_move_is_told_once_and_in_her_language(lamps, reader, ake):
    lamps.move(Step.REPORT, by=ake, reason="Vi har lyssnat klart.", despite=lamps.missing())
    told = [notices.tell_followers(), notices.tell_followers()]
    letter = Letter.objects.get(kind="news")

    assert told == [1, 0]
    assert (letter.to, letter.language) == (reader.email, "ar")
    assert f"/ar{lamps.get_absolute_url()}" in letter.text


def test_all_news_to_one_address_come_in_one_letter(lamps, reader, ake, talk):
    lamps.move(Step.REPORT, by=ake, reason="Klart.", despite=lamps.missing())
    report = PublishedReport.objects.create(dialogue=talk, slug="rapport", title="Så säger vi")
    report.issues.add(lamps)

    assert notices.tell_followers() == 1
    assert "Så säger vi" in Letter.objects.get(kind="news").text


def test_what_happened_before_she_said_yes_is_not_news(lamps, reader, ake):
    long_ago = timezone.now() - dt.timedelta(days=30)
    lamps.move(Step.REPORT, by=ake, reason="Klart.", despite=lamps.missing(), at=long_ago)

    assert notices.tell_followers() == 0


def test_an_address_that_never_said_yes_gets_nothing(lamps, ake):
    Follower.at("annan@example.se", language="sv").ask_for([lamps])
    lamps.move(Step.REPORT, by=ake, reason="Klart.", despite=lamps.missing())

    assert notices.tell_followers() == 0
