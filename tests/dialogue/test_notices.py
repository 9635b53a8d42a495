"""Who asked for news gets them: once, in one letter, in her own language, and only after she said yes."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Letter
from dialogue import carrying_out, climbing, gates
from dialogue.authority import PartState
from dialogue.followers import notices
from dialogue.models import Follower, PublishedReport
from dialogue.progress import State
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


def onward(issue, by, reason="Klart.", **more):
    climbing.climb(issue=issue, by=by, reason=reason, despite=gates.missing(issue), **more)


def test_a_move_is_told_once_and_in_her_language(lamps, reader, ake):
    onward(lamps, ake, "Vi har lyssnat klart.")
    told = [notices.tell_followers(), notices.tell_followers()]
    letter = Letter.objects.get(kind="news")

    assert told == [1, 0]
    assert (letter.to, letter.language) == (reader.email, "ar")
    assert f"/ar{lamps.get_absolute_url()}" in letter.text


def test_all_news_to_one_address_come_in_one_letter(lamps, reader, ake, talk):
    onward(lamps, ake)
    report = PublishedReport.objects.create(dialogue=talk, slug="rapport", title="Så säger vi")
    report.issues.add(lamps)

    assert notices.tell_followers() == 1
    assert "Så säger vi" in Letter.objects.get(kind="news").text


def test_what_happened_before_she_said_yes_is_not_news(lamps, reader, ake):
    long_ago = timezone.now() - dt.timedelta(days=30)
    onward(lamps, ake, at=long_ago)

    assert notices.tell_followers() == 0


def test_an_address_that_never_said_yes_gets_nothing(lamps, ake):
    Follower.at("annan@example.se", language="sv").ask_for([lamps])
    onward(lamps, ake)

    assert notices.tell_followers() == 0


@pytest.fixture
def lit(lamps, ake, polisen):
    """Something that the police lead, under their own yes; told before."""
    made = make.activity(lamps, ake, make.decision(lamps, ake, polisen, answer=PartState.APPROVED))
    make.commitment(made, polisen, ake)
    notices.tell_followers()
    return made


@pytest.mark.parametrize(("answer", "words"), [("approved", "Svaret blev ja:"), ("refused", "Svaret blev nej:")])
def test_an_answer_is_told_whatever_it_was(lamps, reader, ake, answer, words):
    type(reader).objects.update(language="sv")
    make.decision(lamps, ake, make.organisation(), answer=answer)
    told = [notices.tell_followers(), notices.tell_followers()]

    assert told == [1, 0]
    assert f"{words} Fler lampor i årets plan." in Letter.objects.get(kind="news").text


def test_what_is_asked_is_no_news_until_it_is_answered(lamps, reader, ake, polisen):
    make.decision(lamps, ake, polisen)

    assert notices.tell_followers() == 0


def test_start_pause_and_end_come_in_one_letter_and_other_news_in_none(lit, reader, ake):
    carrying_out.start(activity=lit, by=ake)
    carrying_out.tell(activity=lit, by=ake, text="Första stolpen står.")
    carrying_out.pause(activity=lit, by=ake, why="Tjäle i marken.")
    carrying_out.end(activity=lit, state=State.NO_EFFECT, outcome={"sv": "Lamporna gick sönder."}, by=ake)
    Letter.objects.all().delete()
    told = [notices.tell_followers(), notices.tell_followers()]
    letter = Letter.objects.get(kind="news").text

    assert told == [1, 0]
    assert ("Tjäle i marken." in letter, "Lamporna gick sönder." in letter) == (True, True)
    assert "Första stolpen står." not in letter
    assert f"/ar/ostberga/sa-gick-det/{lit.pk}/" in letter


def test_what_nobody_may_read_of_is_no_news(lamps, reader, ake):
    broken_off = make.activity(lamps, ake)
    lamps.unpublish(by=ake)
    carrying_out.end(activity=broken_off, state=State.CANCELLED, outcome={"sv": "Nej."}, by=ake)

    assert notices.tell_followers() == 0


def test_the_closing_answer_comes_by_letter(lamps, reader, ake):
    type(reader).objects.update(language="sv")
    type(lamps).objects.filter(pk=lamps.pk).update(step=5)
    lamps.refresh_from_db()
    missing = gates.missing(lamps)
    climbing.close(issue=lamps, by=ake, answer={"sv": "Nu lyser det."}, reason="Klart.", despite=missing)

    assert notices.tell_followers() == 1
    assert "Svaret till er som frågade: Nu lyser det." in Letter.objects.get(kind="news").text
