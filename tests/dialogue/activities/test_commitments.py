"""A body is asked for a commitment, and replies from its desk or with a link that works once."""

import datetime as dt
import re
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter
from dialogue.activities import commitments
from dialogue.models import Commitment
from dialogue.rules.activities import Part, Reply
from tests import factories as make


@pytest.fixture
def lit(talk, ake):
    """A planned activity."""
    return make.activity(make.issue(talk, "Lamporna"), ake)


@pytest.fixture
def asked(lit, ake, tova, trafikkontoret):
    """Tova's body is asked to lead it."""
    return commitments.ask(activity=lit, organisation=trafikkontoret, part=Part.LEAD, what="Byt lamporna.", by=ake)


@pytest.fixture
def page(asked):
    return reverse("commitment", args=[asked.pk])


@pytest.fixture
def link(lit, ake, polisen):
    """The police are asked by a letter to their registry; the link in it."""
    box = make.registry(polisen)
    commitments.ask(activity=lit, organisation=polisen, part=Part.LEAD, what="Gå där.", by=ake, email=box)
    match = re.search(r"/atagande/[^/\s]+/", Letter.objects.get(to=box).text)
    assert match
    return match.group()


def replied():
    return Commitment.objects.get().reply


def test_the_letter_says_what_is_asked_and_leads_there(page, settings):
    letter = Letter.objects.get(kind="commitment-asked")

    assert letter.subject == "Kan Trafikkontoret ansvara för Byt 22 lampor?"
    assert f"{settings.SITE_URL}{page}" in letter.text
    assert "Inget är bestämt förrän ni har sagt ja." in letter.text


def test_tova_says_yes_and_the_coordinator_hears_it(page, tova, ake, browse):
    text = browse(tova).post(page, {"svar": "accepted"}, follow=True).text

    assert replied() == Reply.ACCEPTED
    assert "Nu är det ert åtagande." in text
    assert Letter.objects.filter(to=ake.email, kind="commitment-answered").count() == 1


def test_yes_but_in_may(page, tova, browse):
    today = timezone.localdate()
    may = dt.date(today.year + 1, 5, 1)
    browse(tova).post(page, {"svar": "countered", "ord": "Ja, men i maj.", "fran": may.isoformat()})
    commitment = Commitment.objects.get()

    assert (commitment.reply, commitment.answer, commitment.countered_start) == (Reply.COUNTERED, "Ja, men i maj.", may)


@pytest.mark.parametrize("svar", ["declined", "countered"])
def test_a_no_and_a_but_need_words(svar, page, tova, browse):
    answer = browse(tova).post(page, {"svar": svar, "fran": ""})

    assert (answer.status_code, replied()) == (422, Reply.ASKED)
    assert "field__error" in answer.text


def test_another_body_does_not_find_it(page, polly, stranger, elsewhere, browse):
    codes = [browse(user).post(page, {"svar": "accepted"}).status_code for user in (polly, stranger)]

    assert (codes, elsewhere.get(page).status_code, replied()) == ([404, 404], 404, Reply.ASKED)


def test_opening_the_link_changes_nothing_however_it_is_opened(link, amina):
    codes = [amina.get(link).status_code, amina.head(link).status_code, amina.options(link).status_code]

    assert (codes, replied()) == ([200, 200, 405], Reply.ASKED)


def test_the_link_is_kept_quiet_and_sets_no_cookie(link, amina):
    page = amina.get(link)

    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    assert not page.cookies


def test_a_function_answers_by_the_link_and_a_name_is_not_asked(link, amina):
    nameless = amina.post(link, {"svar": "accepted"})
    thanks = amina.post(link, {"svar": "accepted", "funktion": "Vakthavande"})
    commitment = Commitment.objects.get()

    assert (nameless.status_code, thanks.status_code) == (422, 200)
    assert (commitment.reply, commitment.replied_as, commitment.replied_by, commitment.token_hash) == (
        Reply.ACCEPTED,
        "Vakthavande",
        None,
        "",
    )


def test_a_used_an_old_and_an_unknown_link_look_the_same(link, lit, ake, amina):
    amina.post(link, {"svar": "declined", "ord": "Nej tack.", "funktion": "Chef"})
    used = amina.get(link)
    unknown = amina.get(reverse("commitment-link", args=["finns-inte"]))

    assert (used.status_code, unknown.status_code) == (404, 404)
    assert used.content == unknown.content
    assert "Länken öppnar inget längre" in used.text
    assert "Nej tack." not in used.text


def test_a_link_that_is_too_old_opens_nothing(link, amina):
    Commitment.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    answer = amina.post(link, {"svar": "accepted", "funktion": "Chef"})

    assert (answer.status_code, replied()) == (404, Reply.ASKED)


def test_another_site_cannot_send_it(link, amina):
    sent = {"svar": "accepted", "funktion": "Chef"}
    answer = amina.post(link, sent, headers={"Origin": "https://annan.example", "Sec-Fetch-Site": "cross-site"})

    assert (answer.status_code, replied()) == (403, Reply.ASKED)


def test_the_link_shows_only_the_question_it_is_about(link, talk, ake, polisen, amina):
    other = make.activity(make.issue(talk, "Hemlig fråga", published_at=None), ake, title={"sv": "Något annat"})
    make.commitment(other, polisen, ake)
    text = amina.get(link).text

    assert "Hemlig fråga" not in text
    assert "Något annat" not in text


@pytest.mark.django_db(transaction=True)
def test_a_link_used_twice_at_once_answers_once(link, browse):
    answers = []

    def press(svar):
        answers.append(browse().post(link, {"svar": svar, "ord": "Så här.", "funktion": "Chef"}).status_code)
        connection.close()

    pressed = [threading.Thread(target=press, args=[svar]) for svar in ("accepted", "declined")]
    for thread in pressed:
        thread.start()
    for thread in pressed:
        thread.join()

    assert sorted(answers) in ([200, 404], [200, 409])
    assert Letter.objects.filter(kind="commitment-answered").count() == 1
