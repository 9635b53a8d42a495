"""Translation catalogues without gettext's own programs: find the strings, see what lacks words, compile."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# Functions that mark a string, and where among their arguments the context, the string and the plural stand.
MARKS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w*)\}")
WITHOUT_STRINGS = {".venv", "node_modules", ".local", "tests", "benchmarks", "migrations", "static", "staticfiles"}


@dataclass(frozen=True, order=True)
class Message:
    """One string to translate."""

    text: str
    plural: str = ""
    context: str = ""


def in_project(root: Path) -> dict[Message, list[str]]:
    """Every marked string of our code and templates, with the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        inside = path.relative_to(root)
        if WITHOUT_STRINGS & set(inside.parts) or (path.suffix == ".txt" and "templates" not in inside.parts):
            continue
        read = in_python if path.suffix == ".py" else in_template
        for message in read(path.read_text()):
            found.setdefault(message, []).append(str(inside))
    return found


def in_python(source: str) -> Iterator[Message]:
    """Strings marked in Python code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MARKS:
                yield from _message(name, [_literal(argument) for argument in node.args])


def in_template(source: str) -> Iterator[Message]:
    """Strings marked in a Django template. Django turns it into calls; everything else in it becomes X."""
    flat = " ".join(line.strip() for line in templatize(source).splitlines())
    calls = re.compile(r"(?<!\w)(n?p?gettext|_)\(")
    for start in calls.finditer(flat):
        expression = _until_closed(flat[start.start() :])
        if expression:
            yield from in_python(expression)


def faults(catalogue: Path, wanted: Iterable[Message]) -> list[str]:
    """What this catalogue lacks, in words: strings without a translation, doubtful ones, lost placeholders."""
    po = polib.pofile(str(catalogue)) if catalogue.exists() else polib.POFile()
    forms = int((re.search(r"nplurals=(\d)", po.metadata.get("Plural-Forms", "")) or ["", "2"])[1])
    entries = {_key(entry): entry for entry in po if not entry.obsolete}
    found = []
    for message in sorted(wanted):
        entry = entries.get(message)
        words = [] if entry is None else _words(entry)
        if entry is None or not all(words) or (message.plural and len(words) != forms):
            found.append(f"saknar översättning: {message.text!r}")
        elif "fuzzy" in entry.flags:
            found.append(f"är osäker (fuzzy): {message.text!r}")
        elif not _keeps_placeholders(message, words):
            found.append(f"tappar eller hittar på ett {{fält}}: {message.text!r}")
    return found


def update(catalogue: Path, found: dict[Message, list[str]], headers: dict[str, str]) -> int:
    """Add new strings, drop those that are gone, keep every translation. Returns how many lack words.

    Words borrowed from Django stay: Django has no Somali, so its months are translated in our own file.
    """
    old = polib.pofile(str(catalogue)) if catalogue.exists() else polib.POFile()
    known = {_key(entry): entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.header = old.header
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **old.metadata,
        **headers,
    }
    for message, files in sorted(found.items(), key=lambda pair: (pair[1], pair[0])):
        entry = known.get(message) or polib.POEntry(
            msgid=message.text,
            msgid_plural=message.plural,
            msgctxt=message.context or None,
            msgstr_plural={0: "", 1: ""} if message.plural else {},
        )
        entry.occurrences = [(file, "") for file in sorted(set(files))]
        entry.obsolete = False
        new.append(entry)
    new.extend(entry for entry in old if any(file.startswith("django/") for file, _line in entry.occurrences))
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(catalogue))
    return len(faults(catalogue, found))


def compile_all(locale: Path) -> int:
    """Compile each .po that is newer than its .mo. Returns how many."""
    made = 0
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            made += 1
    return made


def _message(name: str, arguments: list[str | None]) -> Iterator[Message]:
    context, text, plural = (None if at is None or at >= len(arguments) else arguments[at] for at in MARKS[name])
    if text:
        yield Message(text, plural or "", context or "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _until_closed(text: str) -> str | None:
    """From the beginning to the parenthesis that closes the first one."""
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            depth += {"(": 1, ")": -1}.get(token.string, 0) if token.type == tokenize.OP else 0
            if token.string == ")" and depth == 0:
                return text[: token.end[1]]
    except (tokenize.TokenError, SyntaxError):
        return None
    return None


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _words(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _keeps_placeholders(message: Message, words: list[str]) -> bool:
    """Each translation uses the fields of its source; a form for one or two may spell the number out."""
    allowed = set(PLACEHOLDER.findall(message.text)) | set(PLACEHOLDER.findall(message.plural))
    used = [set(PLACEHOLDER.findall(word)) for word in words]
    return all(fields <= allowed for fields in used) and (bool(message.plural) or used == [allowed])
