"""Folders of the local servers: data in the checkout where possible, sockets where the path is short."""

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
# Used by root when the database's account cannot reach the checkout, for example below /root.
SYSTEM_DIR = Path("/var/lib/ostberga")
SECONDS_PER_DAY = 86_400
# A Unix socket's path may not exceed 107 bytes, so sockets never lie in the checkout.
SOCKET_ROOT = Path("/tmp")  # noqa: S108  (each folder below it is made 0700 and its owner is checked)


@dataclass(frozen=True)
class ServerFolders:
    """A folder for data and one for sockets, both owned by the account that runs the database."""

    data: Path
    sockets: Path


def demo_folders() -> ServerFolders:
    """Return the demo's folders, created if needed: the same every time for this checkout, others for another clone."""
    LOCAL_DIR.mkdir(exist_ok=True)
    checkout = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:10]
    data = LOCAL_DIR / "postgres"
    if database_account() is not None and not _open_to_all(BASE_DIR):
        data = SYSTEM_DIR / checkout / "postgres"
        make_owned_folder(data.parent, mode=0o755, account=None)
        (LOCAL_DIR / "POSTGRES-DATA.txt").write_text(f"Databasens filer ligger i {data}\n")
    else:
        LOCAL_DIR.chmod(LOCAL_DIR.stat().st_mode | stat.S_IXOTH)
    sockets = SOCKET_ROOT / f"ostb-{os.geteuid()}-{checkout}"
    return ServerFolders(make_owned_folder(data), make_owned_folder(sockets))


def temporary_folders() -> ServerFolders:
    """Create folders for one test run, to `remove` afterwards. Deletes those over a day old, left by killed runs."""
    for old in SOCKET_ROOT.glob("ostbtest-*"):
        if time.time() - old.stat().st_mtime > SECONDS_PER_DAY:
            shutil.rmtree(old, ignore_errors=True)
    sockets = Path(tempfile.mkdtemp(prefix="ostbtest-", dir=SOCKET_ROOT))
    return ServerFolders(make_owned_folder(make_owned_folder(sockets) / "data"), sockets)


def remove(folders: ServerFolders) -> None:
    """Delete both folders."""
    shutil.rmtree(folders.data, ignore_errors=True)
    shutil.rmtree(folders.sockets, ignore_errors=True)


def readable_copy(package: Path) -> Path:
    """Return the package's folder, or a copy (made once per version) where the database's account cannot read it."""
    if database_account() is None or (_open_to_all(package) and all(_readable(file) for file in package.rglob("*"))):
        return package
    status = package.stat()
    copy = SYSTEM_DIR / f"{package.name}-{status.st_ino:x}-{int(status.st_mtime):x}"
    if not copy.exists():
        make_owned_folder(SYSTEM_DIR, mode=0o755, account=None)
        unfinished = Path(tempfile.mkdtemp(prefix=f"{package.name}-", dir=SYSTEM_DIR))
        # The shared libraries of a wheel lie beside the package and are loaded from there.
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, unfinished / part.name)
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
        unfinished.rename(copy)
    return copy / package.name


def _open_to_all(folder: Path) -> bool:
    """Return whether every account may traverse the path to this folder."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in (folder, *folder.parents))


def _readable(path: Path) -> bool:
    """Return whether every account may read this file; not so if it was installed with a strict umask."""
    return bool(path.stat().st_mode & stat.S_IROTH)


def make_owned_folder(folder: Path, *, mode: int = 0o700, account: int | None = -1, empty: bool = False) -> Path:
    """Create the folder if needed and give it to `account`, by default the database's.

    Raises PermissionError when it exists and belongs to somebody else, since /tmp is open to all.
    """
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
