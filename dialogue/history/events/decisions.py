"""Events of decisions: asked for, answered by each body, settled, expired, withdrawn."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils import timezone

from dialogue.history.events.event_types import (
    DecisionExpired,
    DecisionRequested,
    DecisionSettled,
    DecisionWithdrawn,
    Event,
    PartAnswered,
    QuestionMoved,
)
from dialogue.models import DecidedIssue, Decision, PartDecision, QuestionTransfer, Round
from dialogue.rules.decisions import GIVEN, DecisionOutcome, PartState, combined_outcome

# When more bodies than this approve the same decision, their approvals are not told one by one.
MOST_APPROVALS_TOLD = 3


def list_decision_events(rounds: dict[int, Round]) -> Iterator[Event]:
    """All that happened to the decisions of these rounds. `rounds` by key."""
    links = DecidedIssue.objects.filter(round__in=rounds).select_related("decision__supersedes")
    moved = Prefetch("transfers", QuestionTransfer.objects.with_words())
    answered = PartDecision.objects.select_related("organisation", "mandate__registry_change").prefetch_related(moved)
    parts = Prefetch("decision__parts", answered)
    for link in links.prefetch_related(parts).order_by("decision__requested_at"):
        decision, round_ = link.decision, rounds[link.round_id]
        yield DecisionRequested(timezone.localdate(decision.requested_at), round_, decision)
        yield from _list_moves(decision, round_)
        yield from _list_answers(decision, round_)
        if decision.outcome == DecisionOutcome.EXPIRED and decision.valid_until:
            yield DecisionExpired(decision.valid_until, round_, decision)
        if decision.outcome == DecisionOutcome.WITHDRAWN and decision.settled_on:
            yield DecisionWithdrawn(decision.settled_on, round_, decision)


def _list_moves(decision: Decision, round_: Round) -> Iterator[Event]:
    """The bodies that a question went to, and those that sent it back."""
    for transfer in (transfer for part in decision.parts.all() for transfer in part.transfers.all()):
        moved_on = timezone.localdate(transfer.made_at)
        yield QuestionMoved(moved_on, round_, decision, transfer=transfer, is_return=False)
        if transfer.returned_at:
            returned_on = timezone.localdate(transfer.returned_at)
            yield QuestionMoved(returned_on, round_, decision, transfer=transfer, is_return=True)


def _list_answers(decision: Decision, round_: Round) -> Iterator[Event]:
    """The answer of each body; and the outcome, when there are several bodies or the decision replaces another."""
    parts = list(decision.parts.all())
    outcome = combined_outcome([part.answer for part in parts])
    are_together = outcome == DecisionOutcome.IN_FORCE and len(parts) > MOST_APPROVALS_TOLD
    for part in parts:
        is_told = not (are_together and part.answer == PartState.APPROVED)
        if part.answer in GIVEN and part.decided_on and is_told:
            yield PartAnswered(part.decided_on, round_, decision, part=part)
    needs_summary = len(parts) > 1 or decision.supersedes is not None
    if decision.settled_on and outcome in (DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED) and needs_summary:
        yield DecisionSettled(decision.settled_on, round_, decision, outcome=outcome)
