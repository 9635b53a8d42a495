"""Reading codebooks in the REFI-QDA standard (QDC), which programs for qualitative analysis write, as a table. Pure."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from surveys.importing.reading.tables import MAX_ROWS, Table, UnreadableFile

HEADINGS = ["Tema", "Om temat", "Perspektiv", "Om perspektivet"]
SCHEMA = Path(__file__).with_name("refi_qda") / "Codebook.xsd"
_NAMESPACE = "{urn:QDA-XML:codebook:1.0}"
_MARK = "urn:QDA-XML:codebook"
_MARKS = tuple(_MARK.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_NOT_VALID = "Kodboken följer inte standarden (REFI-QDA), så den går inte att läsa. Ta ut den igen ur programmet."
_TOO_DEEP = 20  # levels of codes in codes


def is_codebook(data: bytes) -> bool:
    """Return whether a file looks like a codebook."""
    return any(mark in data[:4096] for mark in _MARKS)


def read_codebook(data: bytes) -> Table:
    """Return the codes of a QDC file, a row for each set that a code is in. Raises UnreadableFile.

    A set is a theme. So is a code that holds others, for these; it is a perspective too if it can be used itself. The
    file is held to the standard's schema first. Nothing that it refers to is fetched, and declarations of its own
    (DOCTYPE) are refused. Runs in a child process with limits: lxml is imported there only.
    """
    from lxml import etree  # type: ignore[import-untyped]  # it ships no types

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        document = etree.fromstring(data, parser).getroottree()
        _as_the_standard_has_it(document.getroot())
        if document.docinfo.doctype or not etree.XMLSchema(etree.parse(SCHEMA)).validate(document):
            raise UnreadableFile(_NOT_VALID)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UnreadableFile(_NOT_VALID) from problem
    root = document.getroot()
    rows = list(_rows(root))
    return Table(rows=[HEADINGS, *rows[:MAX_ROWS]], name="Kodbok", is_cut=len(rows) > MAX_ROWS)


def _as_the_standard_has_it(root: Any) -> None:
    """Mend what programs are known to write otherwise: another version's name, and a list of sets without a set.

    ATLAS.ti names the version 0:4 and older QualCoder 1:0; Taguette writes an empty list of sets.
    """
    for element in root.iter("{*}*"):
        space, _, name = str(element.tag).rpartition("}")
        if space.removeprefix("{").startswith(f"{_MARK}:"):
            element.tag = f"{_NAMESPACE}{name}"
    for sets in root.findall(f"{_NAMESPACE}Sets"):
        if len(sets) == 0:
            root.remove(sets)


def _rows(root: Any) -> Iterator[list[str]]:
    sets = list(root.iterfind(f"{_NAMESPACE}Sets/{_NAMESPACE}Set"))
    themes_of: dict[str, list[tuple[str, str]]] = {}
    for theme in sets:
        for member in theme.iterfind(f"{_NAMESPACE}MemberCode"):
            themes_of.setdefault(_key(member), []).append(_words(theme))
    for code, above in _codes(root.find(f"{_NAMESPACE}Codes"), []):
        holds_others = code.find(f"{_NAMESPACE}Code") is not None
        if holds_others and code.get("isCodable") not in ("true", "1"):
            continue
        themes = themes_of.get(_key(code), []) + above[-1:]
        yield from ([*theme, *_words(code)] for theme in dict.fromkeys(themes or [("", "")]))
    yield from ([*_words(theme), "", ""] for theme in sets if theme.find(f"{_NAMESPACE}MemberCode") is None)


def _codes(parent: Any, above: list[tuple[str, str]]) -> Iterator[tuple[Any, list[tuple[str, str]]]]:
    """Yield each code with the codes that it stands under, the outermost first."""
    if len(above) > _TOO_DEEP:
        raise UnreadableFile("Kodboken har koder i för många nivåer.")
    for code in parent.iterfind(f"{_NAMESPACE}Code"):
        yield code, above
        yield from _codes(code, [*above, _words(code)])


def _words(element: Any) -> tuple[str, str]:
    """Return its name and description."""
    return " ".join(element.get("name", "").split()), (element.findtext(f"{_NAMESPACE}Description") or "").strip()


def _key(element: Any) -> str:
    return str(element.get("guid", "")).strip("{} ").casefold()
