"""Åke registers a conversation and hands over a slip."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from surveys.collecting.receiving import receipt_hash
from surveys.models import Interview
from tests import factories as make

pytestmark = pytest.mark.django_db


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


@pytest.fixture
def typed_values(autumn):
    """The form data she submits."""
    return {
        "submission": str(uuid.uuid4()),
        "wave": autumn.pk,
        "mode": "group",
        "place": " Biblioteket ",
        "language": "so",
        "held_on": timezone.localdate().isoformat(),
        "heard_resident": "4",
        "heard_association": "1",
        "notes": "Mer ljus <b>vid</b> tunneln.",
    }


def test_a_group_conversation_is_kept_with_people_per_role(ake, typed_values, browse):
    page = browse(ake).post(to("interview-new"), typed_values)

    interview = Interview.objects.get()
    assert page.url == to("interview-slip", interview.pk)
    assert (interview.place, interview.language, interview.registered_by) == ("Biblioteket", "so", ake)
    assert interview.notes == "Mer ljus <b>vid</b> tunneln."
    assert dict(interview.heard.values_list("role", "number")) == {"resident": 4, "association": 1}


def test_the_notes_are_locked_in_the_database(ake, typed_values, browse):
    browse(ake).post(to("interview-new"), typed_values)

    with connection.cursor() as cursor:
        cursor.execute("SELECT notes FROM surveys_interview")
        assert "tunneln" not in cursor.fetchone()[0]


def test_the_slip_shows_a_code_that_finds_the_conversation(ake, typed_values, browse):
    browser = browse(ake)
    page = browser.get(browser.post(to("interview-new"), typed_values).url)

    code = page.context["code"]
    assert code in page.text
    assert Interview.objects.get().receipt_hash == receipt_hash(code)
    assert page.headers["Cache-Control"].startswith("max-age=0")


def test_the_code_is_nowhere_after_half_an_hour_or_in_another_browser(ake, typed_values, browse):
    browser = browse(ake)
    address = browser.post(to("interview-new"), typed_values).url
    assert browse(ake).get(address).context["code"] == ""
    session = browser.session
    session["interview-slip"] = [*session["interview-slip"][:2], 0]
    session.save()

    assert "går inte att visa igen" in browser.get(address).text


def test_a_sending_that_comes_twice_is_kept_once_and_shows_the_same_code(ake, typed_values, browse):
    browser = browse(ake)
    codes = [browser.get(browser.post(to("interview-new"), typed_values).url).context["code"] for _ in range(2)]

    assert codes[0] == codes[1]
    assert Interview.objects.count() == 1


def test_another_conversation_written_on_the_same_page_is_kept_too(ake, typed_values, browse):
    browser = browse(ake)
    for notes in ("Vi pratade om bussen.", "Vi pratade om bänken."):
        browser.post(to("interview-new"), {**typed_values, "notes": notes})

    assert {interview.notes for interview in Interview.objects.all()} == {
        "Vi pratade om bussen.",
        "Vi pratade om bänken.",
    }


def test_nothing_typed_is_lost_when_something_is_wrong(ake, typed_values, browse):
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    page = browse(ake).post(to("interview-new"), {**typed_values, "held_on": tomorrow})

    assert page.status_code == 422
    assert "Dagen har inte kommit än." in page.text
    assert "Mer ljus &lt;b&gt;vid&lt;/b&gt; tunneln." in page.text
    assert typed_values["submission"] in page.text


def test_somebody_must_have_been_there(ake, typed_values, browse):
    page = browse(ake).post(to("interview-new"), {**typed_values, "heard_resident": "", "heard_association": "0"})

    assert page.status_code == 422
    assert "Skriv hur många som var med" in page.text


def test_the_page_warns_about_names_and_suggests_places(ake, autumn, browse):
    make.interview(autumn, ake, place="Torget")
    page = browse(ake).get(to("interview-new"))

    assert "Skriv inga namn" in page.text
    assert '<option value="Torget">' in page.text


def test_a_wave_of_another_collaboration_can_not_be_chosen(ake, typed_values, browse):
    elsewhere = make.wave(make.survey(make.collaboration("farsta")))
    page = browse(ake).post(to("interview-new"), {**typed_values, "wave": elsewhere.pk})

    assert page.status_code == 422


def test_without_a_wave_the_page_says_where_to_begin(ake, ostberga, browse):
    assert "Öppna en omgång först" in browse(ake).get(to("interview-new")).text


def test_the_header_is_corrected_and_the_notes_are_not(ake, autumn, typed_values, browse):
    interview = make.interview(autumn, ake, notes="Som det sades.")
    typed = {**typed_values, "mode": "walk", "heard_resident": "2", "heard_association": "", "notes": "Något annat."}
    browse(ake).post(to("interview", interview.pk), typed)

    interview.refresh_from_db()
    assert (interview.mode, interview.notes, interview.changed_by) == ("walk", "Som det sades.", ake)
    assert dict(interview.heard.values_list("role", "number")) == {"resident": 2}


def test_the_list_is_filtered(ake, autumn, browse):
    make.interview(autumn, ake, mode="walk", place="Skogen")
    make.interview(autumn, ake, mode="phone", place="Torget", coded_at=timezone.now())

    def places(**asked):
        return [interview.place for interview in browse(ake).get(to("interviews"), asked).context["page"]]

    assert places(satt="walk") == ["Skogen"]
    assert places(lage="klara") == ["Torget"]
    assert sorted(places(satt="fel")) == ["Skogen", "Torget"]


def test_the_swapped_part_is_the_same_as_in_a_fresh_page(ake, autumn, browse):
    make.interview(autumn, ake, place="Skogen")
    whole = browse(ake).get(to("interviews")).text
    part = browse(ake).get(to("interviews"), headers={"HX-Request": "true", "HX-Target": "interviews_found"}).text

    assert part.strip() in whole


def test_the_list_costs_the_same_for_one_and_for_many_and_opens_no_notes(ake, autumn, browse):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            browser.get(to("interviews"))
        assert not any('"notes"' in query["sql"] for query in asked)
        return len(asked)

    browser = browse(ake)
    make.interview(autumn, ake)
    before = cost()
    for _ in range(3):
        interview = make.interview(autumn, ake)
        interview.heard.create(role="resident", number=2)

    assert cost() == before
