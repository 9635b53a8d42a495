"""A version of a report is asked for: all numbers and quotes are frozen, and its files wait to be made."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actors.models import User
from ostberga.lib.refusal import Refusal
from reports.findings.gathering import gather
from reports.models import Report, ReportVersion


@transaction.atomic
def request_version(report: Report, by: User, *, at: dt.datetime | None = None) -> ReportVersion:
    """Freeze all numbers and quotes now, and let the files be made of them.

    Asked twice while one is being made, it answers with that one.
    """
    at = at or timezone.now()
    report.refresh_from_db(from_queryset=Report.objects.select_for_update())
    if ongoing := report.versions.filter(state__in=["queued", "running"]).first():
        return ongoing
    if not report.chosen_themes.exists():
        raise Refusal("Rapporten har inga teman ännu. Välj minst ett.", who="Samordnaren", code="no_themes")
    latest = report.versions.aggregate(Max("number"))["number__max"] or 0
    findings = gather(report, number=latest + 1, on=timezone.localdate(at))
    return report.versions.create(
        number=latest + 1,
        findings=findings.to_json(),
        findings_checksum=findings.checksum,
        requested_by=by,
        requested_at=at,
    )
