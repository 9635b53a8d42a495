"""What a body's answer rests on: the proposal, both sides with quotes, the group, the other bodies, what follows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from actors.models import User
from dialogue.groups import proposal_summary
from dialogue.groups.proposal_summary import ProposalSummary
from dialogue.issues.quotes import PerspectiveLineage, PerspectiveQuotes, QuoteDisplay, QuotePicker
from dialogue.letters import to_officials
from dialogue.models import Activity, Decision, DecisionEvent, Issue, PartDecision, Proposal
from dialogue.models.working_group import Seat
from surveys.models import Perspective

PLURAL = {"resident": "boende", "elected": "förtroendevalda", "official": "tjänstepersoner"}


@dataclass(frozen=True)
class DecisionBasis:
    """All that somebody needs to know before she answers."""

    issues: tuple[Issue, ...]
    proposal: Proposal | None
    sides: ProposalSummary | None  # the proposal with both sides and what the group's seats thought of it
    answers: tuple[PerspectiveQuotes, ...]  # those who would get what they asked for
    against: tuple[PerspectiveQuotes, ...]  # those who would get what they did not want
    told: QuoteDisplay  # what people said about the issues, when no proposal says which side it takes
    present: str  # who agreed on the proposal, by seat
    others: tuple[PartDecision, ...]
    earlier: Decision | None  # what it reconsiders
    activities: tuple[Activity, ...]  # that wait for the answer, or would pause
    events: tuple[DecisionEvent, ...]


def build_decision_basis(part: PartDecision) -> DecisionBasis:
    """The grounds of one body's answer. A constant number of queries."""
    decision = part.decision
    lineage = PerspectiveLineage(decision.dialogue.collaboration)
    proposal = _proposal(decision)
    sides = proposal_summary.summarise_proposal(proposal, lineage) if proposal else None
    issues = tuple(decision.issues.order_by("position"))
    keys = [one.pk for one in sides.answers + sides.against] if sides else _perspectives_of(issues)
    told = QuotePicker(lineage, keys).display()
    voices = {voice.perspective.pk: voice for voice in _each(told)}
    others = decision.parts.exclude(pk=part.pk).select_related("organisation", "decision")
    return DecisionBasis(
        issues=issues,
        proposal=proposal,
        sides=sides,
        answers=_voices(voices, sides.answers) if sides else (),
        against=_voices(voices, sides.against) if sides else (),
        told=QuoteDisplay() if sides else told,
        present=_seats(proposal.agreed_at.present.all()) if proposal and proposal.agreed_at else "",
        others=tuple(others),
        earlier=decision.supersedes,
        activities=tuple(Activity.objects.filter(decision__in=[decision.pk, decision.supersedes_id]).order_by("start")),
        events=tuple(decision.events.filter(part=part).select_related("by")),
    )


def who_may_answer(part: PartDecision) -> list[User]:
    """The people of the body who may decide or register today."""
    return to_officials.deciders_of(part.organisation)


def _proposal(decision: Decision) -> Proposal | None:
    if decision.proposal_id is None:
        return None
    found = Proposal.objects.filter(pk=decision.proposal_id).select_related("group", "agreed_at", "issue")
    return found.prefetch_related("sides", "positions__seat").first()


def _perspectives_of(issues: Iterable[Issue]) -> list[int]:
    return list(Issue.perspectives.through.objects.filter(issue__in=issues).values_list("perspective", flat=True))


def _each(told: QuoteDisplay) -> list[PerspectiveQuotes]:
    return [*(side for pair in told.opposites for side in (pair.one, pair.other)), *told.unopposed]


def _voices(voices: dict[int, PerspectiveQuotes], chosen: Iterable[Perspective]) -> tuple[PerspectiveQuotes, ...]:
    return tuple(voices[one.pk] for one in chosen if one.pk in voices)


def _seats(seats: Iterable[Seat]) -> str:
    """«2 boende, 1 förtroendevald»."""
    number = Counter(one.role for one in seats)
    said = [(number[role], PLURAL[role] if number[role] > 1 else Seat.Role(role).label) for role in PLURAL]
    return ", ".join(f"{many} {who}" for many, who in said if many)
