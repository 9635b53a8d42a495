"""The facts that the gates need: each from its own round, with the same number of queries for one issue and many."""

import datetime as dt

import pytest
from django.utils import timezone

from dialogue.models import Issue, PublishedReport, ReadConfirmation
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import PartState
from dialogue.staircase import climbing, gate_facts
from surveys.models import Attachment
from surveys.rules.roles import Role
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


def facts(issue):
    return gate_facts.facts_of([issue.pk])[issue.pk]


def heard(issue, wave, by, role=Role.RESIDENT):
    """A statement attached to a perspective of the issue."""
    perspective = issue.perspectives.first()
    if perspective is None:
        perspective = make.perspective(issue.dialogue.collaboration, by)
        issue.links.create(perspective=perspective, linked_by=by)
    statement = make.statement(wave, by=by, role=role)
    Attachment.objects.create(statement=statement, perspective=perspective, attached_by=by)
    return statement


def published(issue, *readers, at=None, by=None):
    report = PublishedReport.objects.create(
        dialogue=issue.dialogue, slug="r", title="R", published_at=at or timezone.now()
    )
    report.issues.add(issue)
    for body in readers:
        ReadConfirmation.objects.create(report=report, organisation=body, by=by)
    return report


def test_roles_come_from_confirmed_statements_and_the_unknown_does_not_count(lamps, autumn, ake):
    heard(lamps, autumn, ake)
    heard(lamps, autumn, ake, Role.UNKNOWN)
    unread = heard(lamps, autumn, ake, Role.OFFICIAL)
    type(unread).objects.filter(pk=unread.pk).update(state="raw", reviewed_by=None, reviewed_at=None)

    assert facts(lamps).roles == {"resident"}


def test_what_was_said_before_the_round_does_not_open_its_gate(lamps, ake, autumn):
    heard(lamps, autumn, ake)
    lamps.rounds.update(started_on=TODAY + dt.timedelta(days=1))
    type(autumn).objects.filter(pk=autumn.pk).update(closes_on=TODAY)

    assert (facts(lamps).perspectives, facts(lamps).roles) == (1, frozenset())


def test_the_bodies_that_have_not_read_are_named_and_outsiders_need_not(lamps, ake, trafikkontoret, polisen):
    outside = make.organisation("Regionen")
    for body in (trafikkontoret, polisen, outside):
        lamps.concerned.create(organisation=body, why="Råder över det.")
    published(lamps, trafikkontoret, by=ake)

    assert facts(lamps).unread_by == (polisen.name,)


def test_a_report_of_an_earlier_round_does_not_count(lamps):
    published(lamps, at=timezone.localtime() - dt.timedelta(days=9))

    assert not facts(lamps).in_published_report


def test_the_group_that_is_best_composed_counts(lamps, ake):
    make.group(lamps.dialogue, ake, lamps, roles=("resident",))
    make.group(lamps.dialogue, ake, lamps, roles=("resident", "official"))

    assert (facts(lamps).groups, facts(lamps).seats) == (2, {"resident", "official"})


def test_a_seat_that_was_given_up_is_empty(lamps, ake):
    group = make.group(lamps.dialogue, ake, lamps)
    group.seats.filter(role="elected").update(until=TODAY - dt.timedelta(days=1))

    assert facts(lamps).seats == {"resident", "official"}


def test_a_meeting_counts_when_its_notes_are_approved(lamps, ake):
    group = make.group(lamps.dialogue, ake, lamps)
    make.meeting(group, ake, approved_on=None)
    before = facts(lamps).has_met
    make.meeting(group, ake)

    assert (before, facts(lamps).has_met) == (False, True)


def test_decisions_and_whose_answer_is_missing(lamps, ake, trafikkontoret, polisen):
    make.decision(lamps, ake, trafikkontoret, polisen)
    known = facts(lamps)

    assert (known.decisions, known.in_force, known.awaited) == (1, False, (polisen.name, trafikkontoret.name))


def test_a_decision_that_has_run_out_is_not_in_force(lamps, ake, polisen):
    make.decision(lamps, ake, polisen, answer=PartState.APPROVED, valid_until=TODAY - dt.timedelta(days=1))

    assert not facts(lamps).in_force


def test_only_an_activity_that_somebody_has_promised_to_lead_counts(lamps, ake, trafikkontoret):
    held = make.decision(lamps, ake, trafikkontoret, answer=PartState.APPROVED)
    make.activity(lamps, ake, held)
    led = make.activity(lamps, ake, held, state=ActivityState.RUNNING)
    make.commitment(led, trafikkontoret, ake)

    assert (facts(lamps).planned, len(facts(lamps).going_on)) == (1, 2)


def test_a_new_round_begins_with_nothing(lamps, ake, polisen, autumn):
    heard(lamps, autumn, ake)
    published(lamps)
    make.proposal(lamps, ake, polisen)
    make.decision(lamps, ake, polisen, answer=PartState.APPROVED)
    Issue.objects.filter(pk=lamps.pk).update(step=5)
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    climbing.begin_round(issue=lamps, by=ake, cause="Det blev mörkt igen.", at=tomorrow)
    new = facts(lamps)

    assert [new.in_published_report, new.has_met, new.proposals, new.decisions] == [False, False, 0, 0]


def test_two_hundred_issues_cost_as_many_queries_as_one(talk, ake, polisen, autumn, count_queries):
    issues = [make.issue(talk, f"Fråga {number}") for number in range(5)]
    for issue in issues:
        heard(issue, autumn, ake)
        make.proposal(issue, ake, polisen)
        held = make.decision(issue, ake, polisen, answer=PartState.APPROVED)
        make.commitment(make.activity(issue, ake, held), polisen, ake)
    for_one, for_all = [
        count_queries(lambda keys=keys: gate_facts.facts_of(keys)) for keys in ([issues[0].pk], [i.pk for i in issues])
    ]

    assert for_one == for_all
