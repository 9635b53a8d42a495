"""Digests: each piece of news once, in one letter a day, in the follower's language, only after she confirmed."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from actors.letters import sending
from actors.models import Letter
from dialogue.activities import activity_lifecycle
from dialogue.followers import digest, news_collection
from dialogue.models import Follower, News, PublishedReport, Wish
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import PartState
from dialogue.rules.staircase import Step
from dialogue.staircase import climbing, gate_facts
from tests import factories as make

LONG_AGO = dt.date(2024, 6, 1)


def at(hour, days=0):
    """An hour of today, or of a day counted from today."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def tell(now=None):
    """Collect news and send digests, at noon unless told otherwise."""
    news_collection.collect_news()
    return digest.send_digests(now or at(12))


@pytest.fixture
def lamps(talk):
    """An issue that may go on to the next step."""
    return make.issue(talk, "Belysning")


@pytest.fixture
def reader(lamps):
    """Someone who follows the issue in Arabic and has said yes."""
    return follows(lamps, language="ar")


def follows(*issues, email="boende@example.se", language="sv", wish=Wish.EVERY):
    follower = Follower.at(email, language=language, wish=wish)
    follower.ask_for(issues)
    follower.confirm()
    return follower


def onward(issue, by, reason="Klart.", **more):
    climbing.climb(issue=issue, by=by, reason=reason, despite=gate_facts.missing_requirements(issue), **more)


def test_a_move_is_told_once_and_in_her_language(lamps, reader, ake):
    onward(lamps, ake, "Vi har lyssnat klart.")
    sent = [tell(), tell(at(12, days=1))]
    letter = Letter.objects.get(kind="news")

    assert sent == [1, 0]
    assert (letter.to, letter.language) == (reader.email, "ar")
    assert f"/ar{lamps.get_absolute_url()}" in letter.text


def test_all_news_to_one_address_come_in_one_letter(lamps, reader, ake, talk):
    onward(lamps, ake)
    report = PublishedReport.objects.create(dialogue=talk, slug="rapport", title="Så säger vi")
    report.issues.add(lamps)

    assert tell() == 1
    assert "Så säger vi" in Letter.objects.get(kind="news").text


def test_what_happened_long_ago_is_history(lamps, reader, ake):
    type(reader).objects.update(confirmed_on=LONG_AGO)
    reader.followed.update(confirmed_on=LONG_AGO)
    onward(lamps, ake, at=timezone.localtime() - dt.timedelta(days=61))

    assert (tell(), News.objects.count()) == (0, 0)


def test_what_happened_before_she_said_yes_is_not_news(lamps, reader, ake):
    onward(lamps, ake, at=timezone.localtime() - dt.timedelta(days=30))

    assert (tell(), News.objects.count()) == (0, 1)


def test_what_was_gathered_before_she_said_yes_is_not_news_either(lamps, ake):
    onward(lamps, ake)
    news_collection.collect_news()
    follows(lamps)

    assert tell() == 0


def test_an_address_that_never_said_yes_gets_nothing(lamps, ake):
    Follower.at("annan@example.se", language="sv").ask_for([lamps])
    onward(lamps, ake)

    assert tell() == 0


@pytest.fixture
def lit(lamps, ake, polisen):
    """An activity that the police lead under their own decision, which has been sent as news."""
    activity = make.activity(lamps, ake, make.decision(lamps, ake, polisen, answer=PartState.APPROVED))
    make.commitment(activity, polisen, ake)
    news_collection.collect_news()
    News.objects.all().delete()
    return activity


@pytest.mark.parametrize(("answer", "words"), [("approved", "Svaret blev ja:"), ("refused", "Svaret blev nej:")])
def test_an_answer_is_told_whatever_it_was(lamps, ake, answer, words):
    follows(lamps)
    make.decision(lamps, ake, make.organisation(), answer=answer)
    sent = [tell(), tell(at(12, days=1))]

    assert sent == [1, 0]
    assert f"{words} Fler lampor i årets plan." in Letter.objects.get(kind="news").text


def test_what_is_asked_is_no_news_until_it_is_answered(lamps, reader, ake, polisen):
    make.decision(lamps, ake, polisen)

    assert tell() == 0


def test_start_pause_end_and_how_it_goes_come_in_one_letter(lit, reader, ake):
    activity_lifecycle.start(activity=lit, by=ake)
    activity_lifecycle.add_news(activity=lit, by=ake, text="Första stolpen står.")
    activity_lifecycle.pause(activity=lit, by=ake, why="Tjäle i marken.")
    activity_lifecycle.end(activity=lit, state=ActivityState.NO_EFFECT, outcome={"sv": "Lamporna gick sönder."}, by=ake)
    sent = [tell(), tell(at(12, days=1))]
    letter = Letter.objects.get(kind="news").text

    assert sent == [1, 0]
    told = ("Första stolpen står.", "Tjäle i marken.", "Lamporna gick sönder.")
    assert [words for words in told if words not in letter] == []
    assert f"/ar/ostberga/sa-gick-det/{lit.pk}/" in letter


def test_how_it_goes_is_told_once_to_those_who_hear_all_and_not_to_those_who_hear_results(lit, lamps, ake):
    everything, _ = follows(lamps), follows(lamps, email="svar@example.se", wish=Wish.RESULT)
    activity_lifecycle.add_news(activity=lit, by=ake, text="Första stolpen står.")
    sent = [tell(), tell(at(12, days=1))]
    letter = Letter.objects.get(kind="news")

    assert (sent, letter.to) == ([1, 0], everything.email)
    assert f"{lit}: Första stolpen står." in " ".join(letter.text.split())


