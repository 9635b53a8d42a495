"""Lead times: the day each milestone was passed, in which round, and who sees what."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from dialogue.history import lead_times
from dialogue.models import PublishedReport, Round
from dialogue.rules.milestones import Milestone
from surveys.models import Wave
from tests import factories as make

TODAY = timezone.localdate()
PUBLIC, WORKSHOP = "/ostberga/sa-gick-det/takt/", "/samordna/ostberga/takt/"


def ago(days):
    return TODAY - dt.timedelta(days=days)


def at(days):
    return timezone.localtime() - dt.timedelta(days=days)


@pytest.fixture
def walked(ready, ake, tova):
    """An issue that has passed every milestone, ten days apart."""
    ready.rounds.update(started_on=ago(60))
    Wave.objects.update(opens_on=ago(60), closes_on=ago(55))
    body = tova.affiliations.get().organisation
    report = PublishedReport.objects.create(dialogue=ready.dialogue, slug="r", title="R", published_at=at(50))
    report.issues.add(ready)
    proposal = make.proposal(ready, ake, body, stands_since=ago(40))
    held = make.decision(ready, ake, body, answer="approved", proposal=proposal, settled_on=ago(30))
    done = {"state": "done", "ended_on": ago(10), "outcome": {"sv": "Klart."}}
    lit = make.activity(ready, ake, held, **done)
    lit.events.create(state="running", by=ake, at=at(20))
    make.commitment(lit, body, ake)
    return ready


def test_each_mark_is_passed_on_its_first_day(walked):
    (row,) = lead_times.build_public_table(walked.dialogue).rows

    assert row.heard == ago(60)
    assert {stage.milestone: (stage.reached_on, stage.days) for stage in row.stages} == {
        Milestone.REPORTED: (ago(50), 10),
        Milestone.PROPOSED: (ago(40), 10),
        Milestone.DECIDED: (ago(30), 10),
        Milestone.STARTED: (ago(20), 10),
        Milestone.ENDED: (ago(10), 10),
    }


def test_a_new_round_has_a_line_of_its_own(walked):
    Round.objects.create(issue=walked, number=2, started_on=ago(5))
    latest, earlier = lead_times.build_coordinator_table(walked.dialogue).rows

    assert (latest.heard, [stage.days for stage in latest.stages]) == (ago(5), [5, None, None, None, None])
    assert (earlier.stage, [stage.days for stage in earlier.stages]) == (None, [10] * 5)


def test_what_was_never_answered_yes_is_no_decision(ready, ake, tova):
    make.decision(ready, ake, tova.affiliations.get().organisation, answer="refused")
    (row,) = lead_times.build_public_table(ready.dialogue).rows

    assert row.stages[Milestone.DECIDED - 1].reached_on is None


def test_an_answer_to_those_who_asked_ends_the_round(ready, ake):
    ready.rounds.update(closed_at=at(3), closed_by=ake, answer={"sv": "Nej."})
    (row,) = lead_times.build_public_table(ready.dialogue).rows

    assert (row.stage, row.since, row.stages[-1].reached_on) == (None, ago(3), ago(3))


def test_the_page_for_all_shows_nothing_hidden_and_counts_no_days_so_far(walked, talk, browse):
    make.issue(talk, "Den dolda", published_at=None)
    make.issue(talk, "Den nya")
    page = browse().get(PUBLIC).text

    assert "Lamporna" in page
    assert "Den dolda" not in page
    assert "hittills" not in page


def test_the_coordinator_sees_the_hidden_ones_and_the_days_so_far(walked, talk, ake, browse):
    make.issue(talk, "Den dolda", published_at=None)
    page = browse(ake).get(WORKSHOP).text

    assert "Den dolda" in page
    assert "hittills" in page


def test_a_median_of_few_is_told_one_by_one(walked, browse):
    page = browse().get(PUBLIC).text

    assert "för få: 10 dagar" in page
    assert "n = 1" in page


def test_the_table_says_what_its_bars_say(walked, browse):
    page = browse().get(PUBLIC).text

    assert page.count('class="pace__bar"') == len(re.findall(r"^ *10 dagar$", page, re.MULTILINE)) == 5
    assert "style=" not in page.split("<main", 1)[1]


@pytest.mark.parametrize("address", [PUBLIC, WORKSHOP])
def test_without_issues_or_dialogue_it_says_so(ostberga, ake, browse, address):
    assert browse(ake).get(address).status_code == 200


def test_the_picture_costs_the_same_for_one_issue_and_for_many(walked, talk, count_queries):
    few = count_queries(lambda: lead_times.build_coordinator_table(talk))
    for _ in range(3):
        make.issue(talk)

    assert count_queries(lambda: lead_times.build_coordinator_table(talk)) == few
