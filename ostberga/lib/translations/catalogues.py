"""Translation catalogues without gettext's own programs: extract strings, list faults, update and compile."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# Functions that mark a string, with the positions of its context, text and plural among their arguments.
MARKING_FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
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
IGNORED_FOLDERS = {".venv", "node_modules", ".local", "tests", "benchmarks", "migrations", "static", "staticfiles"}


@dataclass(frozen=True, order=True)
class Message:
    """One string to translate."""

    text: str
    plural: str = ""
    context: str = ""


def find_in_project(root: Path) -> dict[Message, list[str]]:
    """Return every string marked for translation in our code and templates, with the files it occurs in."""
    messages: dict[Message, list[str]] = {}
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        inside = path.relative_to(root)
        if IGNORED_FOLDERS & set(inside.parts) or (path.suffix == ".txt" and "templates" not in inside.parts):
            continue
        read = find_in_python if path.suffix == ".py" else find_in_template
        for message in read(path.read_text()):
            messages.setdefault(message, []).append(str(inside))
    return messages


def find_in_python(source: str) -> Iterator[Message]:
    """Yield the strings marked for translation in Python code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MARKING_FUNCTIONS:
                yield from _message(name, [_literal(argument) for argument in node.args])


def find_in_template(source: str) -> Iterator[Message]:
    """Yield the strings marked for translation in a Django template.

    `templatize` turns the template into calls of gettext functions and replaces everything else by X.
    """
    flat = " ".join(line.strip() for line in templatize(source).splitlines())
    calls = re.compile(r"(?<!\w)(n?p?gettext|_)\(")
    for start in calls.finditer(flat):
        expression = _first_call(flat[start.start() :])
        if expression:
            yield from find_in_python(expression)


def list_faults(catalogue: Path, wanted: Iterable[Message]) -> list[str]:
    """Return the faults of a catalogue as Swedish sentences: untranslated, fuzzy, or with other placeholders."""
    po = polib.pofile(str(catalogue)) if catalogue.exists() else polib.POFile()
    forms = int((re.search(r"nplurals=(\d)", po.metadata.get("Plural-Forms", "")) or ["", "2"])[1])
    entries = {_key(entry): entry for entry in po if not entry.obsolete}
    faults = []
    for message in sorted(wanted):
        entry = entries.get(message)
        translations = [] if entry is None else _translations(entry)
        if entry is None or not all(translations) or (message.plural and len(translations) != forms):
            faults.append(f"saknar översättning: {message.text!r}")
        elif "fuzzy" in entry.flags:
            faults.append(f"är osäker (fuzzy): {message.text!r}")
        elif not _keeps_placeholders(message, translations):
            faults.append(f"tappar eller hittar på ett {{fält}}: {message.text!r}")
    return faults


def update(catalogue: Path, messages: dict[Message, list[str]], headers: dict[str, str]) -> int:
    """Add new strings, drop those that are gone and keep every translation. Returns the number of faults left.

    Entries copied from Django stay: Django has no Somali, so the names of months are translated in our own file.
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
    for message, files in sorted(messages.items(), key=lambda pair: (pair[1], pair[0])):
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
    return len(list_faults(catalogue, messages))


def compile_all(locale: Path) -> int:
    """Compile each .po file that is newer than its .mo file. Returns how many were compiled."""
    compiled = 0
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            compiled += 1
    return compiled


def _message(name: str, arguments: list[str | None]) -> Iterator[Message]:
    context, text, plural = (
        None if at is None or at >= len(arguments) else arguments[at] for at in MARKING_FUNCTIONS[name]
    )
    if text:
        yield Message(text, plural or "", context or "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _first_call(text: str) -> str | None:
    """Return the text up to the parenthesis that closes its first one; None where it is never closed."""
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


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _keeps_placeholders(message: Message, words: list[str]) -> bool:
    """Return whether each translation uses the placeholders of its source; plural forms may leave the number out."""
    allowed = set(PLACEHOLDER.findall(message.text)) | set(PLACEHOLDER.findall(message.plural))
    used = [set(PLACEHOLDER.findall(word)) for word in words]
    return all(fields <= allowed for fields in used) and (bool(message.plural) or used == [allowed])
