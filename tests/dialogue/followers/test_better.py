"""«Har det blivit bättre?»: asked once by letter, answered once by link, and nobody can tell who said what."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from actors.models import Letter
from dialogue.activities import activity_lifecycle
from dialogue.batching import dialogue_batch
from dialogue.followers import better_answers, digest, news_collection
from dialogue.models import BetterAnswer, BetterInvite, BetterQuestion, Follower, News, Wish
from dialogue.rules.activities import ActivityState
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.language_switch import SWITCH
from surveys.batching import waiting
from surveys.models import WaitingItem
from tests import factories as make

HER_WORDS = "Ring mig på 070-174 06 05, det är mörkt vid porten."


@pytest.fixture
def lit(talk, ake, polisen):
    """New lamps, under way."""
    issue = make.issue(talk, "Belysning", slug="belysning")
    held = make.decision(issue, ake, polisen, answer="approved")
    activity = make.activity(issue, ake, held, state=ActivityState.RUNNING)
    make.commitment(activity, polisen, ake)
    return activity


def follow(issue, number=1, wish=Wish.EVERY):
    """Let a number of followers follow the issue."""
    for each in range(number):
        follower = Follower.at(f"boende{each}@example.se", language="sv", wish=wish)
        follower.ask_for([issue])
        follower.confirm()


def noon():
    return timezone.localtime().replace(hour=12)


@pytest.fixture
def ends(lit, ake):
    """End the activity and send the digests; returns the links in the letters."""

    def end(number=1, wish=Wish.EVERY, state=ActivityState.DONE, **more):
        follow(lit.issue, number, wish)
        activity_lifecycle.end(activity=lit, state=state, outcome={"sv": "Det lyser."}, by=ake, **more)
        news_collection.collect_news()
        digest.send_digests(noon())
        return links()

    return end


def links():
    split = [letter.text.partition("/battre/") for letter in Letter.objects.filter(kind="news")]
    return [f"/battre/{after.partition('/')[0]}/" for _, has_link, after in split if has_link]


def over():
    """The time to answer is over, and the answers have been written."""
    BetterQuestion.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    dialogue_batch.write()


def test_each_follower_gets_a_link_of_her_own_and_only_hashes_are_stored(ends):
    mine, other = ends(2)
    stored = str([vars(invite) for invite in BetterInvite.objects.all()])

    assert mine != other
    assert BetterInvite.objects.count() == 2
    assert [link for link in (mine, other) if link.split("/")[2] in stored] == []
    assert set(BetterInvite._meta.get_fields()) == {BetterInvite._meta.get_field(name) for name in FIELDS}


FIELDS = ("id", "question", "token_hash", "is_used")


def test_it_is_asked_once_and_told_to_those_who_want_only_results(ends):
    assert len(ends(1, Wish.RESULT)) == 1
    news_collection.collect_news()
    digest.send_digests(noon() + dt.timedelta(days=1))

    assert len(links()) == 1
    assert News.objects.filter(kind="better", is_result=True).count() == 1


def test_what_went_over_into_ordinary_operations_is_asked_about_too(ends):
    assert len(ends(state=ActivityState.HANDED_OVER, carried_on_by="Trafikkontoret")) == 1


def test_what_had_no_effect_is_not_asked_about(ends):
    assert ends(state=ActivityState.NO_EFFECT) == []


def test_nothing_is_asked_where_nobody_follows(ends):
    ends(0)

    assert BetterQuestion.objects.count() == 0


def test_opening_the_link_changes_nothing_and_it_works_once(ends, amina):
    (link,) = ends()
    first, second = amina.get(link), amina.get(link)
    sent = amina.post(link, {"svar": "some", "ord": HER_WORDS})

    assert (first.status_code, second.status_code, sent.status_code) == (200, 200, 200)
    assert (first.headers["Referrer-Policy"], "csrftoken" in amina.cookies) == ("strict-origin", False)
    assert (amina.get(link).status_code, amina.post(link, {"svar": "yes"}).status_code) == (404, 404)


def test_without_an_answer_she_is_told_beside_the_field_and_her_words_are_kept(ends, amina):
    (link,) = ends()
    page = amina.post(link, {"ord": "Mörkt än."})

    assert (page.status_code, "Välj ett av svaren." in page.text, "Mörkt än." in page.text) == (422, True, True)


def test_another_site_can_not_answer_for_her(ends, amina):
    (link,) = ends()

    assert amina.post(link, {"svar": "no"}, headers={"Origin": "https://annan.example"}).status_code == 403


def test_a_link_that_is_too_old_or_unknown_gets_an_honest_page(ends, amina):
    (link,) = ends()
    over()

    assert amina.get(link).status_code == amina.get("/battre/hittepa/").status_code == 404
    assert "Länken öppnar inget längre" in amina.get(link).text


def test_an_answer_waits_for_the_batch_without_being_written(ends, amina):
    (link,) = ends()
    amina.post(link, {"svar": "yes", "ord": HER_WORDS})

    assert (BetterAnswer.objects.count(), BetterInvite.objects.filter(is_used=True).count()) == (0, 0)
    assert not any(b"070" in bytes(row.sealed) for row in WaitingItem.objects.all())
    dialogue_batch.write()
    assert (BetterAnswer.objects.count(), BetterInvite.objects.filter(is_used=True).count()) == (1, 1)
    dialogue_batch.write()
    assert BetterAnswer.objects.count() == 1


def test_who_answers_twice_in_the_same_moment_is_counted_once(ends):
    (link,) = ends()
    asked = BetterQuestion.objects.get()
    better_answers.answer(question=asked, token=link.split("/")[2], answer="yes")
    for write in (waiting.locked, dialogue_batch.write):
        write()
        with pytest.raises(Refusal, match="redan använd"):
            better_answers.answer(question=asked, token=link.split("/")[2], answer="no")

    assert [answer.answer for answer in BetterAnswer.objects.all()] == ["yes"]


def test_the_longest_words_fit_their_row(ends, amina):
    (link,) = ends()
    amina.post(link, {"svar": "yes", "ord": '🌳"' * 250})
    dialogue_batch.write()

    assert BetterAnswer.objects.get().words == '🌳"' * 250


def test_when_the_time_is_over_the_links_are_thrown(ends, amina):
    (link,) = ends()
    amina.post(link, {"svar": "yes"})
    over()

    assert (BetterAnswer.objects.count(), BetterInvite.objects.count()) == (1, 0)


def answered(ends, amina, number):
    """Let a number of followers answer, the first one no, and end the time to answer."""
    for place, link in enumerate(ends(number)):
        amina.post(link, {"svar": "yes" if place else "no", "ord": HER_WORDS})
    over()


PUBLIC = ("/ostberga/sa-gick-det/", "/ostberga/sa-gick-det/{pk}/", "/ostberga/fragor/belysning/", "/ostberga/")


@pytest.mark.parametrize("path", PUBLIC[:2])
def test_answers_are_told_in_steps(ends, amina, lit, path):
    answered(ends, amina, 7)

    told = "7–15 svarade: 6–14 ja, 0 lite, färre än 6 nej, 0 vet inte."
    assert told in amina.get(path.format(pk=lit.pk)).text


@pytest.mark.parametrize("path", PUBLIC[:2])
def test_too_few_of_each_answer_are_not_told(ends, amina, lit, path):
    answered(ends, amina, 6)
    page = amina.get(path.format(pk=lit.pk)).text

    assert ("För få har svarat för att visas." in page, "svarade:" in page) == (True, False)


def test_nothing_is_shown_while_answers_may_come(ends, amina, lit):
    for link in ends(6):
        amina.post(link, {"svar": "yes"})
    dialogue_batch.write()
    page = amina.get(f"/ostberga/sa-gick-det/{lit.pk}/").text

    assert ("svarade:" in page, "För få" in page) == (False, False)


def test_her_words_are_on_no_public_page_and_masked_for_the_coordinator(ends, amina, lit, browse, ake):
    answered(ends, amina, 6)
    pages = [amina.get(path.format(pk=lit.pk)).text for path in PUBLIC]
    workshop = browse(ake).get(f"/samordna/ostberga/aktiviteter/{lit.pk}/").text

    assert [page for page in pages if "mörkt vid porten" in page] == []
    assert ("Ring mig på [telefonnummer]" in workshop, "070-174" in workshop) == (True, False)


def test_her_words_are_not_in_clear_in_the_database(ends, amina):
    answered(ends, amina, 6)

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM dialogue_betteranswer")
        assert [row for row in cursor.fetchall() if "porten" in str(row)] == []


def test_an_answer_has_no_tie_to_a_link_or_a_follower():
    tied = [field.name for field in BetterAnswer._meta.get_fields() if field.is_relation]

    assert tied == ["question"]


def test_without_the_queue_her_answer_is_taken_all_the_same(ends, amina, settings):
    (link,) = ends()
    settings.REDIS_URL = "redis://127.0.0.1:1"
    sent = amina.post(link, {"svar": "some"})
    dialogue_batch.write()

    assert (sent.status_code, BetterAnswer.objects.get().answer) == (200, "some")


def test_words_go_along_to_another_language_and_the_second_tap_is_told_that_it_came(ends, amina):
    (path,) = ends()
    typed = {"svar": "yes", "ord": "Nu lyser det."}

    page = amina.post(f"/so{path}", {**typed, SWITCH: "1"})
    assert ("Nu lyser det." in page.text, "checked" in page.text) == (True, True)
    assert (amina.post(path, typed).status_code, list(waiting.list_bodies("better")) != []) == (200, True)

    again = amina.post(path, typed)
    assert "har ditt svar kommit fram" in again.text
    assert len(list(waiting.list_bodies("better"))) == 1
