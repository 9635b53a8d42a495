"""Reports and versions by key, or 404 for everyone who does not coordinate them."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from actors.permissions.lookups import SignedInRequest
from reports.models import Report, ReportVersion


def report_of(request: SignedInRequest, slug: str, pk: int) -> Report:
    """The report, with its dialogue and wave."""
    related = ("dialogue__collaboration", "dialogue__guiding_question", "wave__survey__guiding_question", "publication")
    mine = Report.objects.coordinated_by(request.user).select_related(*related)
    return get_object_or_404(mine, pk=pk, dialogue__collaboration__slug=slug)


def version_of(request: SignedInRequest, slug: str, key: UUID) -> ReportVersion:
    """The version, with its report and dialogue."""
    related = ("report__dialogue__collaboration", "report__publication")
    mine = ReportVersion.objects.coordinated_by(request.user).select_related(*related)
    return get_object_or_404(mine, pk=key, report__dialogue__collaboration__slug=slug)
