"""Temporary database and web servers for the benchmarks, and measurements taken in turn."""

import contextlib
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ostberga.local import folders, postgres, valkey
from ostberga.local.process import spawn, stop, tail

ROOT = Path(__file__).resolve().parent.parent
# Settings as in production, with throw-away keys.
PRODUCTION = {
    "OSTBERGA_MODE": "production",
    "DJANGO_SETTINGS_MODULE": "ostberga.settings",
    "SECRET_KEY": "benchmark-" + "x" * 50,
    "RECEIPT_KEY": "benchmark-receipts",
    "LINK_KEY": "benchmark-links",
    "RAW_TEXT_KEYS": "b25seS1mb3ItZGVtby1hbmQtdGVzdHMtMzItYnl0ZXM=",
    "ALLOWED_HOSTS": "localhost",
    "SITE_URL": "http://localhost",
    "TRUSTED_PROXIES": "127.0.0.1",
    "EMAIL_URL": "smtp://localhost:25",
    "EMAIL_FROM": "svar@ostberga.example",
}


@contextlib.contextmanager
def start_servers(*, durable: bool = True) -> Iterator[dict[str, str]]:
    """Start PostgreSQL, migrated, and Valkey. Yields the environment that points at them.

    The environment is also set in this process, so that `django.setup()` may follow. With `durable` each commit waits
    for the disk, as in production.
    """
    temporary = folders.temporary_folders()
    database = postgres.start(temporary, log=temporary.sockets / "postgres.log", reckless=not durable)
    queue = valkey.start_temporary(temporary.sockets, log=temporary.sockets / "valkey.log")
    try:
        database.ensure_database("ostberga")
        env_folders = {"STATIC_ROOT": str(temporary.sockets / "static"), "MEDIA_ROOT": str(temporary.sockets / "media")}
        env = PRODUCTION | env_folders | {"DATABASE_URL": database.url("ostberga"), "REDIS_URL": f"{queue.url}0"}
        env |= {"CACHE_URL": f"{queue.url}1"}
        os.environ.update(env)
        manage("migrate", "--verbosity=0")
        manage("collectstatic", "--noinput", "--verbosity=0")
        yield env
    finally:
        queue.stop()
        database.stop()
        folders.remove(temporary)


def manage(*command: str) -> None:
    """Run a manage.py command in this environment. Raises CalledProcessError."""
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)


@contextlib.contextmanager
def gunicorn(app: str, *, env: Mapping[str, str], workers: int = 2, threads: int = 4) -> Iterator[int]:
    """Run a web server for `app` with keep-alive. Yields its port."""
    port = _free_port()
    options = [f"--bind=127.0.0.1:{port}", f"--workers={workers}", f"--threads={threads}", "--keep-alive=60"]
    log = Path(env["STATIC_ROOT"]).parent / f"{app.split(':', maxsplit=1)[0]}.log"
    command = [sys.executable, "-m", "gunicorn", app, "--worker-class=gthread", "--log-level=warning", *options]
    child = spawn(command, log=log, cwd=ROOT, env={**os.environ, **env})
    try:
        _wait_for(port, child, log)
        yield port
    finally:
        stop(child)


def interleave(contenders: Mapping[str, Callable[[], float]], *, rounds: int = 7) -> dict[str, list[float]]:
    """Measure each contender in every round, so that a busy machine slows all alike. Prints and returns the figures."""
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        names = list(contenders) if number % 2 else list(contenders)[::-1]
        for name in names:
            figure = contenders[name]()
            if number:  # The first round warms up.
                figures[name].append(figure)
        if number:
            print("  ".join(f"{name} {figures[name][-1]:10.1f}" for name in contenders), flush=True)
    return figures


def ratio(figures: Mapping[str, list[float]], ours: str, baseline: str) -> float:
    """Return the median over the rounds of ours divided by the baseline's."""
    return statistics.median(mine / theirs for mine, theirs in zip(figures[ours], figures[baseline], strict=True))


def _wait_for(port: int, child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and child.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit(f"Webbservern startade inte:\n{tail(log)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
