"""Åke enters paper forms, one after another."""

import uuid

import pytest
from django.urls import reverse

from dialogue.batching import dialogue_batch
from ostberga.lib.privacy.codes import is_receipt_code
from surveys.collecting.receiving import receipt_hash
from surveys.models import Response, Statement
from surveys.rules.questions import QuestionKind
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(form):
    """Where the sheets were handed in."""
    return make.channel(form, label="Biblioteket")


@pytest.fixture
def batch_url(form, autumn, place):
    """The URL for entering sheets of a batch: wave, channel and language."""
    chosen = f"wave={autumn.pk}&channel={place.pk}&language=so"
    return f"{reverse('coordinate:entry-sheet', args=['ostberga', form.pk])}?{chosen}"


def written(form, text="Iftiin badan.", **more):
    return {"nyckel": str(uuid.uuid4()), f"q{form.questions.first().pk}": text, **more}


def test_a_sheet_is_kept_as_paper_and_the_next_opens_at_once(ake, form, place, batch_url, browse):
    browser = browse(ake)
    page = browser.get(browser.post(batch_url, written(form)).url)

    stored = Response.objects.get()
    assert (stored.entry, stored.language, stored.channel) == ("paper", "so", place)
    assert "1 blad inskrivna den här veckan" in page.text
    assert page.text.count("autofocus") == 1
    assert "Iftiin" not in page.text


def test_the_code_for_the_slip_is_shown_and_finds_the_answer(ake, form, batch_url, browse):
    browser = browse(ake)
    page = browser.get(browser.post(batch_url, written(form)).url)

    assert is_receipt_code(page.context["last"])
    assert Response.objects.get().receipt_hash == receipt_hash(page.context["last"])


def test_two_equal_sheets_are_two_but_one_sent_twice_is_one(ake, form, batch_url, browse):
    browser, first = browse(ake), written(form)
    for sheet in (first, first, written(form)):
        browser.post(batch_url, sheet)

    assert Response.objects.count() == 2


def test_a_required_question_left_blank_on_paper_is_no_obstacle(ake, form, batch_url, browse):
    second = make.question(form, QuestionKind.SCALE)
    browse(ake).post(batch_url, {"nyckel": str(uuid.uuid4()), f"q{second.pk}": "4"})

    assert Response.objects.get().answers.get().choices == ["4"]


def test_an_empty_sheet_is_not_kept(ake, form, batch_url, browse):
    page = browse(ake).post(batch_url, written(form, text="  "))

    assert page.status_code == 422
    assert "Bladet är tomt" in page.text
    assert not Response.objects.exists()


def test_a_text_too_long_is_told_beside_the_field_and_kept(ake, form, batch_url, browse):
    page = browse(ake).post(batch_url, written(form, text="å" * 20_001))

    assert page.status_code == 422
    assert "för långt" in page.text
    assert "å" * 20_001 in page.text


def test_the_last_sheet_is_undone_and_only_that(ake, form, batch_url, browse):
    browser = browse(ake)
    browser.post(batch_url, written(form, text="Första"))
    browser.post(batch_url, written(form, text="Andra"))
    browser.post(batch_url.replace("blad/", "angra/"))

    assert [response.answers.get().text for response in Response.objects.all()] == ["Första"]
    assert form.events.get().kind == "undone"
    assert browser.post(batch_url.replace("blad/", "angra/")).status_code == 409


def test_a_sheet_that_is_being_worked_with_is_not_undone(ake, form, autumn, batch_url, browse):
    browser = browse(ake)
    browser.post(batch_url, written(form))
    answer = Response.objects.get().answers.get()
    Statement.objects.create(wave=autumn, answer=answer, raw_text="Iftiin badan.")

    assert browser.post(batch_url.replace("blad/", "angra/")).status_code == 409
    assert Response.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_small_place_is_counted_and_counted_back(ake, form, place, batch_url, browse):
    place.is_small = True
    place.save()
    browser = browse(ake)
    browser.post(batch_url, written(form))
    dialogue_batch.write()
    assert (place.counted, Response.objects.get().channel) == (1, None)
    browser.post(batch_url.replace("blad/", "angra/"))

    dialogue_batch.write()
    assert place.counted == 0


def test_a_pile_of_another_form_is_refused(ake, form, autumn, browse):
    elsewhere = make.channel(make.survey(form.collaboration))
    address = reverse("coordinate:entry-sheet", args=["ostberga", form.pk])
    page = browse(ake).get(address, {"wave": autumn.pk, "channel": elsewhere.pk, "language": "sv"})

    assert page.status_code == 422
