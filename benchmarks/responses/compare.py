"""Holds two captures against each other, and tells each difference once with the places where it was seen."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from responses import answers
from responses.pages import lines_of
from responses.stillness import MARK

# A key made while the page was: a uuid, hexadecimal digits, or the base64 of secrets.token_urlsafe.
NEW_KEYS = re.compile(
    rf"{MARK.hex()}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}|{MARK.hex()}[0-9a-f]{{8,}}|_u36z[\w-]{{16,}}"
)
HASHED_FILE = re.compile(r"(/static/[\w./-]+)\.[0-9a-f]{8,16}(\.\w+)")
CSRF = re.compile(r'(X-CSRFToken(?:&quot;|"|\\"): ?(?:&quot;|"|\\"))\w{64}')
MAIL = re.compile(r"(?m)^Message-ID: .*$|={15}\d+==")
# Vega counts its clip paths from the start of the process.
CLIP = re.compile(r"\bclip\d+\b")
PAGE = re.compile(r"<!doctype html>.*?</html>", re.I | re.S)
# A space at either end of a line in a PDF is never seen.
AT_THE_ENDS = re.compile(r"(?m)^ +| +$")
Places = dict[tuple[str, ...], list[str]]


def show(old: Path, new: Path, *, lines: int, places: int, ignore_space: bool = False) -> int:
    """Print every difference; 1 if there is any. With `ignore_space`, white space anywhere is no difference."""
    before, after = ({row["name"]: row for row in answers.read(folder)} for folder in (old, new))
    if (new / "partial").exists():
        before = {name: row for name, row in before.items() if name in after}
    result: Places = defaultdict(list)
    shown: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(before.keys() | after.keys()):
        for difference in _differences(name, before, after, (old, new), ignore_space):
            changed = _changed(difference)
            result[changed].append(name)
            shown.setdefault(changed, difference)
    for changed, names in sorted(result.items(), key=lambda item: (-len(item[1]), item[1][0])):
        _print(shown[changed], names, lines, places)
    differing = {name for names in result.values() for name in names}
    kinds = Counter(row["kind"] for row in before.values())
    print(f"{len(before)} answers before, {len(after)} after: {dict(kinds)}")
    print(f"{len(differing)} answers differ, in {len(result)} ways")
    return 1 if result else 0


def _changed(difference: list[str]) -> tuple[str, ...]:
    """What is taken away and put in: the same change to two pages is one difference."""
    return (difference[0], *(line for line in difference[1:] if line[0:1] in {"-", "+"}))


def _print(difference: list[str], names: list[str], lines: int, places: int) -> None:
    print(f"══ {len(names)} × {'; '.join(names[:places])}{' …' if len(names) > places else ''}")
    print("\n".join(line[:400] for line in difference[:lines]))
    if len(difference) > lines:
        print(f"   … {len(difference) - lines} lines more")
    print()


def _differences(
    name: str, before: Any, after: Any, folders: tuple[Path, Path], ignore_space: bool
) -> Iterator[list[str]]:
    if name not in before or name not in after:
        yield ["only in the new capture" if name in after else "only in the old capture"]
    else:
        yield from _unlike(before[name]["answer"], after[name]["answer"], folders, "", ignore_space)


def _unlike(
    item: dict[str, Any], other: dict[str, Any], folders: tuple[Path, Path], where: str, ignore_space: bool
) -> Iterator[list[str]]:
    for part in sorted(item.keys() | other.keys()):
        left, right = item.get(part), other.get(part)
        if part == "then" and left and right:
            yield from _unlike(left, right, folders, "then ", ignore_space)
        elif part in answers.LONG and left and right:
            if left != right:
                kind = _kind(item) if part == "body" else ""
                texts = (_text(folder, key, kind) for folder, key in zip(folders, (left, right), strict=True))
                yield from _diff(*(map(_without_space, texts) if ignore_space else texts), where + part)
        elif part == "headers" and left and right:
            yield from _diff(_headers(left), _headers(right), where + part)
        elif left != right:
            yield [f"{where}{part}", f"-{left}", f"+{right}"]


def _diff(left: tuple[str, ...], right: tuple[str, ...], where: str) -> Iterator[list[str]]:
    if left != right:
        yield [where, *list(difflib.unified_diff(left, right, lineterm="", n=2))[2:]]


def _kind(answer: dict[str, Any]) -> str:
    return str(answer.get("headers", {}).get("Content-Type", ""))


def _headers(headers: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{name}: {same(value)}" for name, value in sorted(headers.items()))


@lru_cache(maxsize=20_000)
def _text(folder: Path, key: str, kind: str) -> tuple[str, ...]:
    """The lines of a stored text, without what differs each time."""
    text = same(answers.text(folder, key))
    if "--- page 1 [" in text:  # a PDF, read by bodies.py
        text = AT_THE_ENDS.sub("", text)
    if not kind:  # letters: what is formatted is read as a page
        text = PAGE.sub(lambda page: "\n".join(lines_of(page.group())), text)
    return tuple(lines_of(text)) if kind.startswith("text/html") else tuple(text.split("\n"))


def _without_space(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The same with no white space at all, for a change that only breaks lines differently."""
    whole = re.sub(r"\s+", "", "".join(line for line in lines if line.strip() != "' '"))
    return tuple(whole.replace("<", "\n<").split("\n"))


def same(text: str) -> str:
    """The text with keys made for this very page, and hashes of style sheets and scripts, taken out."""
    text = HASHED_FILE.sub(r"\1\2", CSRF.sub(r"\1…", text))
    return CLIP.sub("clip", MAIL.sub("…", NEW_KEYS.sub("a-new-key", text)))
