"""Summary of a proposal: the perspectives it answers and goes against, and the positions that may be shown."""

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
    """A proposal with its perspectives as of today, after merges and splits."""

    proposal: Proposal
    answers: tuple[Perspective, ...]
    against: tuple[Perspective, ...]
    positions: ShownPositions  # the part of the seats' positions that may be shown

    @property
    def dissent(self) -> str:
        """Dissent told in words beside the positions; empty when the proposal only refers to the positions."""
        return "" if self.proposal.dissent == SEE_OBJECTIONS else self.proposal.dissent


def summarise_proposal(proposal: Proposal, lineage: PerspectiveLineage) -> ProposalSummary:
    """Summarise a proposal. Its `sides` and `positions` should be prefetched."""
    sides: dict[str, set[int]] = defaultdict(set)
    for side in proposal.sides.all():
        sides[side.side].update(lineage.current_keys_since(side.perspective_id, proposal.written_at))
    against = sides[ProposalPerspective.Side.AGAINST] - sides[ProposalPerspective.Side.ANSWERS]
    answers = lineage.current_perspectives(sides[ProposalPerspective.Side.ANSWERS])
    return ProposalSummary(proposal, answers, lineage.current_perspectives(against), positions_of(proposal))
