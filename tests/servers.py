"""Throw-away PostgreSQL and Valkey for one test run, ready before Django reads its settings.

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


def provide() -> None:
    """Set the environment that the settings read, starting servers where this process is the one that should."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ostberga.settings"
    os.environ["OSTBERGA_MODE"] = "test"
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if os.environ.get("OSTBERGA_TEST_SERVERS") != "external" and worker is None:
        _start()
    if worker:  # Each worker clears its cache; it must not clear another's.
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"
    django.setup()
    # Workers inherit this environment. Told the module, pytest-django would read the settings in them before the lines
    # above give each its own Valkey database, and they would clear each other's cache.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def _start() -> None:
    place = folders.temporary_folders()
    atexit.register(_stop, place)
    signal.signal(signal.SIGTERM, _leave)
    _running.append(database := postgres.start(place, log=place.sockets / "postgres.log", reckless=True))
    _running.append(queue := valkey.start_temporary(place.sockets, log=place.sockets / "valkey.log"))
    media = place.sockets / "media"
    media.mkdir()
    os.environ.update(
        DATABASE_URL=database.url("ostberga"),
        REDIS_URL=f"{queue.url}0",
        MEDIA_ROOT=str(media),
    )


def _leave(number: int, _frame: FrameType | None) -> None:
    """On SIGTERM leave through the front door, so that the servers are stopped."""
    sys.exit(128 + number)


def _stop(place: folders.ServerFolders) -> None:
    while _running:
        _running.pop().stop()
    folders.remove(place)
