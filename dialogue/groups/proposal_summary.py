"""A proposal with the perspectives it answers and goes against, and what may be told of the positions on it."""

from collections import defaultdict
from dataclasses import dataclass

from dialogue.groups.proposing import SEE_OBJECTIONS
from dialogue.groups.taking_positions import summarise_positions as positions_of
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.models import (
    Proposal,
    ProposalPerspective,
)
from dialogue.rules.shown_positions import ShownPositions
from surveys.models import Perspective


@dataclass(frozen=True)
class ProposalSummary:
    """A group's proposal, with those it answers and those it goes against as they are told today."""

    proposal: Proposal
    answers: tuple[Perspective, ...]
    against: tuple[Perspective, ...]
    positions: ShownPositions  # what may be told of what the group's seats thought

    @property
    def dissent(self) -> str:
        """What was said beside the positions; empty when these say it all."""
        return "" if self.proposal.dissent == SEE_OBJECTIONS else self.proposal.dissent


def summarise_proposal(proposal: Proposal, lineage: PerspectiveLineage) -> ProposalSummary:
    """The proposal with its perspectives as they are today. Its sides and positions__seat should be prefetched."""
    sides: dict[str, set[int]] = defaultdict(set)
    for side in proposal.sides.all():
        sides[side.side].update(lineage.current_keys_since(side.perspective_id, proposal.written_at))
    against = sides[ProposalPerspective.Side.AGAINST] - sides[ProposalPerspective.Side.ANSWERS]
    answers = lineage.current_perspectives(sides[ProposalPerspective.Side.ANSWERS])
    return ProposalSummary(proposal, answers, lineage.current_perspectives(against), positions_of(proposal))
