"""Answers on disk: one line each, long texts in files named after their hash."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LONG = ("body", "letters")


class Shelf:
    """Where one process puts its answers."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._lines = (folder / f"answers{number}.jsonl").open("w")

    def put(self, name: str, answer: dict[str, Any], **facts: Any) -> None:
        """Keep one answer."""
        self._lines.write(json.dumps({"name": name, **facts, "answer": self._shortened(answer)}) + "\n")

    def close(self) -> None:
        """Write out the last of it."""
        self._lines.close()

    def _shortened(self, answer: dict[str, Any]) -> dict[str, Any]:
        short = dict(answer)
        for part in LONG:
            if part in answer:
                short[part] = self._store(answer[part])
        if "then" in answer:
            short["then"] = self._shortened(answer["then"])
        return short

    def _store(self, text: str) -> str:
        key = hashlib.sha256(text.encode()).hexdigest()[:24]
        path = self._folder / "bodies" / key
        if not path.exists():
            path.write_text(text, newline="")
        return key


def choose(plan: Path, folder: Path, *, only: str, sample: int) -> None:
    """Put the plan, or a part of it, where its answers will be; a file named `partial` says that it is a part."""
    rows = [json.loads(line) for line in plan.read_text().splitlines()]
    chosen = [row for row in rows[::sample] if re.search(only, row["name"])]
    (folder / "plan.jsonl").write_text("".join(json.dumps(row) + "\n" for row in chosen))
    if len(chosen) < len(rows):
        (folder / "partial").write_text(only)


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """All lines of a capture."""
    for path in sorted(folder.glob("answers*.jsonl")):
        with path.open() as lines:
            yield from map(json.loads, lines)


def text(folder: Path, key: str) -> str:
    """A long text."""
    with (folder / "bodies" / key).open(newline="") as stored:
        return stored.read()


def summary(folder: Path) -> str:
    """How much there is, what failed, and which addresses nobody came in at."""
    rows = list(read(folder))
    asked = Counter(row["kind"] for row in rows)
    statuses = Counter(row["answer"].get("status", "-") for row in rows)
    opened = {row["route"] for row in rows if _came_in(row)}
    routes = {row["route"] for row in rows} | set((folder / "routes.txt").read_text().splitlines())
    broken = sorted(
        row["name"] for row in rows if row["answer"].get("error") or row["answer"].get("then", {}).get("error")
    )
    lines = [f"{len(rows)} responses: {dict(asked)}", f"statuses: {dict(sorted(statuses.items(), key=str))}"]
    if (folder / "partial").exists():
        return "\n".join([*lines, *(f"error: {name}" for name in broken)])
    lines += [f"{len(opened & routes)} of {len(routes)} routes answered with 200 (or an act that went well); not:"]
    lines += [f"  {route}" for route in sorted(routes - opened)]
    lines += [f"{len(broken)} ended in an error:", *(f"  {name}" for name in broken[:40])]
    return "\n".join(lines)


def _came_in(row: dict[str, Any]) -> bool:
    """A page that was shown, or an act after which a page was shown that is not the door."""
    answer = row["answer"]
    then = answer.get("then", {})
    door = "/konto/login/" in answer.get("headers", {}).get("Location", "")
    return answer.get("status") == 200 or (then.get("status") == 200 and not door)
