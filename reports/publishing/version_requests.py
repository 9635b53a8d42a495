"""Requesting a version of a report: freezing its findings, and queueing the rendering of its files."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.servers.queue import call_after_commit
from reports.findings.gathering import gather_findings
from reports.models import Report, ReportVersion


@transaction.atomic
def request_version(report: Report, by: User, *, at: dt.datetime | None = None) -> ReportVersion:
    """Create a version whose findings are frozen now. Its files are not queued: see `queue_rendering`.

    While another version is queued or running, that one is returned instead. Raises Refusal if no theme is chosen.
    """
    require(by, COORDINATE, report)
    at = at or timezone.now()
    report.refresh_from_db(from_queryset=Report.objects.select_for_update(no_key=True))
    if ongoing := report.versions.filter(state__in=["queued", "running"]).first():
        return ongoing
    if not report.chosen_themes.exists():
        raise Refusal("Rapporten har inga teman ännu. Välj minst ett.", who="Samordnaren", code="no_themes")
    latest = report.versions.aggregate(Max("number"))["number__max"] or 0
    findings = gather_findings(report, number=latest + 1, on=timezone.localdate(at))
    return report.versions.create(
        number=latest + 1,
        findings=findings.to_json(),
        findings_checksum=findings.checksum,
        requested_by=by,
        requested_at=at,
    )


def queue_rendering(version: ReportVersion) -> None:
    """Queue the rendering after the commit. If the queue's server is away, the sweeper queues it later."""
    call_after_commit("reports.tasks.render", str(version.pk))
