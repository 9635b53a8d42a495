"""The public page of partners, and the search for who is responsible for what."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from actors.models.organisations import search_words_of
from actors.partners.responsibility_search import search_responsibilities
from tests import factories as make


@pytest.fixture
def lights(trafikkontoret):
    """Trafikkontoret, responsible for street and park lights."""
    for subject, words in (("Gatubelysning", ["lampa", "lyktstolpe"]), ("Parkbelysning", ["lampa i parken"])):
        trafikkontoret.responsibilities.create(
            subject=subject, words=words, search_words=search_words_of(subject, words)
        )
    return trafikkontoret


@pytest.mark.parametrize(
    "question", ["parkbelysning", "Vem ansvarar för parkbelysning?", "PARKBELYSNINGEN", "parkbelysnign"]
)
def test_the_right_body_is_found(lights, ostberga, question):
    best = search_responsibilities(question, ostberga)[0]

    assert (best.subject, best.organisation) == ("Parkbelysning", lights)


def test_a_body_that_is_not_here_is_not_suggested(ostberga):
    elsewhere = make.organisation("Annan kommun")
    elsewhere.responsibilities.create(subject="Parkbelysning", search_words="parkbelysning")

    assert list(search_responsibilities("parkbelysning", ostberga)) == []


def test_the_page_answers_and_shows_the_terms_of_each_body(lights, ostberga, amina):
    page = amina.get("/ostberga/parter/", {"q": "parkbelysning"}).content.decode()

    assert page.count("Parkbelysning") == 1
    assert "Uppdrag" in page


def test_a_partner_that_leaves_stands_with_its_last_day(ostberga, trafikkontoret, amina):
    later = timezone.localdate() + dt.timedelta(days=20)
    ostberga.partnerships.filter(organisation=trafikkontoret).update(left_on=later, left_reason="Uppdraget är slut.")

    assert f"sista dagen {date_format(later, 'j F Y')}" in amina.get("/ostberga/parter/").text


def test_a_body_outside_is_shown_as_outside(ostberga, amina):
    sl = make.organisation("SL")
    ostberga.addressees.create(organisation=sl, about={"sv": "Busslinjerna bestäms av regionen."})

    assert "Utanför samverkan" in amina.get("/ostberga/parter/").content.decode()
