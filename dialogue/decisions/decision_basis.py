"""What an official needs to read before answering: the proposal, quotes for and against, other answers, activities."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from dialogue.groups import proposal_summary
from dialogue.groups.proposal_summary import ProposalSummary
from dialogue.issues.quotes import PerspectiveLineage, PerspectiveQuotes, QuoteDisplay, QuotePicker
from dialogue.models import Activity, Decision, DecisionEvent, Issue, PartDecision, Proposal, QuestionTransfer
from dialogue.models.working_group import Seat
from surveys.models import Perspective

PLURAL = {"resident": "boende", "elected": "förtroendevalda", "official": "tjänstepersoner"}


@dataclass(frozen=True)
class DecisionBasis:
    """What the page of a part decision shows as the basis of the answer."""

    issues: tuple[Issue, ...]
    proposal: Proposal | None
    sides: ProposalSummary | None  # the proposal with both sides and what the group's seats thought of it
    answers: tuple[PerspectiveQuotes, ...]  # perspectives that the proposal answers
    against: tuple[PerspectiveQuotes, ...]  # perspectives that the proposal goes against
    quotes: QuoteDisplay  # what people said about the issues, when there is no proposal
    present: str  # who agreed on the proposal, by seat
    others: tuple[PartDecision, ...]
    earlier: Decision | None  # what it reconsiders
    activities: tuple[Activity, ...]  # that wait for the answer, or would pause
    events: tuple[DecisionEvent, ...]


def build_decision_basis(part: PartDecision) -> DecisionBasis:
    """The basis of one body's answer. A constant number of queries."""
    decision = part.decision
    lineage = PerspectiveLineage(decision.dialogue.collaboration)
    proposal = _proposal(decision)
    sides = proposal_summary.summarise_proposal(proposal, lineage) if proposal else None
    issues = tuple(decision.issues.order_by("position"))
    perspectives = (
        [perspective.pk for perspective in sides.answers + sides.against] if sides else _perspectives_of(issues)
    )
    quotes = QuotePicker(decision.dialogue, lineage, perspectives).display()
    by_perspective = {each.perspective.pk: each for each in _all_perspective_quotes(quotes)}
    others = (
        decision.parts.exclude(pk=part.pk)
        .select_related("organisation", "decision", "mandate__confirmed_by", "mandate__registry_change__proposed_by")
        .prefetch_related(Prefetch("transfers", QuestionTransfer.objects.with_words()))
    )
    return DecisionBasis(
        issues=issues,
        proposal=proposal,
        sides=sides,
        answers=_chosen(by_perspective, sides.answers) if sides else (),
        against=_chosen(by_perspective, sides.against) if sides else (),
        quotes=QuoteDisplay() if sides else quotes,
        present=_seats(proposal.agreed_at.present.all()) if proposal and proposal.agreed_at else "",
        others=tuple(others),
        earlier=decision.supersedes,
        activities=tuple(Activity.objects.filter(decision__in=[decision.pk, decision.supersedes_id]).order_by("start")),
        events=tuple(decision.events.filter(part=part).select_related("by")),
    )


def _proposal(decision: Decision) -> Proposal | None:
    if decision.proposal_id is None:
        return None
    proposals = Proposal.objects.filter(pk=decision.proposal_id).select_related("group", "agreed_at", "issue")
    return proposals.prefetch_related("sides", "positions").first()


def _perspectives_of(issues: Iterable[Issue]) -> list[int]:
    return list(Issue.perspectives.through.objects.filter(issue__in=issues).values_list("perspective", flat=True))


def _all_perspective_quotes(quotes: QuoteDisplay) -> list[PerspectiveQuotes]:
    return [*(side for pair in quotes.opposites for side in (pair.one, pair.other)), *quotes.unopposed]


def _chosen(
    by_perspective: dict[int, PerspectiveQuotes], perspectives: Iterable[Perspective]
) -> tuple[PerspectiveQuotes, ...]:
    keys = [perspective.pk for perspective in perspectives]
    return tuple(by_perspective[key] for key in keys if key in by_perspective)


def _seats(seats: Iterable[Seat]) -> str:
    """«2 boende, 1 förtroendevald»."""
    number = Counter(seat.role for seat in seats)
    counted = [(number[role], PLURAL[role] if number[role] > 1 else Seat.Role(role).label) for role in PLURAL]
    return ", ".join(f"{many} {who}" for many, who in counted if many)
