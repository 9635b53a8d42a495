"""The coordinator's week as a page: ten rows a box, the whole of one, what it costs, and where its rows lead."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from dialogue.activities import activity_rows
from dialogue.models import PublishedReport
from dialogue.worklists import week
from tests import factories as make
from tests.dialogue.promises import make_promise

YESTERDAY = timezone.localdate() - dt.timedelta(days=1)
HOME = "/samordna/ostberga/"


def test_a_box_shows_ten_rows_and_tells_how_many_there_are(calm, talk, ake, browse):
    for number in range(12):
        make.issue(talk, f"Fråga {number}")
    page = browse(ake).get(HOME).text

    assert page.count("Frågan vilar inte på något perspektiv") == 10
    assert "Visa alla (12)" in page
    assert f'href="{HOME}?visa=saknas"' in page


def test_a_whole_box_is_shown_alone(calm, talk, ake, browse):
    for number in range(12):
        make.issue(talk, f"Fråga {number}")
    page = browse(ake).get(HOME, {"visa": "saknas"}).text

    assert page.count("Frågan vilar inte på något perspektiv") == 12
    assert "Visa alla" not in page
    assert page.count("<section") == 1


@pytest.mark.parametrize("name", ["finns-inte", "beslut", "<script>", "x" * 500])
def test_a_box_that_is_not_there_gives_the_week(calm, bare, ake, browse, name):
    page = browse(ake).get(HOME, {"visa": name})

    assert "Soporna" in page.text
    assert "<script>" not in page.text


def busy(issue, by, body):
    """A bit of everything that waits."""
    asked = make.decision(issue, by, body)
    asked.parts.update(due_on=YESTERDAY)
    make.commitment(make.activity(issue, by, asked), body, by, reply="countered", answer="I maj.")
    make.meeting(make.group(issue.dialogue, by, issue), by, approved_on=None)
    make_promise(issue, by)
    report = PublishedReport.objects.create(dialogue=issue.dialogue, slug=f"r{asked.pk}", title="Våren")
    report.issues.add(issue)
    issue.concerned.get_or_create(organisation=body, defaults={"why": "Sköter."})
    days = {"sent_on": YESTERDAY, "reply_due": YESTERDAY, "registered_by": by, "round": issue.rounds.get()}
    issue.outside_questions.create(addressee=body, subject={"sv": "Buss"}, text="Hej", **days)


def at_every_step(talk, by, body):
    """An issue at each step, so that every gate is asked."""
    for step in range(1, 6):
        busy(make.issue(talk, step=step), by, body)


@pytest.fixture
def monday(calm, talk, autumn, trafikkontoret, ake):
    """A week with something in every box."""
    make.answer(autumn)
    at_every_step(talk, ake, trafikkontoret)
    return calm


def test_the_week_costs_the_same_whatever_waits_and_at_most_thirty(monday, talk, ake, browse, count_queries):
    browser = browse(ake)
    few = count_queries(lambda: browser.get(HOME))
    for _ in range(3):
        at_every_step(talk, ake, make.organisation())

    assert count_queries(lambda: browser.get(HOME)) == few <= 30


def test_every_row_leads_to_where_it_is_done(monday, ake, browse):
    browser, addresses = (
        browse(ake),
        {address for box in week.build_week(monday).boxes for _, address in box.visible_rows},
    )
    pages = {address: browser.get(address, follow=True) for address in addresses}

    assert {address for address, page in pages.items() if page.status_code != 200} == set()
    assert {address for address, page in pages.items() if not acts_on(page.text)} == set()


def acts_on(page):
    """Whether something can be done on the page, or one click from it: a form, or a button that leads to one."""
    return bool(re.search(r'<form|class="ds-button"', page.split("<main", 1)[1]))


def test_the_week_of_another_is_not_there(talk, elsewhere):
    assert elsewhere.get(HOME).status_code == 404


def test_activities_to_look_at_come_by_their_start_whatever_order_the_database_has_them_in(calm, bare, ake, polisen):
    held = make.decision(bare, ake, polisen, answer="approved")
    starts = [dt.date(2026, month, 1) for month in (9, 3, 6)]
    for start in starts:
        make.activity(bare, ake, held, start=start, end=start)
    rows = activity_rows.rows_needing_attention(bare.dialogue.collaboration, 30, timezone.localdate())

    assert [row.activity.start for row in rows] == sorted(starts)
