"""Run the whole demo: database, queue, web server, Celery worker and beat, started and stopped together.

One that dies meanwhile is started again (keeping.py).
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import TypeVar

from ostberga.local import folders, postgres, valkey
from ostberga.local.keeping import KeptPart, Running, keep
from ostberga.local.process import ServerFailed, spawn, stop, tail

AnyRunning = TypeVar("AnyRunning", bound=Running)
LOGS = folders.LOCAL_DIR / "logs"
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
FIRST_PORT = 8000
SECONDS_TO_ANSWER = 90
# One worker for letters and all else: the demo sends no e-mail, so no mail server can be silent. Files have their own.
WORKER = ["--loglevel=INFO", "--without-gossip", "--without-mingle"]
SWEDISH = {"webbserver": "webbservern", "worker": "arbetaren", "files": "filarbetaren", "beat": "schemat"}
# Exit status of `manage.py demo --prepare` when the database has had migrations that the code does not know.
MADE_BY_ANOTHER_VERSION = 3


class Stopped(BaseException):
    """Raised on Ctrl-C, SIGTERM or a closed terminal, to stop everything and exit."""


@dataclass(frozen=True)
class KeptProgram:
    """One of our own programs, running."""

    child: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Let it finish what it does, for a while."""
        stop(self.child)


def run(*, reset: bool) -> None:
    """Start everything, print the address, and keep it running until Stopped.

    Raises ServerFailed when something does not start, or dies again and again.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_once)
    with _exclusive_lock(), ExitStack() as stack:
        host, port = _address()
        if reset:
            start_over()
        parts: list[KeptPart] = []
        env = _servers(stack, parts) | {"SITE_URL": f"http://{'localhost' if host in LOCAL_HOSTS else host}:{port}"}
        _prepare(env)
        _programs(stack, parts, env, bind=f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        _wait_until_ready(parts, host, port)
        subprocess.run([sys.executable, "manage.py", "demo", "--welcome"], env=env, cwd=folders.BASE_DIR, check=False)
        keep(parts, _say)


def start_over() -> None:
    """Delete the demo's data. Raises ServerFailed if DATABASE_URL is set: that database is not ours to empty."""
    if os.environ.get("DATABASE_URL"):
        raise ServerFailed(
            "DATABASE_URL är satt, och den databasen tömmer vi inte. Töm den själv, eller ta bort variabeln."
        )
    demo = folders.demo_folders()
    postgres.clear_leftovers(demo)
    folders.remove(demo)
    for part in ("valkey", "media", "beat"):
        shutil.rmtree(folders.LOCAL_DIR / part, ignore_errors=True)


