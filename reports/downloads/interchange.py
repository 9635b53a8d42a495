"""The codebook and the coded texts in the REFI-QDA standard, which programs for qualitative analysis read.

QDC is a codebook: a code for each perspective in use, a set for each theme. QDPX is a zip file with `project.qde`:
the same codebook, and the texts with the ranges that were coded. Positions are counted in characters (code points)
from 0, and the end is the place after the last. Texts are raw: only for those who may read them.
"""

import re
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.sax.saxutils import XMLGenerator

from django.db.models import Model

from actors.models import Collaboration
from ostberga.lib.refusal import Refusal
from ostberga.lib.tables.cells import clean
from surveys.exporting.placements import Placements, read_placements
from surveys.exporting.sources import coded_sources
from surveys.models import Perspective, Theme
from surveys.statements.sources import Source

# Other programs make a file of each text, named after it.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
CODEBOOK, PROJECT = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
ORIGIN = "Medskapande dialog"
# So that the same perspective has the same key in every file of an installation.
_KEYS = uuid.UUID("5e0f2a64-3c0b-4f5c-9d0e-9b6a4a3d7c11")
# Other programs leave out a coding that no user made: one user stands for all, the same in every file.
CODER = str(uuid.uuid5(_KEYS, "coder"))


def key_of(row: Perspective | Theme) -> str:
    """Return the key of a code or set, the same in every file."""
    return str(uuid.uuid5(_KEYS, f"{row._meta.label_lower}/{row.collaboration_id}/{row.pk}"))


def write_codebook(collaboration: Collaboration, file: IO[bytes]) -> None:
    """Write the codebook (QDC). Raises Refusal when there is no perspective: the standard wants a code."""
    placements = _placements(collaboration)
    xml = _Xml(file)
    with xml.document(), xml.element("CodeBook", xmlns=CODEBOOK, origin=ORIGIN):
        _codes(xml, placements, collaboration.made_up_mark)
        _sets(xml, placements, "guid", collaboration.made_up_mark)


def write_project(collaboration: Collaboration, file: IO[bytes]) -> Iterator[None]:
    """Write the project (QDPX), and yield for each text that is written. Raises Refusal as above."""
    placements, keys = _placements(collaboration), _FileKeys()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in coded_sources(collaboration):
            archive.writestr(f"sources/{keys.key_of(source.row)}.txt", _text(source).encode())
            yield
        with archive.open("project.qde", "w", force_zip64=True) as part:
            _project(_Xml(part), collaboration, placements, keys)


class _FileKeys:
    """Keys of texts and ranges, of this file alone: a key in another file too would tell role and week."""

    def __init__(self) -> None:
        self.salt = uuid.uuid4()

    def key_of(self, row: Model, part: str = "") -> str:
        """Return the key of the row, or of a part of it."""
        return str(uuid.uuid5(self.salt, f"{row._meta.label_lower}/{row.pk}/{part}"))


def _placements(collaboration: Collaboration) -> Placements:
    placements = read_placements(collaboration)
    if not any(row.is_standing for row in placements.perspectives.values()):
        raise Refusal("Det finns inga perspektiv än, så det finns ingen kodbok att ta ut.", code="no_codes")
    return placements


class _Xml:
    """Writes XML as it goes, so that memory does not grow with it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.writer = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)

    @contextmanager
    def document(self) -> Iterator[None]:
        """Write the first line, and the end."""
        self.writer.startDocument()
        yield
        self.writer.endDocument()

    @contextmanager
    def element(self, tag: str, **attributes: str) -> Iterator[None]:
        """Write the element around what is written inside."""
        self.writer.startElement(tag, {name: clean(value) for name, value in attributes.items()})  # type: ignore[arg-type]
        yield
        self.writer.endElement(tag)

    def leaf(self, tag: str, text: str = "", **attributes: str) -> None:
        """Write an element with text, or none."""
        with self.element(tag, **attributes):
            if text:
                self.writer.characters(clean(text))


def _marked(description: str, mark: str) -> str:
    """Return the description after the mark of a practice: other programs keep it, and imports refuse it."""
    return "\n".join(filter(None, (mark, description)))


def _codes(xml: _Xml, placements: Placements, mark: str) -> None:
    with xml.element("Codes"):
        for row in placements.perspectives.values():
            if row.is_standing:
                with xml.element("Code", guid=key_of(row), name=str(row), isCodable="true"):
                    if description := _marked(row.description, mark):
                        xml.leaf("Description", description)


def _sets(xml: _Xml, placements: Placements, member: str, mark: str) -> None:
    """Write a set for each theme in use that has a perspective in use."""
    members: dict[Theme, list[str]] = {}
    for key, themes in placements.themes.items():
        if placements.perspectives[key].is_standing:
            for theme in themes:
                members.setdefault(theme, []).append(key_of(placements.perspectives[key]))
    if members:
        with xml.element("Sets"):
            for theme, codes in members.items():
                with xml.element("Set", guid=key_of(theme), name=str(theme)):
                    if description := _marked(theme.description, mark):
                        xml.leaf("Description", description)
                    for code in codes:
                        xml.leaf("MemberCode", **{member: code})


def _project(xml: _Xml, collaboration: Collaboration, placements: Placements, keys: _FileKeys) -> None:
    with xml.document(), xml.element("Project", xmlns=PROJECT, name=str(collaboration), origin=ORIGIN):
        with xml.element("Users"):
            xml.leaf("User", guid=CODER, name=ORIGIN)
        with xml.element("CodeBook"):
            _codes(xml, placements, collaboration.made_up_mark)
        _sources(xml, collaboration, placements, keys)
        _sets(xml, placements, "targetGUID", collaboration.made_up_mark)


def _sources(xml: _Xml, collaboration: Collaboration, placements: Placements, keys: _FileKeys) -> None:
    is_begun = False
    for source in coded_sources(collaboration):
        if not is_begun:
            xml.writer.startElement("Sources", {})  # type: ignore[arg-type]
            is_begun = True
        key = keys.key_of(source.row)
        title = " ".join(filter(None, (collaboration.made_up_mark, _FORBIDDEN.sub("-", source.title), key[:8])))
        where, name = f"internal://{key}.txt", title
        with xml.element("TextSource", guid=key, name=name, plainTextPath=where, creatingUser=CODER):
            _selections(xml, source, placements, keys)
    if is_begun:
        xml.writer.endElement("Sources")


def _selections(xml: _Xml, source: Source, placements: Placements, keys: _FileKeys) -> None:
    """Write each statement of the text with its range and its codes. One without codes is a range without codes."""
    length = len(_text(source))
    for statement in source.row.statements.all():
        start = statement.span_start or 0
        end = length if statement.span_end is None else min(statement.span_end, length)
        attached = (row.perspective_id for row in statement.attachments.all() if row.removed_at is None)
        place = {"startPosition": str(start), "endPosition": str(end), "creatingUser": CODER}
        with xml.element("PlainTextSelection", guid=keys.key_of(statement), **place):
            for row in placements.of_statement(attached):
                with xml.element("Coding", guid=keys.key_of(statement, key_of(row)), creatingUser=CODER):
                    xml.leaf("CodeRef", targetGUID=key_of(row))


def _text(source: Source) -> str:
    """The raw text that positions are counted in. No sign is taken away, since that would move them."""
    return source.text
