"""Temporary PostgreSQL and Valkey for one test run, started before Django reads its settings.

The pytest process starts them; xdist workers inherit the addresses and take a numbered Valkey database each.
With OSTBERGA_TEST_SERVERS=external the servers named by DATABASE_URL and REDIS_URL are used instead.
"""

import atexit
import os
import signal
import sys
from types import FrameType

import django

from ostberga.local import folders, postgres, valkey

_running: list[postgres.Postgres | valkey.Valkey] = []


def start_servers() -> None:
    """Set the environment that the settings read, and start the servers unless another process has."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ostberga.settings"
    os.environ["OSTBERGA_MODE"] = "test"
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if os.environ.get("OSTBERGA_TEST_SERVERS") != "external" and worker is None:
        _start()
    if worker:  # Workers clear the cache, so each needs its own.
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"
    django.setup()
    # Workers inherit this environment. With this variable pytest-django would read their settings before the lines
    # above have given each its own Valkey database, and they would clear each other's cache.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def _start() -> None:
    temporary = folders.temporary_folders()
    atexit.register(_stop, temporary)
    signal.signal(signal.SIGTERM, _exit)
    _running.append(database := postgres.start(temporary, log=temporary.sockets / "postgres.log", reckless=True))
    _running.append(queue := valkey.start_temporary(temporary.sockets, log=temporary.sockets / "valkey.log"))
    media = temporary.sockets / "media"
    media.mkdir()
    os.environ.update(
        DATABASE_URL=database.url("ostberga"),
        REDIS_URL=f"{queue.url}0",
        MEDIA_ROOT=str(media),
    )


def _exit(number: int, _frame: FrameType | None) -> None:
    """Exit normally on SIGTERM, so that the servers are stopped."""
    sys.exit(128 + number)


def _stop(temporary: folders.ServerFolders) -> None:
    while _running:
        _running.pop().stop()
    folders.remove(temporary)
