"""Real Celery workers with the test's database, queue, files and clock."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tests import clock

Process = subprocess.Popen[bytes]
Start = Callable[[], Process]
WORKER = ["-A", "ostberga", "worker", "--pool=prefork", "-c", "1", "-Q", "celery,letters,files", "--loglevel=ERROR"]


def database_url() -> str:
    """The address of the test's database, for a program that a test starts."""
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    name = connection.settings_dict["NAME"]
    return f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


@contextmanager
def workers(settings: Any, **variables: str) -> Iterator[Start]:
    """Yield a function that starts a worker. All workers are killed afterwards."""
    env = os.environ | {"MEDIA_ROOT": str(settings.MEDIA_ROOT), "DATABASE_URL": database_url()} | variables
    started: list[Process] = []

    def start() -> Process:
        command = clock.command("celery", *WORKER)  # built here, since the clock may have been set after the fixture
        started.append(subprocess.Popen(command, env=env, start_new_session=True))
        return started[-1]

    try:
        yield start
    finally:
        for process in started:
            kill(process)


def kill(process: Process) -> None:
    """Kill the worker and its child with SIGKILL."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
