"""A form that is refused as a whole gives back what was typed in it."""

import time
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import Response

FORM = "application/x-www-form-urlencoded"
WORDS = "Mer ljus på gångvägen."


@pytest.fixture
def door(form, autumn, talk):
    return f"/svara/{form.channels.get().code}/"


@pytest.mark.parametrize(
    "more", [{"b": "x" * 2_600_000}, {f"f{number}": "1" for number in range(5001)}, {"b": "\x00"}, {"b": "9" * 5000}]
)
def test_what_was_typed_stands_on_the_page_that_refuses_it(amina, door, form, more):
    typed = {f"q{form.questions.get().pk}": f"{WORDS} <b>", **more}
    page = amina.post(door, urlencode(typed), content_type=FORM)

    assert (page.status_code, page.headers["Cache-Control"], Response.objects.count()) == (400, "no-store", 0)
    assert f"{WORDS} &lt;b&gt;" in page.text


def test_passwords_and_what_is_endless_are_not_written_back(db):
    sent = {"login": "anna@example.se", "password": "hemligt ord", "b": "\x00"}
    page = Client().post(reverse("account_login"), urlencode(sent), content_type=FORM)
    endless = Client().post("/kvitto/", "a=" + "ö" * 3_000_000, content_type=FORM)

    assert ["anna@example.se" in page.text, "hemligt ord" in page.text] == [True, False]
    assert (endless.status_code, len(endless.content) < 3000) == (400, True)


def answer_to(body, **headers):
    return Client().post("/konto/login/", body, content_type=FORM, headers=headers)


@pytest.mark.parametrize("fields", [900, 5500, 300_000])
def test_the_answer_is_neither_slow_nor_many_times_what_was_sent(db, fields):
    body = "&".join(f"a{number}=xx+yy" for number in range(fields)) + "&b=%00"
    began = time.process_time()
    page = answer_to(body)

    assert (page.status_code, page.text.count("<textarea") <= 20, len(page.content) < 10_000) == (400, True, True)
    assert time.process_time() - began < 2


def test_a_long_text_is_given_back_to_a_limit(db):
    page = answer_to("a=" + "ljus+" * 100_000 + "&b=m%C3%B6rker&c=%00")

    assert 60_000 <= len(page.content) < 70_000


def test_another_site_can_not_put_its_words_on_our_page(db):
    body, ours, theirs = "text=Ring+08-123&x=%00", {"Origin": "http://testserver"}, {"Origin": "https://ond.example"}

    assert ["Ring 08-123" in answer_to(body, **headers).text for headers in (ours, theirs)] == [True, False]
