"""Public pages are kept for speed, hold nothing of the visitor, and change at once."""

import pytest
from django.urls import reverse

from dialogue.raising import concern, place, rest_on
from dialogue.staircase import Step
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.KEEP_PUBLIC_PAGES = True


def test_a_kept_page_costs_no_query(ready, amina, count_queries):
    amina.get(ready.get_absolute_url())

    assert count_queries(lambda: amina.get(ready.get_absolute_url())) == 0


@pytest.mark.parametrize("verb", ["move", "describe", "concern", "rest_on"])
def test_an_edit_shows_at_once(ready, amina, ake, polisen, verb):
    new = make.perspective(ready.dialogue.collaboration, ake, "NYTT")
    words = {"slug": ready.slug, "title": ready.title, "description": {"sv": "NYTT"}, "next_up": {}}
    before = amina.get(ready.get_absolute_url()).text
    {
        "move": lambda: ready.move(Step.REPORT, by=ake, reason="NYTT"),
        "describe": lambda: ready.describe(by=ake, **words),
        "concern": lambda: concern(issue=ready, bodies={polisen: "NYTT"}, by=ake),
        "rest_on": lambda: rest_on(issue=ready, perspectives=[new], by=ake),
    }[verb]()

    assert ("NYTT" in before, "NYTT" in amina.get(ready.get_absolute_url()).text) == (False, True)


def test_hiding_an_issue_takes_its_kept_page_away(ready, amina, ake):
    amina.get(ready.get_absolute_url())
    ready.unpublish(by=ake)

    assert amina.get(ready.get_absolute_url()).status_code == 404


def test_a_new_order_shows_at_once(ready, amina, ake):
    other = make.issue(ready.dialogue, "Soporna", position=1)
    before = amina.get("/ostberga/fragor/").text
    place(issue=other, steps=-1, by=ake)
    after = amina.get("/ostberga/fragor/").text

    assert [page.index("Lamporna") < page.index("Soporna") for page in (before, after)] == [True, False]


@pytest.mark.parametrize("path", ["/ostberga/", "/ostberga/fragor/", "/ar/ostberga/", "/ostberga/fragor/lamporna/"])
@pytest.mark.usefixtures("ready", "autumn")
def test_a_page_holds_nothing_of_its_visitor(browse, amina, ake, path):
    signed_in = browse(ake).get(path)
    page = amina.get(path)

    assert "csrf" not in page.text
    assert (page.cookies, signed_in.text) == ({}, page.text)


def test_the_staircase_shows_new_periods_at_once(talk, amina, ake, browse):
    amina.get("/ostberga/")
    there = reverse("coordinate:steps-round", args=["ostberga", talk.pk, 1])
    browse(ake).post(there, {"steg-1-period": "hösten 2031"})

    assert "hösten 2031" in amina.get("/ostberga/").text
