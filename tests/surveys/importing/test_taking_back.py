"""Åke takes back an import of the wrong file: all of it until it has been coded, and later what is left."""

from uuid import uuid4

import pytest
from django.urls import reverse

from ostberga.lib.refusal import Refusal
from surveys.batching import waiting
from surveys.importing import taking_back
from surveys.importing.storing import store_rows
from surveys.models import Answer, AnswerImport, Response, Statement
from surveys.statements import cutting
from surveys.statements.sources import Source

pytestmark = pytest.mark.django_db

TEXT = "Vad tycker du?\nMer ljus\nEn bänk\nEn buss"


@pytest.fixture
def done(ake, form, run):
    """An import of three rows."""
    return store_rows(survey=form, key=uuid4(), by=ake, rows=run(TEXT).rows, read=3)


@pytest.fixture
def coded(ake, done):
    """One of the answers has become a statement, and another has been gone through."""
    first, second, _ = Answer.objects.all()
    cutting.get_or_create_whole(source=Source(first), by=ake)
    cutting.finish_source(source=Source(second), by=ake)
    return first.response


@pytest.fixture
def page(ake, form, done, browse):
    """Open the page of the import, or take it back there."""
    client, args = browse(ake), ["ostberga", form.pk, done.pk]
    return lambda act="": (
        client.post(reverse("coordinate:import-take-back", args=args), follow=True)
        if act
        else client.get(reverse("coordinate:import-done", args=args))
    )


def test_an_import_is_taken_back_as_one_act_and_can_be_made_again(ake, form, done, run):
    facts = taking_back.take_back(answer_import=done, by=ake)

    assert (facts.removable, facts.kept) == (3, 0)
    assert not Response.objects.exists()
    assert [event.what for event in form.events.filter(kind="taken_back")] == ["3 svar"]
    assert len(run(TEXT).stored) == 3


def test_what_has_been_coded_stays_and_is_told(ake, done, coded, page):
    assert "1 svar är inte kodade än och går att ta bort" in page().text
    assert "2 svar är genomlästa och går inte att ta bort" in page().text
    assert f"/utsagor/{Statement.objects.get().pk}/" in page().text
    told = page("take back").text

    assert "1 svar är borttagna. 2 är kodade och står kvar." in told
    assert Response.objects.count() == 2
    assert Statement.objects.get(answer__response=coded).span_start == 0
    assert page("again").status_code == 409


def test_what_is_no_longer_coded_can_be_taken_back_later(ake, done, coded):
    taking_back.take_back(answer_import=done, by=ake)
    Answer.objects.update(coded_at=None)

    assert taking_back.take_back(answer_import=done, by=ake).removable == 1
    assert Response.objects.get() == coded


def test_it_is_taken_back_once(ake, done, page):
    assert page("take back").status_code == 200
    assert page("take back").status_code == 409
    assert "Tillbakatagen" in page().text


def test_nothing_is_taken_back_when_all_is_coded(ake, done):
    for answer in Answer.objects.all():
        cutting.get_or_create_whole(source=Source(answer), by=ake)
    with pytest.raises(Refusal, match="Alla svar i importen har kodats"):
        taking_back.take_back(answer_import=done, by=ake)

    assert Response.objects.count() == 3


def test_counts_of_places_are_lowered_by_what_somebody_says(ake, form, done, browse, autumn):
    AnswerImport.objects.update(is_blank=True)
    channel = form.channels.get()
    args = ["ostberga", form.pk, done.pk]
    name = f"place-{autumn.pk}-{channel.pk}"
    too_many = browse(ake).post(reverse("coordinate:import-take-back", args=args), {name: "4"})
    browse(ake).post(reverse("coordinate:import-take-back", args=args), {name: "3"})

    assert "Platserna är fler än de 3 svar som tas bort" in too_many.text
    assert [body["number"] for body in waiting.list_bodies("blank")] == [-3]


def test_the_import_of_another_form_is_not_found(ake, done, browse, stranger, form):
    args = ["ostberga", form.pk, done.pk]
    assert browse(stranger).get(reverse("coordinate:import-done", args=args)).status_code == 404
    assert browse(ake).get(reverse("coordinate:import-done", args=["ostberga", form.pk, uuid4()])).status_code == 404
