"""Adjustments of how the collaboration works, and the public overview that shows them beside who took part."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from dialogue.models import Adjustment, Seat
from dialogue.pulse import adjusting, overview
from ostberga.lib.refusal import Refusal
from tests import factories as make

TYPED: dict[str, Any] = {"what": "Mötena börjar 17.30", "why": "Boende hann inte efter jobbet.", "who": "Styrgruppen"}


@pytest.fixture
def page(ostberga):
    return f"/samordna/{ostberga.slug}/skruva/"


def test_the_coordinator_writes_down_a_change_and_everybody_reads_it(ake, amina, browse, ostberga, page):
    browse(ake).post(page, {**TYPED, "on": "2026-01-15"})
    public_page = amina.get(f"/{ostberga.slug}/sa-arbetar-vi/").text

    assert all(words in public_page for words in TYPED.values())
    assert "15 januari 2026" in public_page
    assert str(ake) not in public_page


def test_a_kept_page_is_new_when_something_was_changed(ake, amina, browse, ostberga, page):
    amina.get(f"/{ostberga.slug}/sa-arbetar-vi/")
    browse(ake).post(page, {**TYPED, "on": timezone.localdate().isoformat()})

    assert TYPED["what"] in amina.get(f"/{ostberga.slug}/sa-arbetar-vi/").text


def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_is_kept(ake, browse, page):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = browse(ake).post(page, {**TYPED, "why": "", "on": tomorrow.isoformat()})

    assert answer.status_code == 422
    assert "Skriv varför." in answer.text
    assert "Skriv in ändringen när den har börjat gälla." in answer.text
    assert TYPED["what"] in answer.text
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("lacks", ["what", "why", "who"])
def test_a_change_says_what_why_and_who(ake, ostberga, lacks):
    with pytest.raises(Refusal, match="Skriv vad"):
        adjusting.adjust(collaboration=ostberga, by=ake, **{**TYPED, lacks: " "})


def test_the_composition_is_told_for_each_year(ostberga, ake, talk, polisen):
    ostberga.partnerships.filter(organisation=polisen).update(left_on="2017-05-01", left_reason="Ny organisation.")
    group = make.group(talk, ake, roles=("resident", "official"))
    Seat.objects.filter(group=group).update(since=dt.date(2016, 10, 1))
    group.seats.filter(role="resident").update(until=dt.date(2016, 12, 30))
    early = overview.build_overview(ostberga, dt.date(2018, 3, 1))

    rows = [("I dag", early.today), *((item.label, item.count) for item in early.years)]
    numbers = [(when, count.bodies, count.residents, count.officials) for when, count in rows]
    assert numbers == [("I dag", 1, 0, 1), ("2017", 1, 0, 1), ("2016", 2, 0, 1), ("2015", 2, 0, 0)]
    later = overview.build_overview(ostberga, dt.date(2020, 3, 1))
    assert [item.label for item in later.years] == ["2017–2019", "2016", "2015"]
    left = [item for item in early.entries if item.kind == "left"]
    reasons = [(item.on, item.partnership and item.partnership.left_reason) for item in left]
    assert reasons == [(dt.date(2017, 5, 1), "Ny organisation.")]


def test_the_page_costs_the_same_however_much_has_happened(ake, ostberga, talk, count_queries):
    def fill(number):
        for _ in range(number):
            adjusting.adjust(collaboration=ostberga, by=ake, **TYPED)
            make.partnership(ostberga, make.organisation())
            make.group(talk, ake)
            pulse = ostberga.pulses.create(opens_on="2020-01-01", closes_on="2020-01-20", opened_by=ake)
            pulse.answers.create(answers={"vem": 3})
        return count_queries(lambda: overview.build_overview(ostberga))

    assert fill(1) == fill(5)


def test_words_in_swedish_are_marked_on_a_page_in_arabic(ake, amina, ostberga):
    adjusting.adjust(collaboration=ostberga, by=ake, **TYPED)
    public_page = amina.get(f"/ar/{ostberga.slug}/sa-arbetar-vi/").text

    assert f'<h3><span lang="sv" dir="ltr">{TYPED["what"]}</span></h3>' in public_page
