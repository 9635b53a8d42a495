"""Where a local server's files lie: data in the checkout where possible, sockets where the path is short."""

import hashlib
import os
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ostberga.local.process import database_account

BASE_DIR = Path(__file__).resolve().parent.parent.parent
LOCAL_DIR = BASE_DIR / ".local"
# Where root keeps what the database's own account must reach, when the checkout lies in a closed folder such as /root.
SYSTEM_DIR = Path("/var/lib/ostberga")
SECONDS_PER_DAY = 86_400
# A Unix socket's path may not exceed 107 bytes, so sockets never lie in the checkout.
SOCKET_ROOT = Path("/tmp")  # noqa: S108  (each folder below it is made 0700 and its owner is checked)


@dataclass(frozen=True)
class ServerFolders:
    """A folder for data and a folder for the socket, both owned by the account that runs the database."""

    data: Path
    sockets: Path


def demo_folders() -> ServerFolders:
    """The demo's place: the same each time for the same checkout, and its own for each clone."""
    LOCAL_DIR.mkdir(exist_ok=True)
    mark = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:10]
    data = LOCAL_DIR / "postgres"
    if database_account() is not None and not _open_to_all(BASE_DIR):
        data = SYSTEM_DIR / mark / "postgres"
        make_owned_folder(data.parent, mode=0o755, account=None)
        (LOCAL_DIR / "POSTGRES-DATA.txt").write_text(f"Databasens filer ligger i {data}\n")
    else:
        LOCAL_DIR.chmod(LOCAL_DIR.stat().st_mode | stat.S_IXOTH)
    sockets = SOCKET_ROOT / f"ostb-{os.geteuid()}-{mark}"
    return ServerFolders(make_owned_folder(data), make_owned_folder(sockets))


def temporary_folders() -> ServerFolders:
    """A place for one test run; `remove` it after. Clears away what runs that were killed left behind."""
    for old in SOCKET_ROOT.glob("ostbtest-*"):
        if time.time() - old.stat().st_mtime > SECONDS_PER_DAY:
            shutil.rmtree(old, ignore_errors=True)
    sockets = Path(tempfile.mkdtemp(prefix="ostbtest-", dir=SOCKET_ROOT))
    return ServerFolders(make_owned_folder(make_owned_folder(sockets) / "data"), sockets)


def remove(place: ServerFolders) -> None:
    """Delete all of it."""
    shutil.rmtree(place.data, ignore_errors=True)
    shutil.rmtree(place.sockets, ignore_errors=True)


def readable_copy(package: Path) -> Path:
    """The same package at a place that the database's account can read; copied once for each version where needed."""
    if database_account() is None or (_open_to_all(package) and all(_readable(file) for file in package.rglob("*"))):
        return package
    facts = package.stat()
    shelf = SYSTEM_DIR / f"{package.name}-{facts.st_ino:x}-{int(facts.st_mtime):x}"
    if not shelf.exists():
        make_owned_folder(SYSTEM_DIR, mode=0o755, account=None)
        half = Path(tempfile.mkdtemp(prefix=f"{package.name}-", dir=SYSTEM_DIR))
        # A wheel's own libraries lie beside the package, and are found from there.
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, half / part.name)
        for path in (half, *half.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
        half.rename(shelf)
    return shelf / package.name


def _open_to_all(folder: Path) -> bool:
    """Whether any account may walk down to this folder."""
    return all(step.stat().st_mode & stat.S_IXOTH for step in (folder, *folder.parents))


def _readable(path: Path) -> bool:
    """Whether any account may read this file (a strict umask while installing takes that away)."""
    return bool(path.stat().st_mode & stat.S_IROTH)


def make_owned_folder(folder: Path, *, mode: int = 0o700, account: int | None = -1, empty: bool = False) -> Path:
    """Make the folder if needed, ours or the database account's; refuse one that somebody else has put in our way."""
    owner = database_account() if account == -1 else account
    if empty:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), owner}:
        raise PermissionError(f"{folder} ägs av någon annan. Ta bort den och försök igen.")
    folder.chmod(mode)
    if owner is not None and folder.stat().st_uid != owner:
        os.chown(folder, owner, owner)
    return folder
