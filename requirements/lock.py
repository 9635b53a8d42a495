"""Writes the locked requirements (`make lock`) and tells whether they still fit pyproject.toml (`make check`).

The locks are made for Python 3.11, with the hashes of every file of every release, and name no package index.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each lock and the extras it adds to what production needs. The first holds all others, so that versions agree.
LOCKS: dict[str, list[str]] = {"dev": ["local", "dev"], "demo": ["local"], "base": [], "node": ["node"]}
OPTIONS = [
    "--generate-hashes", "--strip-extras", "--allow-unsafe", "--no-header", "--annotation-style=line", "--quiet",
    "--no-config",
    "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links", "--no-emit-options",
]  # fmt: skip


def fingerprint(extras: list[str]) -> str:
    """Return a hash of the requirements in pyproject.toml that the lock is made from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return hashlib.sha256(json.dumps([sorted(part) for part in wanted]).encode()).hexdigest()[:16]


def header(name: str) -> str:
    """Return the first lines of a lock file: how it was made, and from what."""
    return f"# Made by `make lock` for Python 3.11. Do not edit.\n# pyproject: {fingerprint(LOCKS[name])}\n"


def write(name: str, upgrade: list[str]) -> None:
    """Compile a lock file, without the pip settings of this machine."""
    target = ROOT / "requirements" / f"{name}.txt"
    keep = [] if name == "dev" else ["--constraint", "requirements/dev.txt"]
    extras = [part for extra in LOCKS[name] for part in ("--extra", extra)]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PIP_") or key == "PIP_CERT"}
    clean |= {"PIP_CONFIG_FILE": os.devnull, "CUSTOM_COMPILE_COMMAND": "make lock"}
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *keep, *extras, *upgrade]
    subprocess.run([*command, "--output-file", str(target), "pyproject.toml"], check=True, cwd=ROOT, env=clean)  # noqa: S603
    target.write_text(header(name) + target.read_text())


def list_faults(name: str) -> list[str]:
    """Return the faults of a lock file as Swedish sentences."""
    target = ROOT / "requirements" / f"{name}.txt"
    if not target.exists():
        return [f"{target.name} saknas."]
    text = target.read_text()
    faults = [] if text.startswith(header(name)) else [f"{target.name} svarar inte mot pyproject.toml. Kör make lock."]
    for requirement in re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9#]|\Z)", text, re.MULTILINE | re.DOTALL):
        if "--hash=sha256:" not in requirement:
            faults.append(f"{target.name}: {requirement.split()[0]} saknar kontrollsumma.")
    if re.search(r"://|^--|@ file:", re.sub(r"--hash=\S+", "", text), re.MULTILINE):
        faults.append(f"{target.name} nämner en adress eller en inställning som bara gäller en dator.")
    return faults


def main(arguments: list[str]) -> int:
    """`lock.py check`, or `lock.py write [pip-tools' --upgrade options]`."""
    if arguments[:1] == ["check"]:
        wrong = [fault for name in LOCKS for fault in list_faults(name)]
        sys.stderr.write("".join(f"{fault}\n" for fault in wrong))
        return 1 if wrong else 0
    for name in LOCKS:
        write(name, arguments[1:] if name == "dev" else [])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
