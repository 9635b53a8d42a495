"""Where one report stands: what is missing, its versions, who reads drafts and what they said."""

from typing import TypedDict

from django.db.models import QuerySet
from django.utils import timezone

from reports.findings.gathering import gather
from reports.models import Reading, ReadingComment, Report, ReportVersion
from reports.rules.completeness import Gap, gaps


class Standing(TypedDict):
    """What the page of a report shows beside its forms."""

    gaps: list[Gap]
    versions: QuerySet[ReportVersion]
    published: ReportVersion | None
    ready: ReportVersion | None  # finished after what is published: to be read, and published or left
    is_told: bool  # what residents read is the latest, and nothing of it has been taken back
    quotes_gone: bool
    readings: QuerySet[Reading]
    comments: QuerySet[ReadingComment]


def standing(report: Report) -> Standing:
    """All of it, as things are now."""
    comments = ReadingComment.objects.filter(reading__version__report=report).select_related("reading", "handled_by")
    findings = gather(report, number=0, on=timezone.localdate())
    published = report.published_version
    quotes_gone = bool(published and published.withdrawn_quotes())
    newest = report.versions.defer("findings").first()
    return Standing(
        gaps=gaps(findings, comments.filter(handled_at__isnull=True).count()),
        versions=report.versions.defer("findings"),
        published=published,
        ready=newest if newest and newest.state == newest.State.FINISHED and not newest.published_at else None,
        is_told=report.is_public and newest == published and not quotes_gone,
        quotes_gone=quotes_gone,
        readings=Reading.objects.filter(version__report=report).select_related("version"),
        comments=comments,
    )
