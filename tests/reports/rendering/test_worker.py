"""Real Celery workers: one is killed while rendering, another finishes the version, once."""

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
from tests.reports.conftest import ReportStory
from tests.workers import Start, kill, workers

State = ReportVersion.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def worker(media: Path, settings: Any) -> Iterator[Start]:
    """A function that starts a Celery worker; heartbeats count as stale after two seconds."""
    with workers(settings, REPORT_STALE_AFTER="2") as start:
        yield start


def wait_until(is_so: Callable[[], bool], seconds: float = 120) -> None:
    """Poll until the condition holds. Raises AssertionError at the timeout (seconds)."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


def output_until(word: str, capfd: pytest.CaptureFixture[str], worker: Start) -> str:
    """Output of a worker whose task fails, from its start until half a second after `word` appears."""
    output: list[str] = []

    def failed() -> bool:
        output.extend(capfd.readouterr())
        return word in "".join(output)

    tasks.render.delay("Lampan vid port fjorton är trasig.")
    worker()
    wait_until(failed)
    time.sleep(0.5)
    return "".join([*output, *capfd.readouterr()])


def test_a_worker_tells_what_kind_of_error_and_never_its_words(
    worker: Start, capfd: pytest.CaptureFixture[str]
) -> None:
    output = output_until("ValidationError", capfd, worker)

    assert "reports/rendering/render_job.py" in output
    assert "Lampan" not in output


@pytest.fixture
def orphan(written: ReportStory, ake: User, worker: Start, settings: Any) -> ReportVersion:
    """A version whose worker was killed while rendering the PDF."""
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
