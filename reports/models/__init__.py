"""Models: reports, what was chosen for them, their versions, readings of drafts and comments; files taken out."""

from reports.models.choices import ReportConnection, ReportPerspective, ReportQuote, ReportTheme
from reports.models.export import Export
from reports.models.reading import Reading, ReadingComment
from reports.models.report import Report
from reports.models.version import ReportVersion

__all__ = [
    "Export",
    "Reading",
    "ReadingComment",
    "Report",
    "ReportConnection",
    "ReportPerspective",
    "ReportQuote",
    "ReportTheme",
    "ReportVersion",
]
