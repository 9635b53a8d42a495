"""Requests for decisions: the coordinator asks bodies to decide, each in its own form."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from actors.models import Organisation, User
from actors.rules.rights import COORDINATE
from dialogue.letters import to_officials
from dialogue.models import (
    DecidedIssue,
    Decision,
    DecisionEvent,
    Dialogue,
    Issue,
    PartDecision,
    Proposal,
    Round,
    round_of,
)
from dialogue.models.dialogue import Texts
from dialogue.rules.decisions import OPEN_OUTCOMES, DecisionKind, DecisionOutcome, forms_for
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal


@dataclass(frozen=True)
class DecisionRequest:
    """What the bodies are asked, and what follows from their answers."""

    title: Texts
    ask: str
    if_yes: str = ""
    if_no: str = ""
    public_text: Texts = field(default_factory=dict)
    kind: DecisionKind = DecisionKind.DECISION
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@transaction.atomic
def request(
    *,
    dialogue: Dialogue,
    question: DecisionRequest,
    issues: Iterable[Issue],
    bodies: Mapping[Organisation, str],
    by: User,
    due_on: dt.date | None = None,
    proposal: Proposal | None = None,
    supersedes: Decision | None = None,
    at: dt.datetime | None = None,
) -> Decision:
    """Ask each body for its part of a decision, in the form that `bodies` gives. Each gets a letter.

    With `supersedes` it is a reconsideration: the earlier decision stays in force until this one is settled.
    Raises Refusal when a body cannot decide in its form, or the proposal or earlier decision is not open to it.
    """
    require(by, COORDINATE, dialogue)
    issues = list(issues)
    _refuse_unless_it_can_be_asked(bodies, issues, proposal, supersedes)
    at = at or timezone.now()
    fields = vars(question) | {"title": dict(question.title), "public_text": dict(question.public_text)}
    decision = Decision.objects.create(
        dialogue=dialogue, proposal=proposal, supersedes=supersedes, requested_by=by, requested_at=at, **fields
    )
    DecidedIssue.objects.bulk_create(
        DecidedIssue(decision=decision, issue=issue, round=_round_of(issue, decision)) for issue in issues
    )
    PartDecision.objects.bulk_create(
        PartDecision(decision=decision, organisation=body, form=form, due_on=due_on) for body, form in bodies.items()
    )
    decision.events.create(what=DecisionEvent.What.REQUESTED, by=by, at=at)
    to_officials.ask_for_decision(decision)
    dialogue.collaboration.bump_public_version()
    return decision


def _round_of(issue: Issue, decision: Decision) -> Round:
    """The issue's current round; for the first decision about a proposal, the round of the proposal."""
    proposal = decision.proposal
    is_first = proposal is not None and proposal.issue_id == issue.pk and decision.supersedes_id is None
    return proposal.round if proposal is not None and is_first else round_of(issue)


def _refuse_unless_it_can_be_asked(
    bodies: Mapping[Organisation, str], issues: list[Issue], proposal: Proposal | None, supersedes: Decision | None
) -> None:
    if not bodies:
        raise Refusal("Välj minst en organisation som ska besluta.", code="no_bodies")
    for body, form in bodies.items():
        if form not in forms_for(body.kind):
            raise Refusal(f"{body} kan inte besluta i den formen.", code="wrong_form")
    if supersedes is not None:
        _refuse_unless_open_to_reconsideration(supersedes)
    if proposal is not None:
        if proposal.issue not in issues:
            raise Refusal(f"Förslaget gäller «{proposal.issue}». Kryssa den frågan.", code="other_issue")
        # Locked against two requests at once, and against a group that takes the proposal back.
        Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
        if not Proposal.objects.standing().filter(pk=proposal.pk).exists():
            raise Refusal("Gruppen står inte bakom förslaget.", who="Arbetsgruppen", code="no_proposal")
        if proposal.decisions.filter(outcome__in=OPEN_OUTCOMES).exists():
            raise Refusal("Beslut är redan begärt om förslaget. Vänta på svaren.", code="already_asked")


def _refuse_unless_open_to_reconsideration(earlier: Decision) -> None:
    earlier.refresh_from_db(from_queryset=Decision.objects.select_for_update(no_key=True))
    if earlier.outcome == DecisionOutcome.PENDING:
        raise Refusal("Beslutet väntar fortfarande på svar. Det kan omprövas när det är avgjort.", code="pending")
    if earlier.outcome == DecisionOutcome.WITHDRAWN:
        raise Refusal("Frågan togs tillbaka. Begär ett nytt beslut i stället.", code="withdrawn")
    if earlier.outcome == DecisionOutcome.SUPERSEDED or earlier.reconsidered_by is not None:
        raise Refusal("Beslutet är redan under omprövning eller ersatt.", code="already_reconsidered")
