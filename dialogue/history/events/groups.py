"""Events of groups and reports: published reports, meetings with public minutes, proposals."""

from collections.abc import Iterator

from django.utils import timezone

from dialogue.groups.proposal_summary import summarise_proposal
from dialogue.history.events.event_types import MeetingHeld, ProposalMade, ReportPublished
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.models import Meeting, Proposal, PublishedReport, Round, round_on


def list_reports(rounds: dict[int, list[Round]]) -> Iterator[ReportPublished]:
    """Reports that hold the issues and have not been withdrawn. `rounds`: of each issue, oldest first."""
    links = PublishedReport.issues.through.objects.filter(
        issue__in=rounds, publishedreport__withdrawn_at__isnull=True
    ).select_related("publishedreport")
    for link in links:
        report = link.publishedreport
        day = timezone.localdate(report.published_at)
        if rounds[link.issue_id]:
            yield ReportPublished(day, round_on(rounds[link.issue_id], day), report=report)


def list_meetings(rounds: dict[int, list[Round]]) -> Iterator[MeetingHeld]:
    """Meetings about the issues whose minutes are public. `rounds`: of each issue, oldest first."""
    links = Meeting.issues.through.objects.filter(issue__in=rounds, meeting__in=Meeting.objects.public())
    for link in links.select_related("meeting__group"):
        if rounds[link.issue_id]:
            round_ = round_on(rounds[link.issue_id], link.meeting.on)
            yield MeetingHeld(link.meeting.on, round_, meeting=link.meeting)


def list_proposals(rounds: dict[int, Round], lineage: PerspectiveLineage) -> Iterator[ProposalMade]:
    """Proposals that groups have stood behind in these rounds; drafts are left out. `rounds` by key."""
    proposals = Proposal.objects.filter(round__in=rounds, stands_since__isnull=False)
    for proposal in proposals.select_related("group").prefetch_related("sides", "positions", "deciders__organisation"):
        if proposal.stands_since:
            summary = summarise_proposal(proposal, lineage)
            yield ProposalMade(proposal.stands_since, rounds[proposal.round_id], summary=summary)
