"""Where one report stands: what is missing, its versions, who reads drafts and what they said."""

from typing import TypedDict

from django.db.models import QuerySet
from django.utils import timezone

from reports.completeness import Gap, gaps
from reports.gathering import gather
from reports.models import Reading, ReadingComment, Report, ReportVersion


class Standing(TypedDict):
    """What the page of a report shows beside its forms."""

    gaps: list[Gap]
    versions: QuerySet[ReportVersion]
    published: ReportVersion | None
    quotes_gone: bool
    readings: QuerySet[Reading]
    comments: QuerySet[ReadingComment]


def standing(report: Report) -> Standing:
    """All of it, as things are now."""
    comments = ReadingComment.objects.filter(reading__version__report=report).select_related("reading", "handled_by")
    findings = gather(report, number=0, on=timezone.localdate())
    published = report.published_version
    return Standing(
        gaps=gaps(findings, comments.filter(handled_at__isnull=True).count()),
        versions=report.versions.defer("findings"),
        published=published,
        quotes_gone=bool(published and published.withdrawn_quotes()),
        readings=Reading.objects.filter(version__report=report).select_related("version"),
        comments=comments,
    )
