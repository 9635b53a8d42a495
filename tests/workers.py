"""Real Celery workers on the test's own database, queue, files and clock."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests import clock

Process = subprocess.Popen[bytes]
Start = Callable[[], Process]
WORKER = ["-A", "ostberga", "worker", "--pool=prefork", "-c", "1", "--loglevel=ERROR"]


@contextmanager
def workers(settings: Any, **variables: str) -> Iterator[Start]:
    """Gives a function that starts a worker; all it started are gone afterwards."""
    name = settings.DATABASES["default"]["NAME"]
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    address = f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    surroundings = os.environ | {"MEDIA_ROOT": str(settings.MEDIA_ROOT), "DATABASE_URL": address} | variables
    started: list[Process] = []

    def start() -> Process:
        command = clock.command("celery", *WORKER)  # now: the clock may have been set since
        started.append(subprocess.Popen(command, env=surroundings, start_new_session=True))
        return started[-1]

    try:
        yield start
    finally:
        for process in started:
            kill(process)


def kill(process: Process) -> None:
    """The worker and its child, without a chance to tidy up."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
