"""Renders the files of one version in a worker: claims the row, sends heartbeats, stores the files once.

A worker may die at any moment. Its heartbeats then stop, the sweeper requeues the row, and another worker renders it
from the same frozen findings. A worker that lost its claim must not write: every update is filtered by its attempt.
"""

import datetime as dt
import hashlib
import logging
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ostberga.lib.files.whole_files import FileNotStored
from ostberga.lib.servers.heartbeat import heartbeat
from reports.exports import word
from reports.models import ReportVersion
from reports.models.version import STAGES
from reports.rendering import charts, html
from reports.rendering.pdf import PrintError, render_pdf

State = ReportVersion.State
MAX_ATTEMPTS = 3
logger = logging.getLogger("ostberga.reports")


def render_version(key: UUID | str) -> None:
    """Render and store the version's files, if it is queued. A failure is written on the row."""
    version = _claim(key)
    if version is None:
        return
    try:
        with heartbeat(lambda: _beat(version), every=settings.REPORT_STALE_AFTER / 4):
            files = _make_files(version)
    except PrintError as error:
        _fail(version, str(error))
    except Exception:
        # The formatter writes its type and frames, never its message or values: they could hold what somebody said.
        logger.exception("Report version %s failed", version.pk)
        _fail(version, "Något gick fel när filerna gjordes. Försök igen, eller hör av dig till supporten.")
    else:
        _store(version, files)


def requeue_stale_versions() -> list[UUID]:
    """Requeue running versions without heartbeat, or fail them after too many attempts. Returns keys of queued ones."""
    oldest_heartbeat = timezone.now() - dt.timedelta(seconds=settings.REPORT_STALE_AFTER)
    with transaction.atomic():
        stale = ReportVersion.objects.select_for_update(skip_locked=True).filter(state=State.RUNNING)
        for version in stale.filter(heartbeat_at__lt=oldest_heartbeat):
            give_up = version.attempts >= MAX_ATTEMPTS
            version.state = State.FAILED if give_up else State.QUEUED
            version.error = "Arbetet avbröts flera gånger. Försök igen." if give_up else ""
            version.stage = ""
            version.save(update_fields=["state", "error", "stage"])
    return list(ReportVersion.objects.filter(state=State.QUEUED).values_list("pk", flat=True))


@transaction.atomic
def _claim(key: UUID | str) -> ReportVersion | None:
    queued = ReportVersion.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, state=State.QUEUED)
    version = queued.select_related("report__dialogue__collaboration").first()
    if version is not None:
        version.state, version.attempts = State.RUNNING, version.attempts + 1
        version.heartbeat_at, version.stage, version.error = timezone.now(), STAGES[0], ""
        version.save(update_fields=["state", "attempts", "heartbeat_at", "stage", "error"])
    return version


def _make_files(version: ReportVersion) -> dict[str, bytes]:
    """Render the files: rapport.pdf, rapport.docx and the pictures, as bytes by name."""
    findings, (_, drawing, setting, writing, checking) = version.frozen, STAGES
    _note_stage(version, drawing)
    pictures = charts.draw_charts(findings)
    _note_stage(version, setting)
    pdf = render_pdf(html.render_print_html(findings), images=pictures)
    _note_stage(version, writing)
    docx = word.build_word_file(findings)
    _note_stage(version, checking)
    _check_pdf(pdf)
    return {"rapport.pdf": pdf, "rapport.docx": docx, **pictures}


def _check_pdf(pdf: bytes) -> None:
    """Check that the PDF has a header and an end. Raises PrintError."""
    if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-64:]:
        raise PrintError("PDF:en blev inte hel.")


def _store(version: ReportVersion, files: dict[str, bytes]) -> None:
    """Store the files, then point the row at them. None of them is kept when one could not be, or the claim was lost.

    Should the database be lost meanwhile they are left, since the row may point at them.
    """
    names: dict[str, str] = {}
    try:
        for name, data in files.items():
            names[name] = default_storage.save(_storage_path(version, name), ContentFile(data))
    except FileNotStored as refusal:
        logger.error("Report version %s could not be stored: %s", version.pk, refusal.code)
        _delete(names)
        _fail(version, str(refusal))
        return
    if not _finish(version, names, hashlib.sha256(files["rapport.pdf"]).hexdigest()):
        _delete(names)


def _delete(names: dict[str, str]) -> None:
    for name in names.values():
        default_storage.delete(name)


@transaction.atomic
def _finish(version: ReportVersion, names: dict[str, str], checksum: str) -> bool:
    """Point the row at the stored files. Returns False if the claim was lost."""
    row = ReportVersion.objects.still_claimed(version).select_for_update(no_key=True).first()
    if row is None:
        return False
    row.state, row.stage, row.finished_at = State.FINISHED, "", timezone.now()
    row.pdf.name, row.docx.name = names["rapport.pdf"], names["rapport.docx"]
    row.pdf_checksum = checksum
    row.save(update_fields=["state", "stage", "finished_at", "pdf", "docx", "pdf_checksum"])
    return True


def _storage_path(version: ReportVersion, name: str) -> str:
    """Path of a file; each attempt has its own folder, so that two workers never write the same file."""
    return f"reports/{version.pk}/{version.attempts}/{name}"


def _fail(version: ReportVersion, why: str) -> None:
    ReportVersion.objects.still_claimed(version).update(state=State.FAILED, error=why, stage="")


def _note_stage(version: ReportVersion, stage: str) -> None:
    ReportVersion.objects.still_claimed(version).update(stage=stage, heartbeat_at=timezone.now())


def _beat(version: ReportVersion) -> None:
    ReportVersion.objects.still_claimed(version).update(heartbeat_at=timezone.now())
