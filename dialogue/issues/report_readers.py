"""Who has read the reports: for each that stands, the bodies its issues concern, and what they said of it."""

from collections import defaultdict
from dataclasses import dataclass

from actors.models import Collaboration, Organisation
from dialogue.models import ConcernedBody, PublishedReport, ReadConfirmation


@dataclass(frozen=True)
class ReportReaders:
    """A report, who has read it and who is waited for."""

    report: PublishedReport
    read: list[ReadConfirmation]
    awaited: list[Organisation]


def list_report_readers(collaboration: Collaboration) -> list[ReportReaders]:
    """Every report that stands, the latest first. The number of queries does not depend on how many."""
    found = PublishedReport.objects.standing().filter(dialogue__collaboration=collaboration)
    reports = list(found.select_related("dialogue"))
    inside = set(collaboration.partnerships.current().values_list("organisation", flat=True))
    concerned: dict[int, dict[int, Organisation]] = defaultdict(dict)
    links = ConcernedBody.objects.filter(issue__reports__in=reports, organisation__in=inside)
    for one in links.select_related("organisation").order_by("organisation__name"):
        concerned[one.issue_id][one.organisation_id] = one.organisation
    issues: dict[int, list[int]] = defaultdict(list)
    for report, issue in PublishedReport.issues.through.objects.filter(publishedreport__in=reports).values_list(
        "publishedreport", "issue"
    ):
        issues[report].append(issue)
    read: dict[int, list[ReadConfirmation]] = defaultdict(list)
    for said in ReadConfirmation.objects.filter(report__in=reports).select_related("organisation", "by"):
        read[said.report_id].append(said)
    return [_readers(one, read[one.pk], [concerned[issue] for issue in issues[one.pk]]) for one in reports]


def _readers(
    report: PublishedReport, read: list[ReadConfirmation], concerned: list[dict[int, Organisation]]
) -> ReportReaders:
    done = {one.organisation_id for one in read}
    waited = {key: body for its in concerned for key, body in its.items() if key not in done}
    return ReportReaders(report, read, sorted(waited.values(), key=lambda body: body.name))
