"""A form that is refused as a whole gives back what was typed in it."""

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
    "more", [{"b": "x" * 2_600_000}, {f"f{number}": "1" for number in range(1001)}, {"b": "\x00"}, {"b": "9" * 5000}]
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
