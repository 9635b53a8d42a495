"""Which of the concerned bodies have confirmed reading each report, and which have not."""

from collections import defaultdict
from dataclasses import dataclass

from actors.models import Collaboration, Organisation
from dialogue.models import ConcernedBody, PublishedReport, ReadConfirmation


@dataclass(frozen=True)
class ReportReaders:
    """A report, the confirmations that it has been read, and the concerned bodies that have not confirmed."""

    report: PublishedReport
    read: list[ReadConfirmation]
    awaited: list[Organisation]


def list_report_readers(collaboration: Collaboration) -> list[ReportReaders]:
    """Return the readers of every report that is not withdrawn, the latest report first. Five queries."""
    standing = PublishedReport.objects.standing().filter(dialogue__collaboration=collaboration)
    reports = list(standing.select_related("dialogue"))
    inside = set(collaboration.partnerships.current().values_list("organisation", flat=True))
    bodies_of_issue: dict[int, dict[int, Organisation]] = defaultdict(dict)
    links = ConcernedBody.objects.filter(issue__reports__in=reports, organisation__in=inside)
    for link in links.select_related("organisation").order_by("organisation__name"):
        bodies_of_issue[link.issue_id][link.organisation_id] = link.organisation
    issues: dict[int, list[int]] = defaultdict(list)
    for report, issue in PublishedReport.issues.through.objects.filter(publishedreport__in=reports).values_list(
        "publishedreport", "issue"
    ):
        issues[report].append(issue)
    read: dict[int, list[ReadConfirmation]] = defaultdict(list)
    for confirmation in ReadConfirmation.objects.filter(report__in=reports).select_related("organisation", "by"):
        read[confirmation.report_id].append(confirmation)
    return [
        _readers_of(report, read[report.pk], [bodies_of_issue[issue] for issue in issues[report.pk]])
        for report in reports
    ]


def _readers_of(
    report: PublishedReport, read: list[ReadConfirmation], concerned: list[dict[int, Organisation]]
) -> ReportReaders:
    confirmed = {confirmation.organisation_id for confirmation in read}
    awaited = {key: body for bodies in concerned for key, body in bodies.items() if key not in confirmed}
    return ReportReaders(report, read, sorted(awaited.values(), key=lambda body: body.name))
