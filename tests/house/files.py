"""The files of the repository: those that git tracks, and those it would track."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OUR_APPS = ("ostberga", "actors", "surveys", "dialogue", "reports")


@cache
def all_files() -> tuple[Path, ...]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(ROOT / name for name in sorted(names.split("\0")) if name and (ROOT / name).is_file())


def ours(*suffixes: str, below: tuple[str, ...] = ()) -> list[Path]:
    """Return files with one of these suffixes, below one of these top folders (all, if none is named)."""
    return [
        path
        for path in all_files()
        if path.suffix in suffixes
        and (not below or inside(path).split("/")[0] in below)
        and "migrations" not in path.parts
    ]


def inside(path: Path) -> str:
    """Return the path relative to the top of the repository."""
    return path.relative_to(ROOT).as_posix()
