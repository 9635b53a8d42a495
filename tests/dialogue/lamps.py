"""An issue with opposed perspectives, a proposal, a decision and an activity; and data that must not leak."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from actors.models import Organisation, User
from dialogue.activities import activity_lifecycle
from dialogue.models import Activity, Decision, Dialogue, Issue, IssuePerspective, Proposal, ProposalPerspective
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import PartState
from surveys.models import Attachment, Perspective, Polarity, Statement, Wave
from tests import factories as make

TODAY = timezone.localdate()
# Words that are in the data and must not be on any public page.
SECRETS = ("OBEKRÄFTAT", "UTKAST", "DOLD FRÅGA", "OLETT", "Åke", "Tova", "samordnare@")


@dataclass
class Lamps:
    """The objects of the issue."""

    issue: Issue
    light: Perspective
    sleep: Perspective
    proposal: Proposal
    decision: Decision
    activity: Activity


def make_quoted_statement(wave: Wave, by: User, words: str, perspective: Perspective) -> Statement:
    """A confirmed statement attached to a perspective."""
    statement = make.statement(wave, words, by=by)
    Attachment.objects.create(statement=statement, perspective=perspective, attached_by=by)
    return statement


def propose(issue: Issue, by: User, answers: Perspective, against: Perspective, **fields: Any) -> Proposal:
    """A proposal that answers one perspective and goes against another."""
    proposal = make.proposal(issue, by, dissent="Boende 1 vill inte ha starkt ljus.", **fields)
    proposal.sides.create(perspective=answers, side=ProposalPerspective.Side.ANSWERS)
    proposal.sides.create(perspective=against, side=ProposalPerspective.Side.AGAINST)
    return proposal


def build_lamps(talk: Dialogue, ake: User, wave: Wave) -> Lamps:
    """An issue with quotes on both sides, a proposal, a decision by both bodies, and an activity that is running."""
    bodies = [Organisation.objects.get(slug=slug) for slug in ("trafik", "polisen")]
    issue = make.issue(talk, "Belysning på stråket", slug="belysning")
    light, sleep = (
        make.perspective(talk.collaboration, ake, title) for title in ("Vi som vill se", "Vi som vill sova")
    )
    for perspective, words in ((light, "Sätt upp fler lampor."), (sleep, "Lys inte in till mig.")):
        make_quoted_statement(wave, ake, words, perspective)
        IssuePerspective.objects.create(issue=issue, perspective=perspective, linked_by=ake)
    Polarity.objects.create(one=light, other=sleep)
    proposal = propose(issue, ake, light, sleep)
    decision = make.decision(issue, ake, *bodies, answer=PartState.APPROVED, proposal=proposal)
    activity = make.activity(issue, ake, decision)
    make.commitment(activity, bodies[0], ake)
    activity_lifecycle.start(activity=activity, by=ake)
    add_hidden_data(issue, ake, wave, light)
    return Lamps(issue, light, sleep, proposal, decision, activity)


def add_hidden_data(issue: Issue, ake: User, wave: Wave, light: Perspective) -> None:
    """Data that residents must not read: raw words, a draft, a hidden issue, an activity without a lead."""
    raw = make.statement(wave, "OBEKRÄFTAT")
    Attachment.objects.create(statement=raw, perspective=light, attached_by=ake)
    draft = {"stands_since": None, "agreed_at": None, "dissent": ""}
    make.proposal(issue, ake, title={"sv": "UTKAST"}, **draft)
    hidden = make.issue(issue.dialogue, "DOLD FRÅGA", published_at=None)
    secret = propose(hidden, ake, light, make.perspective(issue.dialogue.collaboration, ake, "Vi som inte hör hit"))
    type(secret).objects.filter(pk=secret.pk).update(title={"sv": "DOLD FRÅGA"}, what={"sv": "DOLD FRÅGA"})
    refused = make.decision(hidden, ake, *Organisation.objects.all()[:1], answer=PartState.REFUSED, proposal=secret)
    type(refused).objects.filter(pk=refused.pk).update(title={"sv": "DOLD FRÅGA"})
    make.activity(
        hidden, ake, title={"sv": "DOLD FRÅGA"}, state=ActivityState.CANCELLED, ended_on=TODAY, outcome={"sv": "-"}
    )
    make.activity(issue, ake, title={"sv": "OLETT"})


def days(number: int) -> dt.date:
    """The day that is so many days from today."""
    return TODAY + dt.timedelta(days=number)
