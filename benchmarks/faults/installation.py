"""A whole installation of its own: database, queue, cache, mail server, web, workers, beat, proxy and media folder."""

import logging
import os
import shutil
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.servers import PRODUCTION, ROOT, manage
from ostberga.local import folders, postgres, valkey
from ostberga.local.process import spawn, stop
from tests.faults.smtp_server import MailServer, mail_server

CELERY = [sys.executable, "-m", "celery", "--app", "ostberga.celery"]
WORKER = ["worker", "--concurrency=2", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]
MEDIA_MEGABYTES = 256
# Shorter than in production, so that a run of some minutes sees many of each.
BATCH_EVERY = 10.0  # seconds
SHORTER = {"BATCH_EVERY": str(BATCH_EVERY), "REPORT_STALE_AFTER": "10"}


@dataclass
class Program:
    """One of our own programs, which the run kills and starts again."""

    command: list[str]
    log: Path
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, without waiting."""
        self.child = spawn(self.command, log=self.log, cwd=ROOT, env=os.environ)

    def kill(self) -> None:
        """Kill it and all its children with SIGKILL."""
        if self.child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()


@dataclass
class Installation:
    """All parts, as they run now."""

    places: folders.ServerFolders
    mail: MailServer
    database: postgres.Postgres
    queue: valkey.Valkey
    cache: valkey.Valkey
    media_is_small: bool
    programs: dict[str, Program] = field(default_factory=dict)
    proxy: Any = None  # tests.http.tls needs the settings, so it is imported late
    web_port: int = field(default_factory=valkey.free_port)
    secure_port: int = field(default_factory=valkey.free_port)
    trust: ssl.SSLContext | None = None

    @property
    def folder(self) -> Path:
        """Where logs and files lie."""
        return self.places.sockets

    @property
    def media(self) -> Path:
        """The folder of reports and pictures, on a small file system of its own where that can be made."""
        return self.folder / "media"

    def start_database(self) -> None:
        """Start the database on the same files."""
        self.database = postgres.start(self.places, log=self.folder / "postgres.log")

    def start_queue(self, *, emptied: bool) -> None:
        """Start the queue, as it was or with nothing in it."""
        if emptied:
            shutil.rmtree(self.folder / "queue", ignore_errors=True)
        self.queue = valkey.start_persistent(self.folder / "queue", self.folder, log=self.folder / "queue.log")

    def start_cache(self) -> None:
        """Start the cache, which remembers nothing."""
        self.cache = valkey.start_forgetful(self.folder, log=self.folder / "cache.log")


@contextmanager
def installation(paces: Mapping[str, str] = SHORTER) -> Iterator[Installation]:
    """Start everything, with the environment set in this process so that `django.setup()` has been called.

    `paces` is how often things happen, where it is not as in production.
    """
    with ExitStack() as last:
        places = folders.temporary_folders()
        last.callback(folders.remove, places)
        mail = last.enter_context(mail_server())
        is_small = _mount_media(places.sockets / "media", last)
        database = postgres.start(places, log=places.sockets / "postgres.log")
        queue = valkey.start_persistent(places.sockets / "queue", places.sockets, log=places.sockets / "queue.log")
        cache = valkey.start_forgetful(places.sockets, log=places.sockets / "cache.log")
        running = Installation(places, mail, database, queue, cache, is_small)
        for part in ("database", "queue", "cache"):
            last.callback(_stop_server, running, part)
        _prepare(running, paces)
        last.callback(_stop_programs, running)
        _start_programs(running)
        yield running


def _stop_server(running: Installation, part: str) -> None:
    getattr(running, part).stop()  # the one that runs now, which is not the first


def _mount_media(media: Path, last: ExitStack) -> bool:
    """Put the media folder on a small file system, if this account may. Returns whether it did."""
    media.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEDIA_MEGABYTES}m", "tmpfs", str(media)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        return False
    last.callback(subprocess.run, ["umount", "--lazy", str(media)], check=False)
    return True


def _prepare(running: Installation, paces: Mapping[str, str]) -> None:
    running.database.ensure_database("ostberga")
    where = {"STATIC_ROOT": str(running.folder / "static"), "MEDIA_ROOT": str(running.media)}
    where |= {"DATABASE_URL": running.database.url("ostberga")}
    where |= {"REDIS_URL": running.queue.url, "CACHE_URL": running.cache.url}
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{running.mail.port}", "SITE_URL": "https://localhost"}
    os.environ.update(PRODUCTION | where | mail | dict(paces))
    manage("migrate", "--verbosity=0")
    manage("collectstatic", "--noinput", "--verbosity=0")
    import django

    django.setup()
    logging.disable(logging.ERROR)  # the people of the load meet every fault; the programs' logs tell of them


def _start_programs(running: Installation) -> None:
    from tests.http import tls
    from tests.http.production import GUNICORN

    beat = ["beat", "--loglevel=WARNING", "--pidfile=", f"--schedule={running.folder / 'beat'}"]
    commands = {
        "web": [*GUNICORN, f"--bind=127.0.0.1:{running.web_port}"],
        "worker": [*CELERY, *WORKER, "--queues=celery,files"],
        "letters": [*CELERY, *WORKER, "--queues=letters"],
        "beat": [*CELERY, *beat],
    }
    for name, command in commands.items():
        running.programs[name] = Program(command, running.folder / f"{name}.log")
        running.programs[name].start()
    certificate = tls.make_certificate(running.folder)
    running.trust = ssl.create_default_context(cafile=certificate.cert)
    running.proxy = _Proxy(running, certificate)
    running.proxy.start()


def _stop_programs(running: Installation) -> None:
    if running.proxy is not None:
        running.proxy.kill()
    for program in running.programs.values():
        program.kill()


@dataclass
class _Proxy:
    """Caddy with the file of docs/drift, or Python's own server where Caddy is not installed."""

    running: Installation
    certificate: Any
    child: subprocess.Popen[bytes] | None = None
    python: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        from tests.http import tls

        ports = self.running.secure_port, self.running.web_port
        if "caddy" in tls.PROXIES:
            self.child = tls.start_caddy(*ports, self.certificate)
        else:
            self.python.enter_context(tls.PROXIES["python"](*ports, self.certificate))

    def kill(self) -> None:
        self.python.close()
        if self.child is not None:
            stop(self.child, polite=signal.SIGKILL)
