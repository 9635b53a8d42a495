"""Nora writes down her own conversations, and sees nobody else's."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import SecurityEvent
from actors.rules.helping import HelperTask
from ostberga.lib.authorization import MAY_NOT
from ostberga.lib.refusal import Refusal
from surveys.collecting import interviewing
from surveys.models import Interview
from tests import factories as make
from tests.house.helping import yesterday

pytestmark = pytest.mark.django_db
THEIRS = "Källaren på Åkes sida"


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


@pytest.fixture
def nora(ostberga, ake):
    person = make.user("nora@ostberga.example", name="Nora")
    make.helper(ostberga, person, HelperTask.CONVERSATIONS, ake)
    return person


@pytest.fixture
def words(autumn):
    people = {"heard_resident": "2", "mode": "individual", "language": "sv", "place": "Torget"}
    held = {"held_on": timezone.localdate().isoformat(), "notes": "Mer ljus.", "wave": autumn.pk}
    return {"submission": str(uuid.uuid4()), **people, **held}


@pytest.fixture
def akes(ake, autumn):
    """A conversation that Åke wrote down, with a place that would show."""
    return make.interview(autumn, ake, "Åkes anteckning", place=THEIRS)


def test_nora_writes_down_a_conversation_and_corrects_it(nora, words, browse):
    browser = browse(nora)

    slip = browser.post(to("interview-new"), words, follow=True)
    interview = Interview.objects.get()
    shown = browser.get(to("interview", interview.pk)).context["form"]["shown"].value()
    browser.post(to("interview", interview.pk), words | {"place": "Biblioteket", "shown": shown})

    interview.refresh_from_db()
    assert "Lämna över lappen" in slip.text
    assert (interview.registered_by, interview.changed_by, interview.place) == (nora, nora, "Biblioteket")


def test_she_sees_no_conversation_of_others_nor_where_it_was(nora, akes, browse):
    browser = browse(nora)

    pages = [browser.get(to("interviews")), browser.get(to("interview-new"))]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(THEIRS not in page.text for page in pages)
    assert "0 samtal" in pages[0].text or "Inga samtal än" in pages[0].text
    assert [browser.get(to(name, akes.pk)).status_code for name in ("interview", "interview-slip")] == [404, 404]
    assert browser.get(to("coding-source", "samtal", akes.pk)).status_code == 404


def test_she_reads_no_note_again_and_comes_to_no_other_page(nora, ake, autumn, browse):
    mine = make.interview(autumn, nora, "Noras anteckning")
    browser = browse(nora)

    assert "Noras anteckning" not in browser.get(to("interview", mine.pk)).text
    assert {browser.get(to(name)).status_code for name in ("coding", "statements", "people", "piles", "home")} == {404}
    assert {mine.pk, *Interview.objects.conversations_led_by(ake).values_list("pk", flat=True)} == {mine.pk}
    menu = browser.get(to("interviews")).text
    assert (to("interviews") in menu, to("coding") in menu, to("search") in menu) == (True, False, False)


def test_when_her_time_is_over_nothing_opens_and_it_is_logged(ostberga, ake, autumn, words, browse):
    kim = make.user("kim@ostberga.example", name="Kim")
    make.helper(ostberga, kim, HelperTask.CONVERSATIONS, ake, **yesterday())
    mine = make.interview(autumn, kim, "Kims anteckning")
    browser = browse(kim)

    assert [browser.get(to("interviews")).status_code, browser.get(to("interview", mine.pk)).status_code] == [404, 404]
    assert browser.post(to("interview-new"), words).status_code == 404
    assert SecurityEvent.objects.filter(kind="refused", who=kim).count() == 3
    assert Interview.objects.count() == 1


def test_a_leader_of_another_collaboration_writes_nothing_here(autumn, ake):
    other = make.collaboration("annanstans")
    stranger = make.user()
    make.helper(other, stranger, HelperTask.CONVERSATIONS, ake)
    facts: dict[str, Any] = {
        "mode": "group",
        "place": "",
        "language": "sv",
        "held_on": dt.date(2026, 11, 1),
        "heard": {"resident": 1},
    }

    with pytest.raises(Refusal) as refused:
        interviewing.register_interview(wave=autumn, by=stranger, submission=uuid.uuid4(), notes="Ljus.", **facts)

    assert (refused.value.code, Interview.objects.count()) == (MAY_NOT, 0)
