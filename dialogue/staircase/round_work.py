"""The proposals, decisions and activities of each round of an issue."""

from collections import defaultdict
from dataclasses import dataclass

from dialogue.activities import activity_rows
from dialogue.models import Activity, Decision, Issue, Proposal, Round


@dataclass(frozen=True)
class RoundWork:
    """A round with its proposals, decisions and activities."""

    round: Round
    proposals: list[Proposal]
    decisions: list[Decision]
    activities: list[activity_rows.ActivityRow]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been proposed, decided or planned."""
        return not (self.proposals or self.decisions or self.activities)


def list_round_work(issue: Issue) -> list[RoundWork]:
    """Return the rounds of an issue, the current first. A constant number of queries."""
    proposals: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in issue.proposals.prefetch_related("decisions"):
        proposals[proposal.round_id].append(proposal)
    decisions: dict[int, list[Decision]] = defaultdict(list)
    related = issue.decisions.prefetch_related("about", "activities", "parts__organisation", "reconsiderations")
    for decision in related.order_by("requested_at", "pk"):
        within = next(link.round_id for link in decision.about.all() if link.issue_id == issue.pk)
        decisions[within].append(decision)
    activities: dict[int, list[activity_rows.ActivityRow]] = defaultdict(list)
    for row in activity_rows.build_activity_rows(Activity.objects.filter(issue=issue)):
        activities[row.activity.round_id].append(row)
    rounds = issue.rounds.order_by("-number")
    return [RoundWork(within, proposals[within.pk], decisions[within.pk], activities[within.pk]) for within in rounds]