@contextmanager
def _exclusive_lock() -> Iterator[None]:
    """Allow one demo per checkout. The kernel releases the lock however the process ends."""
    folders.LOCAL_DIR.mkdir(exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    with (folders.LOCAL_DIR / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerFailed(
                "Demon kör redan från den här mappen. Stoppa den först (Ctrl-C där den startades)."
            ) from None
        yield


def _address() -> tuple[str, int]:
    """Return HOST and PORT if given, else localhost and the first free port from 8000 on. Raises ServerFailed."""
    host, port_text = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "")
    if host not in LOCAL_HOSTS and os.environ.get("OSTBERGA_DEMO_ALLOW_PUBLIC") != "1":
        raise ServerFailed(
            "Demon visar brev med länkar som öppnar dörrar och startar därför bara på den egna datorn. "
            "Vill du ändå: OSTBERGA_DEMO_ALLOW_PUBLIC=1, och ange ALLOWED_HOSTS."
        )
    if port_text and not (port_text.isdigit() and 0 < int(port_text) < 65536):
        raise ServerFailed(f"PORT={port_text} är inget portnummer.")
    if port_text and not _free(host, int(port_text)):
        raise ServerFailed(f"Port {port_text} är upptagen. Välj en annan: PORT=8123 make demo")
    ports = (
        [int(port_text)] if port_text else [port for port in range(FIRST_PORT, FIRST_PORT + 100) if _free(host, port)]
    )
    return host, ports[0]


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _servers(stack: ExitStack, parts: list[KeptPart]) -> dict[str, str]:
    """Start the servers that the environment does not name, and return the environment of all programs."""
    env = {**os.environ, "OSTBERGA_MODE": "demo", "DJANGO_SETTINGS_MODULE": "ostberga.settings"}
    demo = folders.demo_folders()
    stack.callback(shutil.rmtree, demo.sockets, ignore_errors=True)
    if not env.get("DATABASE_URL"):
        _say("Startar PostgreSQL …")
        database = _start(stack, parts, ("databasen", "postgres"), lambda log: postgres.start(demo, log=log))
        database.ensure_database("ostberga")
        env["DATABASE_URL"] = database.url("ostberga")
    if not env.get("REDIS_URL"):
        files = folders.LOCAL_DIR / "valkey"
        queue = _start(
            stack, parts, ("kön", "valkey"), lambda log: valkey.start_persistent(files, demo.sockets, log=log)
        )
        env["REDIS_URL"] = queue.url
    if not env.get("CACHE_URL"):
        memory = _start(
            stack, parts, ("mellanlagret", "cache"), lambda log: valkey.start_forgetful(demo.sockets, log=log)
        )
        env["CACHE_URL"] = memory.url
    return env


def _start(
    stack: ExitStack, parts: list[KeptPart], names: tuple[str, str], start: Callable[[Path], AnyRunning]
) -> AnyRunning:
    """Start a part, to be kept running and stopped at the end. `names`: what it is called, and its log."""
    name, log = names[0], _log(names[1])
    running = start(log)
    part = KeptPart(name, lambda: start(log), log, running)
    parts.append(part)
    stack.callback(part.stop)
    return running


def _prepare(env: dict[str, str]) -> None:
    """Migrate, compile translations, collect static files and, the first time, load the demo's content."""
    command = [sys.executable, "manage.py", "demo", "--prepare"]
    completed = subprocess.run(command, env=env, cwd=folders.BASE_DIR, check=False, start_new_session=True)
    if completed.returncode == MADE_BY_ANOTHER_VERSION:
        raise ServerFailed(_made_by_another_version())
    if completed.returncode:
        raise ServerFailed(
            "Demon kunde inte göras i ordning; felet står ovanför. `make demo-reset` börjar om från början."
        )


def _made_by_another_version() -> str:
    what = "gjordes av en annan version av Östberga och kan inte uppgraderas"
    if os.environ.get("DATABASE_URL"):
        return f"Databasen som DATABASE_URL pekar på {what}: välj en tom databas."
    return f"Innehållet i .local/ {what}: flytta undan mappen om du vill behålla det, och kör sedan `make demo-reset`."


def _programs(stack: ExitStack, parts: list[KeptPart], env: dict[str, str], *, bind: str) -> None:
    """Start web server, workers and beat, in that order; they are stopped in the opposite order."""
    celery = [sys.executable, "-m", "celery", "--app", "ostberga.celery"]
    beat = folders.LOCAL_DIR / "beat"
    beat.mkdir(exist_ok=True)
    gunicorn = [sys.executable, "-m", "gunicorn", "ostberga.wsgi", "--config=python:ostberga.http.gunicorn_config"]
    commands: dict[str, list[str]] = {
        "webbserver": [*gunicorn, "--bind", bind],
        "worker": [*celery, "worker", "--queues=celery,letters", "--concurrency=2", *WORKER],
        "files": [*celery, "worker", "--queues=files", "--concurrency=1", *WORKER],
        "beat": [*celery, "beat", "--loglevel=INFO", "--pidfile=", f"--schedule={beat / 'schedule'}"],
    }
    for name, command in commands.items():

        def start(log: Path, command: list[str] = command) -> KeptProgram:
            return KeptProgram(spawn(command, log=log, cwd=folders.BASE_DIR, env=env))

        _start(stack, parts, (SWEDISH[name], name), start)


def _wait_until_ready(parts: list[KeptPart], host: str, port: int) -> None:
    end = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < end:
        _fail_if_dead(parts)
        line = HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
        try:
            line.request("GET", "/halsa/", headers={"Host": f"localhost:{port}"})
            if line.getresponse().status < 500:
                return
        except (HTTPException, OSError):
            pass
        time.sleep(0.2)
    raise ServerFailed(f"Webbservern svarade inte:\n{tail(LOGS / 'webbserver.log')}")


def _fail_if_dead(parts: list[KeptPart]) -> None:
    for part in parts:
        if part.is_dead:
            raise ServerFailed(f"{part.name} stannade. Så slutar dess logg ({part.log}):\n{tail(part.log)}")


def _log(name: str) -> Path:
    """Return the path of a new log, keeping that of the previous start beside it."""
    log = LOGS / f"{name}.log"
    if log.exists():
        log.replace(LOGS / f"{name}.before.log")
    return log


def _stop_once(_number: int, _frame: FrameType | None) -> None:
    """Raise Stopped and ignore further signals, so that a second Ctrl-C does not interrupt the shutdown."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    _say("\nStoppar demon …")
    raise Stopped


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
