"""Files too large for a page: a worker judges them, tells how far it has come, and stores them when somebody says so.

As for reports, the row is claimed by one attempt at a time, with heartbeats; one whose worker died is queued again.
"""

import datetime as dt
import json
import logging
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.servers.heartbeat import LostClaim, heartbeat
from ostberga.lib.servers.queue import call_after_commit
from surveys.importing.asks import Chosen
from surveys.importing.columns.layout import ImportSource
from surveys.importing.columns.remembering import remember
from surveys.importing.dry_run import DryRun, judge
from surveys.importing.places import make_places
from surveys.importing.reading.tables import UnreadableFile
from surveys.importing.rows import Batch
from surveys.importing.sheets_out import refused_rows
from surveys.importing.shown_run import ShownRun, from_json, show
from surveys.importing.storing import StatementsBehind, store_rows
from surveys.models import LargeImport, Survey

TASK = "surveys.tasks.judge_import"
KEPT = dt.timedelta(days=1)
MAX_ATTEMPTS = 3
State, Work = LargeImport.State, LargeImport.Work
logger = logging.getLogger("ostberga.surveys")


@transaction.atomic
def begin(*, survey: Survey, by: User, batch: Batch, source: ImportSource) -> LargeImport:
    """Keep a file for a worker to judge."""
    require(by, COORDINATE, survey)
    kept = {"text": source.text, "book": source.book, "channel": batch.channel.pk}
    large = LargeImport.objects.create(
        survey=survey,
        by=by,
        wave=batch.wave,
        language=batch.language,
        day=batch.day,
        source=json.dumps(kept, ensure_ascii=False),
    )
    call_after_commit(TASK, str(large.pk))
    return large


@transaction.atomic
def ask_worker(*, large: LargeImport, by: User, work: str, chosen: Chosen, seen: str = "", people: int = 0) -> None:
    """Have it judged anew with what was chosen, or stored as it was shown (`seen`).

    Raises Refusal while it works, and when the file is gone, as it is when its rows are stored.
    """
    require(by, COORDINATE, large.survey)
    held = LargeImport.objects.select_for_update(no_key=True, of=["self"]).filter(pk=large.pk).first()
    if held is None:
        raise Refusal("Filen finns inte kvar. Raderna kan redan vara sparade.", code="gone")
    if held.is_working:
        raise Refusal("Raderna granskas redan. Vänta tills det är klart.", code="working")
    held.by, held.work, held.chosen, held.seen, held.people = by, work, json.dumps(dict(chosen)), seen, people
    held.state, held.read, held.error, held.attempts = State.QUEUED, 0, "", 0
    held.save(update_fields=["by", "work", "chosen", "seen", "people", "state", "read", "error", "attempts"])
    call_after_commit(TASK, str(held.pk))


def shown(large: LargeImport) -> ShownRun | None:
    """Return what the page shows of the last judging; None when there has been none."""
    return from_json(json.loads(large.result)["shown"]) if large.result else None


def refused(large: LargeImport) -> list[list[str]]:
    """Return the rows that are not stored, below their headings."""
    rows: list[list[str]] = json.loads(large.result)["refused"] if large.result else []
    return rows


def work_on(key: UUID | str) -> None:
    """Do what is to be done with a queued file. A failure is written on its row. Safe to call twice."""
    large = _claim(key)
    if large is None:
        return
    try:
        with heartbeat(lambda: _beat(large), every=settings.REPORT_STALE_AFTER / 4):
            _work(large)
    except LostClaim:
        logger.warning("Large import %s was taken over by another attempt", large.pk)
    except (UnreadableFile, Refusal) as problem:
        _finish(large, State.FAILED, error=str(problem))
    except Exception:
        # The formatter writes its type and frames, never its message or values: they could hold what somebody said.
        logger.exception("Large import %s failed", large.pk)
        _finish(large, State.FAILED, error="Något gick fel när raderna lästes. Försök igen, eller dela filen.")


def sweep() -> list[UUID]:
    """Forget old files, queue those whose worker died; return the keys of the queued.

    A file that waits for its turn is kept a day more, and one that a worker has until it is done.
    """
    now = timezone.now()
    oldest = now - dt.timedelta(seconds=settings.REPORT_STALE_AFTER)
    waits = Q(state=State.QUEUED, at__gte=now - 2 * KEPT)
    is_worked_on = Q(state=State.RUNNING, heartbeat_at__gte=oldest)
    LargeImport.objects.filter(at__lt=now - KEPT).exclude(waits | is_worked_on).delete()
    stale = LargeImport.objects.filter(state=State.RUNNING, heartbeat_at__lt=oldest)
    stale.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=State.FAILED, error="Arbetet avbröts flera gånger. Dela filen."
    )
    stale.update(state=State.QUEUED)
    return list(LargeImport.objects.filter(state=State.QUEUED).values_list("pk", flat=True))


@transaction.atomic
def _claim(key: UUID | str) -> LargeImport | None:
    queued = LargeImport.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, state=State.QUEUED)
    large = queued.select_related("survey__collaboration", "wave", "by").first()
    if large is not None:
        large.state, large.attempts, large.heartbeat_at = State.RUNNING, large.attempts + 1, timezone.now()
        large.save(update_fields=["state", "attempts", "heartbeat_at"])
    return large


def _work(large: LargeImport) -> None:
    kept, chosen = json.loads(large.source), json.loads(large.chosen or "{}")
    channel, source = large.survey.channels.get(pk=kept["channel"]), ImportSource(kept["text"], kept["book"])
    batch = Batch(large.wave, channel, large.language, large.day)
    run = judge(survey=large.survey, batch=batch, source=source, chosen=chosen, tell=_Progress(large).tell)
    if large.work == Work.STORE and run.fingerprint == large.seen:
        _store(large, run)
        return
    rows = [] if run.problem else refused_rows(run)
    result = json.dumps({"shown": show(run).as_json(), "refused": rows}, ensure_ascii=False)
    _finish(large, State.FINISHED, result=result)


def _store(large: LargeImport, run: DryRun) -> None:
    """Store the rows, and forget the file, by one act. Raises LostClaim when another attempt has the file."""
    make_places(survey=large.survey, by=large.by, rows=run.stored)
    with transaction.atomic():
        behind = None if run.layout.are_people else StatementsBehind(large.people, large.wave)
        done = store_rows(
            survey=large.survey, key=large.pk, by=large.by, rows=run.rows, read=len(run.rows), behind=behind
        )
        remember(large.survey.collaboration_id, run.choices(with_places=not done.is_blank))
        if not _finish(large, State.FINISHED):
            raise LostClaim
        LargeImport.objects.filter(pk=large.pk).delete()


def _finish(large: LargeImport, state: str, **values: object) -> bool:
    """Write how it went; return whether this attempt still had the file."""
    return LargeImport.objects.still_claimed(large).update(state=state, **values) == 1


class _Progress:
    """Tells on the row how many rows are judged."""

    def __init__(self, large: LargeImport) -> None:
        self.large = large

    def tell(self, read: int, rows: int) -> None:
        """Write it."""
        LargeImport.objects.still_claimed(self.large).update(read=read, rows=rows, heartbeat_at=timezone.now())


def _beat(large: LargeImport) -> None:
    LargeImport.objects.still_claimed(large).update(heartbeat_at=timezone.now())
