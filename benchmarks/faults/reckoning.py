"""What was acknowledged against what is stored, when everything is back and all that waited is done."""

import hashlib
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from actors.letters import retrying
from actors.models import Letter
from benchmarks.faults.load import Load, Sent, retry_failed
from benchmarks.faults.verdict import Sum
from dialogue.history import receipts
from dialogue.models import BetterAnswer, Follower
from ostberga.lib.servers.queue import call
from reports.models import ReportVersion
from surveys.batching import waiting
from surveys.models import Answer
from tests.faults.smtp_server import MailServer

SECONDS_TO_DRAIN = 300


def drain() -> bool:
    """Press the buttons that try again, and wait until nothing waits. Returns whether that came to pass."""
    connection.close()  # this thread's is from before the database died
    end = time.monotonic() + SECONDS_TO_DRAIN
    retrying.retry_all(Letter.objects.all())
    # What a letter waits after a failure, or after a worker that died with it, is minutes: the run has no time for it.
    _waiting_letters().update(send_after=timezone.now())
    while time.monotonic() < end:
        retry_failed()
        call("actors.tasks.send_waiting_letters")
        call("reports.tasks.sweep")
        if not _waits():
            return True
        time.sleep(5)
    return False


def _waiting_letters() -> QuerySet[Letter]:
    return Letter.objects.filter(state=Letter.State.WAITING)  # also those that a worker has just taken


def _waits() -> bool:
    working = ReportVersion.objects.exclude(state=ReportVersion.State.FINISHED)
    kinds = {item.kind for item in waiting.read_items()} - {"follow-letter"}  # tried with growing pauses, for days
    return bool(kinds) or _waiting_letters().exists() or working.exists()


def reckon(load: Load, mail: MailServer) -> list[Sum]:
    """Count each kind."""
    return [_answers(load.answers), _follows(load.follows), _better(load.better), *_letters(load.letters, mail),
            _reports(load.reports)]  # fmt: skip


def _answers(sent: Sent) -> Sum:
    stored = Counter(str(answer.text) for answer in Answer.objects.all())
    kept = {words: code for words, code in sent.acknowledged.items() if words in stored}
    codes = sum(receipts.look_up(code) is None for code in kept.values())
    same = len(sent.acknowledged) - len(set(sent.acknowledged.values()))
    return _sum("svar", sent, stored, f"kvittokoder som inte hittas: {codes}, som delas: {same}", more_lost=codes)


def _follows(sent: Sent) -> Sum:
    left = sum(item.kind == "follow-letter" for item in waiting.read_items())
    stored = Counter(Follower.objects.values_list("email", flat=True))
    return _sum("följare", sent, stored, f"väntar på sitt brev: {left}")


def _better(sent: Sent) -> Sum:
    return _sum("bättre-svar", sent, Counter(str(answer.words) for answer in BetterAnswer.objects.all()))


def _letters(sent: Sent, mail: MailServer) -> Iterable[Sum]:
    stored = Counter(Letter.objects.filter(state=Letter.State.SENT).values_list("subject", flat=True))
    ids: dict[str, list[str]] = defaultdict(list)
    for letter in list(mail.letters):
        head = letter.partition("\n\r\n")[0]
        if subject := re.search(r"^Subject: (Brev \S+)", head, re.MULTILINE):
            ids[subject[1]] += re.findall(r"^Message-ID: (\S+)", head, re.MULTILINE | re.IGNORECASE)
    yield _sum("brev i utkorgen", sent, stored)
    twice = sum(len(names) > 1 for names in ids.values())
    arrived = Counter({subject: len(set(names)) for subject, names in ids.items()})
    yield _sum("brev hos mottagaren", sent, arrived, f"kom två gånger med samma Message-ID: {twice}")


def _reports(sent: Sent) -> Sum:
    whole = Counter(str(version.pk) for version in ReportVersion.objects.filter(state="finished") if _is_whole(version))
    pointed = set(ReportVersion.objects.values_list("pdf", flat=True))
    files = [path for path in Path(default_storage.path("reports")).rglob("*") if path.is_file()]
    half = [path for path in files if path.suffix == ".pdf" and b"%%EOF" not in path.read_bytes()[-64:]]
    strays = sum(path.suffix == ".pdf" and f"reports/{'/'.join(path.parts[-3:])}" not in pointed for path in files)
    return _sum("rapporter", sent, whole, f"halva filer: {len(half)}, hela utan rad: {strays}", more_lost=len(half))


def _is_whole(version: ReportVersion) -> bool:
    with version.pdf.open() as pdf:
        return hashlib.sha256(pdf.read()).hexdigest() == version.pdf_checksum


def _sum(kind: str, sent: Sent, stored: "Counter[str]", note: str = "", *, more_lost: int = 0) -> Sum:
    lost = sum(words not in stored for words in sent.acknowledged)
    doubled = sum(stored[words] > 1 for words in {*sent.acknowledged, *sent.unknown})
    return Sum(kind, len(sent.acknowledged), lost + more_lost, doubled, sent.again, note)
