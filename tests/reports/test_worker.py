"""A real worker is killed while it makes a report; another finishes it, once."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from actors.models import User
from reports import dispatch, rendering, tasks
from reports.models import ReportVersion
from tests.reports.conftest import Story

State = ReportVersion.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Worker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def worker(media: Path, settings: Any) -> Iterator[Worker]:
    """Starts Celery workers that use the test's database, queue and files; all are gone afterwards."""
    name = settings.DATABASES["default"]["NAME"]
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    address = f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    surroundings = os.environ | {"MEDIA_ROOT": str(media), "REPORT_STALE_AFTER": "2", "DATABASE_URL": address}
    command = [".venv/bin/celery", "-A", "ostberga", "worker", "--pool=prefork", "-c", "1", "--loglevel=ERROR"]
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        started.append(subprocess.Popen(command, env=surroundings, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """The worker and its child, without a chance to tidy up."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(is_so: Callable[[], bool], seconds: float = 120) -> None:
    """Look often; give up with an error."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


def test_a_killed_worker_ends_in_one_finished_report(
    written: Story, ake: User, worker: Worker, media: Path, settings: Any
) -> None:
    settings.REPORT_STALE_AFTER = 2
    version = written.report.request_version(ake)
    dispatch.queue(version)
    first = worker()
    rows = ReportVersion.objects.filter(pk=version.pk)
    wait_until(lambda: rows.filter(stage="Sätter PDF").exists())
    kill(first)
    assert rows.get().state == State.RUNNING

    worker()
    time.sleep(settings.REPORT_STALE_AFTER + 0.2)
    tasks.sweep()
    wait_until(lambda: rows.filter(state=State.FINISHED).exists())
    assert (rows.get().attempts, len(list(media.rglob("*.pdf")))) == (2, 1)
    assert rows.get().frozen.checksum == version.findings_checksum
    assert rendering.sweep() == []