def test_what_nobody_may_read_of_is_no_news(lamps, reader, ake):
    broken_off = make.activity(lamps, ake)
    lamps.unpublish(by=ake)
    activity_lifecycle.end(activity=broken_off, state=ActivityState.CANCELLED, outcome={"sv": "Nej."}, by=ake)

    assert tell() == 0


def test_what_is_hidden_or_taken_back_in_the_meantime_is_not_told(lamps, reader, ake, talk):
    report = PublishedReport.objects.create(dialogue=talk, slug="rapport", title="Så säger vi")
    report.issues.add(lamps)
    news_collection.collect_news()
    report.withdraw("Fel siffror.")

    assert (News.objects.count(), tell()) == (1, 0)


def test_the_closing_answer_comes_by_letter(lamps, ake):
    follows(lamps)
    closed(lamps, ake, "Nu lyser det.")

    assert tell() == 1
    assert "Svaret till er som frågade: Nu lyser det." in Letter.objects.get(kind="news").text


def closed(issue, by, answer):
    type(issue).objects.filter(pk=issue.pk).update(step=5)
    issue.refresh_from_db()
    climbing.close(
        issue=issue, by=by, answer={"sv": answer}, reason="Klart.", despite=gate_facts.missing_requirements(issue)
    )


def test_grouped_by_issue_and_newest_first(lamps, talk, ake):
    buses = make.issue(talk, "Bussen")
    follows(lamps, buses)
    Follower.objects.get().followed.update(confirmed_on=LONG_AGO)
    onward(lamps, ake, at=timezone.localtime() - dt.timedelta(days=3))
    onward(buses, ake, at=timezone.localtime() - dt.timedelta(days=2))
    onward(lamps, ake, at=timezone.localtime() - dt.timedelta(days=1))
    tell()
    text = Letter.objects.get(kind="news").text
    steps = [f"steget {Step(step).label}" for step in (3, 2)]
    order = [text.index(words) for words in ("Belysning\n", *steps, "Bussen\n")]

    assert order == sorted(order)
    assert (text.count("Belysning\n"), text.count("Bussen\n")) == (1, 1)


def test_who_wants_only_results_hears_only_them(lamps, ake):
    follows(lamps, wish=Wish.RESULT)
    onward(lamps, ake)
    assert tell() == 0

    make.decision(lamps, ake, make.organisation(), answer="approved")
    assert tell() == 1
    assert "Frågan står nu på steget" not in Letter.objects.get(kind="news").text


@pytest.mark.parametrize(("hour", "sent"), [(7, 0), (8, 1), (19, 1), (20, 0), (23, 0)])
def test_nobody_is_woken(lamps, reader, ake, hour, sent):
    onward(lamps, ake)

    assert tell(at(hour)) == sent


def test_no_more_than_a_letter_a_day_and_nothing_is_lost(lamps, reader, ake):
    onward(lamps, ake)
    first = tell(at(9))
    onward(lamps, ake)

    assert (first, tell(at(15)), tell(at(9, days=1))) == (1, 0, 1)
    assert [letter.text.count("– ") for letter in Letter.objects.filter(kind="news").order_by("written_at")] == [1, 1]


def test_a_cursor_moves_in_silence_when_there_is_nothing_for_her(lamps, talk, ake):
    onward(lamps, ake)
    other = follows(make.issue(talk, "Bussen"))
    onward(lamps, ake)

    assert tell() == 0
    other.refresh_from_db()
    assert (other.told_through, other.told_on) == (News.objects.latest("pk").pk, None)


def test_the_mail_programs_own_button_stops_it_all(lamps, ake, browse):
    reader = follows(lamps)
    onward(lamps, ake)
    tell()
    letter = Letter.objects.get(kind="news")
    sending.send(str(letter.pk))
    link = mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>")
    path = link.removeprefix("http://localhost:8000")

    assert mail.outbox[-1].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path == f"/folj/{reader.token}/avsluta/"
    assert pressed(browse, path).status_code == 200
    assert (Follower.objects.count(), Letter.objects.count()) == (0, 0)
    assert pressed(browse, path).status_code == 200  # twice does no harm


def pressed(browse, path):
    """Unsubscribe as a mail server does: no cookie, no token, another origin."""
    mail_server = browse(enforce_csrf_checks=True, headers={"Origin": "https://post.example", "User-Agent": "post"})
    return mail_server.post(path, {"List-Unsubscribe": "One-Click"})


def test_opening_that_link_changes_nothing(lamps, amina):
    reader = follows(lamps)
    page = amina.get(f"/folj/{reader.token}/avsluta/")
    amina.post(f"/folj/{reader.token}/avsluta/", {"annat": "ja"})

    assert "Ja, ta bort min adress" in page.text
    assert Follower.objects.count() == 1


def test_a_portion_costs_the_same_for_few_and_many(lamps, ake, count_queries, monkeypatch):
    """The queries but for those that write the letters, which are one by one."""
    follows(lamps)
    onward(lamps, ake)
    few = count_queries(tell)
    for number in range(5):
        follows(lamps, email=f"boende{number}@example.se")
    onward(lamps, ake)

    assert count_queries(lambda: tell(at(12, days=1))) == few + 5
