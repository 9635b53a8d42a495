"""Makes the files of one version: claimed by one worker at a time, with a sign of life, and stored once.

A worker may die at any moment. Its row then stops giving signs of life, the sweeper puts it back in the queue, and
another worker makes it from the same frozen findings. Should the first one live after all, the row is no longer its.
"""

import datetime as dt
import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from reports.exports import word
from reports.models import ReportVersion
from reports.models.version import STAGES
from reports.rendering import charts, html
from reports.rendering.pdf import PrintError, render_pdf

State = ReportVersion.State
MOST_ATTEMPTS = 3
log = logging.getLogger("ostberga.reports")


def render_version(key: UUID | str) -> None:
    """Make the version's files, unless someone else is at it or it is already done."""
    version = _claim(key)
    if version is None:
        return
    try:
        with _heartbeat(version):
            files = _make_files(version)
    except PrintError as error:
        _fail(version, str(error))
    except Exception as error:
        # The kind of error only: its words could hold what somebody said.
        log.error("Report version %s failed: %s", version.pk, type(error).__name__)
        _fail(version, "Något gick fel när filerna gjordes. Försök igen, eller hör av dig till supporten.")
    else:
        _finish(version, files)


def requeue_stale_versions() -> list[UUID]:
    """Put back what a dead worker left, give up what has failed too often, and name all that waits in the queue."""
    silent = timezone.now() - dt.timedelta(seconds=settings.REPORT_STALE_AFTER)
    with transaction.atomic():
        stale = ReportVersion.objects.select_for_update(skip_locked=True).filter(state=State.RUNNING)
        for version in stale.filter(heartbeat_at__lt=silent):
            tired = version.attempts >= MOST_ATTEMPTS
            version.state = State.FAILED if tired else State.QUEUED
            version.error = "Arbetet avbröts flera gånger. Försök igen." if tired else ""
            version.stage = ""
            version.save(update_fields=["state", "error", "stage"])
    return list(ReportVersion.objects.filter(state=State.QUEUED).values_list("pk", flat=True))


@transaction.atomic
def _claim(key: UUID | str) -> ReportVersion | None:
    waiting = ReportVersion.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, state=State.QUEUED)
    version = waiting.select_related("report__dialogue__collaboration").first()
    if version is not None:
        version.state, version.attempts = State.RUNNING, version.attempts + 1
        version.heartbeat_at, version.stage, version.error = timezone.now(), STAGES[0], ""
        version.save(update_fields=["state", "attempts", "heartbeat_at", "stage", "error"])
    return version


def _make_files(version: ReportVersion) -> dict[str, bytes]:
    """The files by name: rapport.pdf, rapport.docx and the pictures."""
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
    """The file is whole and says that it is accessible: a last look before anyone is told that it is ready."""
    if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-64:]:
        raise PrintError("PDF:en blev inte hel.")


def _finish(version: ReportVersion, files: dict[str, bytes]) -> None:
    """Store the files beside each other, then point the row at them, if it is still ours."""
    names = {
        name: default_storage.save(_storage_path(version, name), ContentFile(data)) for name, data in files.items()
    }
    with transaction.atomic():
        mine = ReportVersion.objects.still_claimed(version).select_for_update().first()
        if mine is not None:
            mine.state, mine.stage, mine.finished_at = State.FINISHED, "", timezone.now()
            mine.pdf.name, mine.docx.name = names["rapport.pdf"], names["rapport.docx"]
            mine.pdf_checksum = hashlib.sha256(files["rapport.pdf"]).hexdigest()
            mine.save(update_fields=["state", "stage", "finished_at", "pdf", "docx", "pdf_checksum"])
            return
    for name in names.values():
        default_storage.delete(name)


def _storage_path(version: ReportVersion, name: str) -> str:
    """A folder of its own for every attempt, so that two workers never write the same file."""
    return f"reports/{version.pk}/{version.attempts}/{name}"


def _fail(version: ReportVersion, why: str) -> None:
    ReportVersion.objects.still_claimed(version).update(state=State.FAILED, error=why, stage="")


def _note_stage(version: ReportVersion, stage: str) -> None:
    ReportVersion.objects.still_claimed(version).update(stage=stage, heartbeat_at=timezone.now())


@contextmanager
def _heartbeat(version: ReportVersion) -> Iterator[None]:
    """Tell that we live while the work goes on, from a thread of its own."""
    done = threading.Event()
    pulse = threading.Thread(target=_beat, args=(version, done), daemon=True)
    pulse.start()
    try:
        yield
    finally:
        done.set()
        pulse.join()


def _beat(version: ReportVersion, done: threading.Event) -> None:
    try:
        while not done.wait(settings.REPORT_STALE_AFTER / 4):
            ReportVersion.objects.still_claimed(version).update(heartbeat_at=timezone.now())
    finally:
        connection.close()
