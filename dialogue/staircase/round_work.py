"""What was proposed, decided and done about an issue in each of its rounds, so that they can be compared."""

from collections import defaultdict
from dataclasses import dataclass

from dialogue.activities import activity_rows
from dialogue.models import Activity, Decision, Issue, Proposal, Round


@dataclass(frozen=True)
class RoundWork:
    """One round with all that came of it."""

    round: Round
    proposals: list[Proposal]
    decisions: list[Decision]
    activities: list[activity_rows.ActivityRow]

    @property
    def is_empty(self) -> bool:
        """Nothing has been proposed, decided or planned."""
        return not (self.proposals or self.decisions or self.activities)


def list_round_work(issue: Issue) -> list[RoundWork]:
    """Its rounds, the current first. The number of queries does not depend on how many."""
    proposals: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in issue.proposals.prefetch_related("decisions"):
        proposals[proposal.round_id].append(proposal)
    decisions: dict[int, list[Decision]] = defaultdict(list)
    found = issue.decisions.prefetch_related("about", "activities", "parts__organisation", "reconsiderations")
    for decision in found.order_by("requested_at", "pk"):
        within = next(one.round_id for one in decision.about.all() if one.issue_id == issue.pk)
        decisions[within].append(decision)
    activities: dict[int, list[activity_rows.ActivityRow]] = defaultdict(list)
    for row in activity_rows.build_activity_rows(Activity.objects.filter(issue=issue)):
        activities[row.activity.round_id].append(row)
    rounds = issue.rounds.order_by("-number")
    return [RoundWork(one, proposals[one.pk], decisions[one.pk], activities[one.pk]) for one in rounds]
