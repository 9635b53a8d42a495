"""A real worker is killed while it makes a report; another finishes it, once."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from actors.models import User
from reports import tasks
from reports.models import ReportVersion
from reports.publishing import version_requests
from reports.publishing.version_requests import request_version
from reports.rendering import render_job
from tests.reports.conftest import Story
from tests.workers import Start, kill, workers

State = ReportVersion.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def worker(media: Path, settings: Any) -> Iterator[Start]:
    """Starts Celery workers that give up on each other after two seconds."""
    with workers(settings, REPORT_STALE_AFTER="2") as start:
        yield start


def wait_until(is_so: Callable[[], bool], seconds: float = 120) -> None:
    """Look often; give up with an error."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


def said_until(word: str, capfd: pytest.CaptureFixture[str], worker: Start) -> str:
    """All that a worker prints about a task that fails, from its start until a moment after `word`."""
    told: list[str] = []

    def failed() -> bool:
        told.extend(capfd.readouterr())
        return word in "".join(told)

    tasks.render.delay("Lampan vid port fjorton är trasig.")
    worker()
    wait_until(failed)
    time.sleep(0.5)
    return "".join([*told, *capfd.readouterr()])


def test_a_worker_tells_what_kind_of_error_and_never_its_words(
    worker: Start, capfd: pytest.CaptureFixture[str]
) -> None:
    said = said_until("ValidationError", capfd, worker)

    assert "reports/rendering/render_job.py" in said
    assert "Lampan" not in said


@pytest.fixture
def orphan(written: Story, ake: User, worker: Start, settings: Any) -> ReportVersion:
    """A version whose worker was killed while it set the PDF."""
    settings.REPORT_STALE_AFTER = 2
    version = request_version(written.report, ake)
    version_requests.queue_rendering(version)
    first = worker()
    wait_until(lambda: ReportVersion.objects.filter(stage="Sätter PDF").exists())
    kill(first)
    return version


def test_a_killed_worker_ends_in_one_finished_report(
    orphan: ReportVersion, worker: Start, media: Path, settings: Any
) -> None:
    rows = ReportVersion.objects.filter(pk=orphan.pk)
    assert rows.get().state == State.RUNNING

    worker()
    time.sleep(settings.REPORT_STALE_AFTER + 0.2)
    tasks.sweep()
    wait_until(lambda: rows.filter(state=State.FINISHED).exists())
    assert (rows.get().attempts, len(list(media.rglob("*.pdf")))) == (2, 1)
    assert rows.get().frozen.checksum == orphan.findings_checksum
    assert render_job.requeue_stale_versions() == []
