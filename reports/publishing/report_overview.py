"""Overview of one report for the coordinator: what is missing, its versions, readings and comments."""

from typing import TypedDict

from django.db.models import QuerySet
from django.utils import timezone

from dialogue.models import Issue
from reports.findings.gathering import gather_findings
from reports.models import Reading, ReadingComment, Report, ReportVersion
from reports.models.version import published_version_of
from reports.rules.completeness import ReportGap, find_gaps


class ReportOverview(TypedDict):
    """Template context of the report's page, beside its forms."""

    gaps: list[ReportGap]
    versions: QuerySet[ReportVersion]
    published: ReportVersion | None
    unpublished: ReportVersion | None  # the newest version, if it is finished and not published
    is_current: bool  # the published version is the newest, and all its quotes may be shown
    quotes_gone: bool
    readings: QuerySet[Reading]
    comments: QuerySet[ReadingComment]
    told_issues: QuerySet[Issue]  # those that rest on its perspectives, when it has been published


def build_report_overview(report: Report) -> ReportOverview:
    """The overview as of now."""
    comments = ReadingComment.objects.filter(reading__version__report=report).select_related("reading", "handled_by")
    findings = gather_findings(report, number=0, on=timezone.localdate())
    published = published_version_of(report)
    quotes_gone = bool(published and published.withdrawn_quotes())
    told = report.publication.issues.all() if report.publication else Issue.objects.none()
    newest = report.versions.defer("findings").first()
    return ReportOverview(
        gaps=find_gaps(
            findings, comments.filter(handled_at__isnull=True).count(), report.dialogue.collaboration.languages
        ),
        versions=report.versions.defer("findings"),
        published=published,
        unpublished=newest if newest and newest.state == newest.State.FINISHED and not newest.published_at else None,
        is_current=report.is_public and newest == published and not quotes_gone,
        quotes_gone=quotes_gone,
        readings=Reading.objects.filter(version__report=report).select_related("version"),
        comments=comments,
        told_issues=told.select_related("dialogue").prefetch_related("dialogue__stages"),
    )
