"""Makes an ordered file in a worker: claims the row, tells how many rows are written, and stores the file encrypted.

Each telling is a heartbeat too, and a thread sends others. When they stop, the sweeper requeues the row, and another
worker makes the file anew. A worker that lost its claim writes nothing: every update is filtered by its attempt.
"""

import datetime as dt
import logging
import tempfile
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ostberga.lib.files.sealed_files import seal_file
from ostberga.lib.files.whole_files import FileNotStored
from ostberga.lib.refusal import Refusal
from ostberga.lib.servers.heartbeat import LostClaim, heartbeat
from reports.downloads.file_making import write_file
from reports.models import Export

State = Export.State
MAX_ATTEMPTS = 3
FOLDER = "exports"
logger = logging.getLogger("ostberga.reports")


def make_export(key: UUID | str) -> None:
    """Make and store the file, if it is queued. A failure is written on the row."""
    export = _claim(key)
    if export is None:
        return
    try:
        with heartbeat(lambda: _beat(export), every=settings.REPORT_STALE_AFTER / 4):
            _make(export)
    except LostClaim:
        logger.info("Export %s is made by another worker", export.pk)
    except (FileNotStored, Refusal) as refusal:
        _fail(export, str(refusal))
    except Exception:
        # The formatter writes its type and frames, never its message or values: they could hold what somebody said.
        logger.exception("Export %s failed", export.pk)
        _fail(export, "Något gick fel när filen gjordes. Försök igen, eller hör av dig till supporten.")


def requeue_stale_exports() -> list[UUID]:
    """Requeue running ones without heartbeat, or fail them after too many attempts. Returns keys of queued ones."""
    oldest_heartbeat = timezone.now() - dt.timedelta(seconds=settings.REPORT_STALE_AFTER)
    with transaction.atomic():
        stale = Export.objects.select_for_update(skip_locked=True).filter(state=State.RUNNING)
        for export in stale.filter(heartbeat_at__lt=oldest_heartbeat):
            give_up = export.attempts >= MAX_ATTEMPTS
            export.state = State.FAILED if give_up else State.QUEUED
            export.error = "Arbetet avbröts flera gånger. Försök igen." if give_up else ""
            export.save(update_fields=["state", "error"])
    return list(Export.objects.filter(state=State.QUEUED).values_list("pk", flat=True))


def delete_outlived() -> int:
    """Delete rows that are older than a day, and all files without a row. Returns how many rows."""
    number, _ = Export.objects.outlived().delete()
    _delete_folders_without_row()
    return number


def _delete_folders_without_row() -> None:
    """Delete them, with all in them: a worker that died may have stored a file whose name no row has."""
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    kept = {str(key) for key in Export.objects.values_list("pk", flat=True)}  # asked after: the row comes first
    for folder in set(folders) - kept:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            default_storage.delete(f"{FOLDER}/{folder}/{name}")
        default_storage.delete(f"{FOLDER}/{folder}")


@transaction.atomic
def _claim(key: UUID | str) -> Export | None:
    queued = Export.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, state=State.QUEUED)
    export = queued.select_related("collaboration").first()
    if export is not None:
        export.state, export.attempts, export.error = State.RUNNING, export.attempts + 1, ""
        export.heartbeat_at, export.rows_written = timezone.now(), 0
        export.save(update_fields=["state", "attempts", "heartbeat_at", "rows_written", "error"])
    return export


def _make(export: Export) -> None:
    """Write the file to one that has no name, seal that into another, and store it."""
    with tempfile.TemporaryFile() as plain, tempfile.TemporaryFile() as sealed:
        write_file(export.table, export.format, export.collaboration, plain, lambda rows: _tell(export, rows))
        plain.seek(0)
        seal_file(plain, sealed)
        sealed.seek(0)
        _store(export, sealed)


def _beat(export: Export) -> None:
    """Note that the worker lives: a workbook is packed, and a text read again, without a row being written."""
    Export.objects.still_claimed(export).update(heartbeat_at=timezone.now())


def _tell(export: Export, rows: int) -> None:
    """Note how many rows more are written. Raises LostClaim when another worker has the row."""
    claimed = Export.objects.still_claimed(export)
    if not claimed.update(rows_written=F("rows_written") + rows, heartbeat_at=timezone.now()):
        raise LostClaim


def _store(export: Export, sealed: IO[bytes]) -> None:
    name = default_storage.save(f"{FOLDER}/{export.pk}/{export.attempts}", File(sealed))
    finished = {"state": State.FINISHED, "finished_at": timezone.now(), "file": name}
    if not Export.objects.still_claimed(export).update(**finished):
        default_storage.delete(name)


def _fail(export: Export, why: str) -> None:
    Export.objects.still_claimed(export).update(state=State.FAILED, error=why)
