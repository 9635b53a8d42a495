"""The desk of a coordinator, of officials and of somebody without a place."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from dialogue.models import ConcernedBody
from tests import factories as make

TODAY = timezone.localdate()


def test_the_coordinators_desk_leads_to_the_week(talk, autumn, ake, browse):
    make.answer(autumn)
    page = browse(ake).get("/mitt/").text

    assert reverse("coordinate:home", args=["ostberga"]) in page
    assert "<strong>1</strong> svar och anteckningar väntar" in page


def test_the_officials_desk_shows_what_concerns_her_bodies(ready, bare, tova, polisen, browse):
    make.official(tova, polisen)
    ConcernedBody.objects.create(issue=bare, organisation=polisen, why="Går där.")
    page = browse(tova).get("/mitt/").text

    assert [words in page for words in ("Sköter lamporna.", "Går där.", "inte bekräftad")] == [True] * 3


def test_a_confirmed_text_is_read_or_changed_not_confirmed(ready, tova, trafikkontoret, browse):
    trafikkontoret.partnerships.update(accepted_at=timezone.now(), confirmed_at=timezone.now(), confirmed_by=tova)
    ready.concerned.update(why="")

    page = browse(tova).get("/mitt/").text

    assert "Läs eller ändra den" in page
    assert "Läs och bekräfta" not in page
    assert "·" not in page.split("Frågor som berör er")[1].split("</section>")[0]


def test_a_place_that_has_ended_is_not_on_the_desk(ready, tova, browse):
    tova.affiliations.update(since=TODAY - dt.timedelta(days=9), until=TODAY - dt.timedelta(days=1))

    assert "Sköter lamporna." not in browse(tova).get("/mitt/").text


def test_a_hidden_issue_is_not_on_the_officials_desk(ready, tova, ake, browse):
    ready.unpublish(by=ake)

    assert "Lamporna" not in browse(tova).get("/mitt/").text


def test_whoever_has_no_place_is_told_who_invites(stranger, browse):
    page = browse(stranger).get("/mitt/")

    assert "Det är samordnaren som bjuder in." in page.text


def test_the_desk_costs_the_same_for_one_place_and_three(ready, tova, browse, count_queries):
    browser = browse(tova)
    few = count_queries(lambda: browser.get("/mitt/"))
    for _ in range(2):
        body = make.organisation()
        make.official(tova, body)
        make.partnership(ready.dialogue.collaboration, body)

    assert count_queries(lambda: browser.get("/mitt/")) == few
