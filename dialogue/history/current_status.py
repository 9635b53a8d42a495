"""Where an issue stands today, in short: what its public page says first, and what its story may not contradict."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from dialogue.external import outside_bodies
from dialogue.external.outside_bodies import UnansweredEnquiry
from dialogue.models import Activity, Commitment, Decision, Issue, PartDecision, Round
from dialogue.rules.activities import ENDS, Part
from dialogue.rules.decisions import NEEDS_REASON, OPEN, DecisionOutcome

# Outcomes that answer the question that was asked, until something replaces them.
_SETTLED = (DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED, DecisionOutcome.SENT_BACK, DecisionOutcome.EXPIRED)


@dataclass(frozen=True)
class CurrentStatus:
    """What is decided, asked and done about an issue. `agreed` and `against` are of the current round."""

    awaited: tuple[PartDecision, ...]  # bodies that have been asked and not answered
    agreed: Decision | None  # the latest decision in force
    against: PartDecision | None  # the part that said no or sent it back, when that is the latest outcome
    expired: Decision | None  # the latest decision, when it is no longer valid
    going_on: tuple[Activity, ...]  # planned, running or paused activities of any round
    ended: tuple[Activity, ...]  # activities of the current round that came to an end, when none goes on
    unanswered: tuple[UnansweredEnquiry, ...] = ()  # questions that bodies outside have not answered

    @property
    def is_to_be_planned(self) -> bool:
        """Whether nothing that residents may read of rests on what is agreed, and nobody has asked for it again."""
        if self.agreed is None:
            return False
        resting = {activity.decision_id for activity in (*self.going_on, *self.ended)}
        asked_again = {part.decision.supersedes_id for part in self.awaited}
        return self.agreed.pk not in resting | asked_again

    @property
    def is_nothing_settled(self) -> bool:
        """Whether nothing is decided, refused, awaited or done."""
        decided = self.agreed or self.against or self.expired
        return not (decided or self.awaited or self.going_on or self.ended or self.unanswered)


def find_current_status(issue: Issue, current: Round) -> CurrentStatus:
    """Where the issue stands in its current round. A constant number of queries."""
    awaited = PartDecision.objects.filter(
        answer__in=OPEN, decision__about__issue=issue, decision__outcome=DecisionOutcome.PENDING
    )
    settled = Decision.objects.filter(about__round=current, outcome__in=_SETTLED)
    decisions = list(settled.prefetch_related("parts__organisation").order_by("settled_on", "pk"))
    latest = decisions[-1] if decisions else None
    agreed = [decision for decision in decisions if decision.outcome == DecisionOutcome.IN_FORCE]
    activities = _activities_about(issue)
    going_on = tuple(activity for activity in activities if activity.state not in ENDS)
    return CurrentStatus(
        awaited=tuple(awaited.select_related("organisation", "decision")),
        agreed=agreed[-1] if agreed else None,
        against=_objection(latest),
        expired=latest if latest and latest.outcome == DecisionOutcome.EXPIRED else None,
        going_on=going_on,
        ended=() if going_on else tuple(activity for activity in activities if activity.round_id == current.pk),
        unanswered=tuple(outside_bodies.list_unanswered_about(issue, timezone.localdate())),
    )


def _activities_about(issue: Issue) -> Sequence[Activity]:
    leads = Prefetch("commitments", Commitment.objects.accepted().filter(part=Part.LEAD).select_related("organisation"))
    return list(Activity.objects.public().filter(issue=issue).prefetch_related(leads, "events"))


def _objection(latest: Decision | None) -> PartDecision | None:
    """The part by which the latest decision was refused or sent back; a refusal outweighs what was sent back."""
    if latest is None or latest.outcome not in (DecisionOutcome.REFUSED, DecisionOutcome.SENT_BACK):
        return None
    against = {part.answer: part for part in latest.parts.all() if part.answer in NEEDS_REASON}
    return next((against[answer] for answer in NEEDS_REASON if answer in against), None)
