"""Asks whether the locked packages have known vulnerabilities (`make check`), where somebody answers.

Fails on a vulnerability that `accepted.txt` does not list. Without an answer it says so and fails nothing: a machine
without a network can still check everything else.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 120
PYTHON = [
    *(sys.executable, "-m", "pip_audit", "--requirement", "requirements/dev.txt", "--require-hashes", "--disable-pip"),
    *("--format", "json", "--timeout", "5", "--progress-spinner", "off"),
]
NODE = ["npm", "audit", "--json", "--package-lock-only"]


def accepted() -> dict[str, str]:
    """Return the vulnerabilities that are known and why they do not concern us, from accepted.txt."""
    lines = (ROOT / "requirements" / "accepted.txt").read_text().splitlines()
    pairs = [line.partition(" ") for line in lines if line.strip() and not line.startswith("#")]
    return {name: reason.strip() for name, _space, reason in pairs}


def python_report(answer: Mapping[str, Any]) -> tuple[list[tuple[str, str]], int, int]:
    """Return pip-audit's (package, vulnerability) pairs, and how many packages it could and could not judge."""
    packages = answer.get("dependencies", [])
    judged = [package for package in packages if "skip_reason" not in package]
    pairs = [(package["name"], fault["id"]) for package in judged for fault in package.get("vulns", [])]
    return pairs, len(judged), len(packages) - len(judged)


def node_report(answer: Mapping[str, Any]) -> list[tuple[str, str]] | None:
    """Return npm's (package, vulnerability) pairs; None when nobody answered."""
    if "vulnerabilities" not in answer:
        return None
    faults = answer["vulnerabilities"].items()
    sources = [(name, source) for name, fault in faults for source in fault.get("via", []) if isinstance(source, dict)]
    return [(name, _advisory(source)) for name, source in sources]


def _advisory(source: Mapping[str, Any]) -> str:
    return str(source.get("url", "")).rpartition("/")[2] or str(source.get("source"))


def main() -> int:
    """Ask for both locks, say what came of it, and return 1 if something new is wrong."""
    python = _ask(PYTHON)
    pairs, judged, unknown = python_report(python) if python else ([], 0, 0)
    node = node_report(_ask(NODE) or {})
    if not judged:
        _say("Ingen svarade om kända sårbarheter i Pythonpaketen: de är inte granskade.")
    elif unknown:
        _say(f"{judged} Pythonpaket är granskade; om {unknown} fanns inget svar.")
    if node is None:
        _say("Ingen svarade om kända sårbarheter i npm-paketen: de är inte granskade.")
    known = accepted()
    new = sorted({pair for pair in [*pairs, *(node or [])] if pair[1] not in known})
    for name, fault in new:
        _say(f"{name}: {fault}. Uppgradera, eller skriv i requirements/accepted.txt varför det inte berör oss.")
    return 1 if new else 0


def _ask(command: list[str]) -> dict[str, Any] | None:
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        answer = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
