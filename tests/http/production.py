"""A real gunicorn with production's settings, and a proxy with a certificate of its own in front."""

import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from ostberga.local.process import spawn, stop
from ostberga.local.valkey import free_port
from tests.house.files import ROOT
from tests.http import tls

SECONDS_TO_ANSWER = 60
GUNICORN = [sys.executable, "-m", "gunicorn", "ostberga.wsgi", "--config=python:ostberga.http.gunicorn_config"]
COLLECT = ["collectstatic", "--noinput", "--verbosity=0"]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    text: str

    def cookie(self, name: str) -> str:
        """Return the value of a cookie that was set; empty if it was not."""
        lines = self.headers.get_all("Set-Cookie") or []
        return next((line.partition("=")[2].partition(";")[0] for line in lines if line.startswith(f"{name}=")), "")


@dataclass
class Gunicorn:
    """The server process, which a test may stop, start and reload."""

    port: int
    log: Path
    env: dict[str, str]
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.child = spawn([*GUNICORN, f"--bind=127.0.0.1:{self.port}"], log=self.log, cwd=ROOT, env=self.env)
        _wait_for(self.child, self.port, self.log)

    def reload(self) -> None:
        """Let it start new workers, and the old ones finish, as when a new release is put in place."""
        if self.child is not None:
            self.child.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self.child is not None:
            stop(self.child, seconds=5)
            self.child = None


@dataclass(frozen=True)
class Site:
    """The running site."""

    gunicorn: "Gunicorn"
    port: int  # of gunicorn
    log: Path
    secure_port: int
    trust: ssl.SSLContext

    def get(self, path: str, **headers: str) -> Answer:
        """Ask gunicorn itself, as the proxy would for a visitor with HTTPS."""
        return self.send("GET", path, None, **headers)

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send any request to gunicorn itself; underscores in the names of headers are kept when doubled."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {"Host": "localhost", "X-Forwarded-Proto": "https"} | _header_names(headers)
        return _ask(line, method, path, body, named)

    def securely(
        self, method: str, path: str, body: bytes | None = None, *, client: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """Send a request through the proxy, from any address of this machine (127.0.0.0/8)."""
        line = HTTPSConnection(
            "localhost", self.secure_port, timeout=30, context=self.trust, source_address=(client, 0)
        )
        return _ask(line, method, path, body, {"Host": "localhost"} | _header_names(headers))

    def form(self, path: str, fields: dict[str, str], **headers: Any) -> Answer:
        """Send a form through the proxy, as `securely`."""
        headers["Content_Type"] = "application/x-www-form-urlencoded"
        return self.securely("POST", path, urlencode(fields).encode(), **headers)


def _header_names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("__", "\0").replace("_", "-").replace("\0", "_"): text for name, text in headers.items()}


def _ask(line: HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
    line.request(method, path, body, headers)
    reply = line.getresponse()
    text = reply.read().decode(errors="replace")
    line.close()
    return Answer(reply.status, reply.headers, text)


@contextmanager
def production(folder: Path, proxy: str) -> Iterator[Site]:
    """Yield a site in production mode with the test's database, behind one of tls.PROXIES. Its logs are in `folder`."""
    port, secure_port, log = free_port(), free_port(), folder / "gunicorn.log"
    certificate = tls.make_certificate(folder)
    env = _environment(folder)
    subprocess.run([sys.executable, "manage.py", *COLLECT], cwd=ROOT, env=env, check=True)
    gunicorn = Gunicorn(port, log, env)
    try:
        gunicorn.start()
        with tls.PROXIES[proxy](secure_port, port, certificate):
            yield Site(gunicorn, port, log, secure_port, ssl.create_default_context(cafile=certificate.cert))
    finally:
        gunicorn.stop()


def _environment(folder: Path) -> dict[str, str]:
    made = connection.settings_dict
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    keys = dict.fromkeys(("SECRET_KEY", "RECEIPT_KEY", "LINK_KEY"), "x" * 60)
    return (
        os.environ
        | keys
        | {
            "OSTBERGA_MODE": "production",
            "DJANGO_SETTINGS_MODULE": "ostberga.settings",
            "DATABASE_URL": f"{base.rpartition('/')[0]}/{made['NAME']}" + (f"?{query}" if query else ""),
            "CACHE_URL": os.environ["REDIS_URL"],
            "RAW_TEXT_KEYS": "b25seS1mb3ItZGVtby1hbmQtdGVzdHMtMzItYnl0ZXM=",
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": "https://localhost",
            "TRUSTED_PROXIES": "127.0.0.1",
            "EMAIL_URL": "smtp://localhost:1",
            "EMAIL_FROM": "svar@ostberga.example",
            "STATIC_ROOT": str(folder / "static"),
        }
    )


def _wait_for(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < end and child.poll() is None:
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=5)
            if _ask(line, "GET", "/halsa/", None, {"Host": "localhost", "X-Forwarded-Proto": "https"}).status == 200:
                return
        except (HTTPException, OSError):
            pass
        time.sleep(0.1)
    raise AssertionError(f"gunicorn did not answer:\n{log.read_text()}")
