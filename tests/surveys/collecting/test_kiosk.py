"""Two people at one kiosk: the second goes Back to the first one's form, and is asked before she is passed over."""

import re
import uuid

import pytest

from surveys.models import Response
from surveys.rules.questions import QuestionKind
from tests import factories as make


@pytest.fixture
def ticks(form, autumn):
    """What the phone sends from a form where nobody has to write."""
    form.questions.update(required=False)
    options = [{"value": "a", "text": {"sv": "A"}}, {"value": "b", "text": {"sv": "B"}}]
    question = make.question(form, QuestionKind.ONE_CHOICE, options=options)
    return {"nyckel": str(uuid.uuid4()), f"q{question.pk}": "a"}


@pytest.fixture
def door(form):
    return f"/svara/{form.channels.get().code}/"


@pytest.mark.parametrize("leaves", [False, True])
def test_the_next_person_who_ticks_alike_is_asked_and_not_swallowed(amina, door, ticks, leaves):
    amina.post(door, ticks)
    first_code = amina.get("/kvitto/").context["code"]
    if leaves:
        amina.post("/kvitto/klar/")
    asked = amina.post(door, ticks)

    assert (asked.status_code, asked.headers["Cache-Control"], Response.objects.count()) == (409, "no-store", 1)
    assert ("Det här svaret har redan kommit fram" in asked.text, first_code in asked.text) == (True, False)
    (key,) = re.findall(r'name="nyckel" value="([0-9a-f-]{36})"', asked.text)
    amina.post(door, ticks | {"nyckel": key})
    assert (Response.objects.count(), amina.get("/kvitto/").context["code"] != first_code) == (2, True)


def test_the_third_person_who_ticks_as_the_first_is_asked_too(amina, door, ticks):
    (question,) = [name for name in ticks if name != "nyckel"]
    for value in ("a", "b"):
        amina.post(door, ticks | {question: value})
        first_code = amina.get("/kvitto/").context["code"]
        amina.post("/kvitto/klar/")
    asked = amina.post(door, ticks)

    assert (asked.status_code, first_code in asked.text, Response.objects.count()) == (409, False, 2)


def test_a_resend_before_the_receipt_was_seen_is_stored_once_without_a_question(amina, door, ticks):
    answers = [amina.post(door, ticks).status_code for _ in range(3)]

    assert (answers, Response.objects.count()) == ([303, 303, 303], 1)


def test_whoever_wrote_something_is_the_same_person(amina, door, ticks, form):
    written = ticks | {f"q{form.questions.first().pk}": "Mer ljus."}
    codes = set()
    for _ in range(2):
        assert amina.post(door, written).status_code == 303
        codes.add(amina.get("/kvitto/").context["code"])

    assert (len(codes), Response.objects.count()) == (1, 1)


def test_what_the_browser_keeps_of_it_does_not_say_the_code(amina, door, ticks):
    amina.post(door, ticks)
    page = amina.get("/kvitto/")
    amina.post("/kvitto/klar/")

    kept = {name: cookie.value for name, cookie in amina.cookies.items() if cookie.value}
    assert set(kept) == {"visat"}
    assert page.context["code"].replace("-", "") not in kept["visat"]
