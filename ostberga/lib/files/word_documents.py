"""Word files to complete: headings, paragraphs and tables in Swedish, with what is to be filled in marked."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

# What a person completes stands in such brackets, and is marked in the file.
_TO_FILL_IN = re.compile(r"(\[[^\]]+\])")


@dataclass(frozen=True)
class Chapter:
    """A chapter: its heading, its paragraphs, and a table of rows whose first is the headings; empty without one."""

    heading: str
    paragraphs: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def build_document(*, title: str, author: str, lead: str, chapters: Sequence[Chapter]) -> bytes:
    """Return the .docx file as bytes."""
    word = Document()
    word.core_properties.title, word.core_properties.author = title, author
    word.core_properties.language = "sv-SE"
    _set_up(word)
    word.add_paragraph(title, style="Title")
    _write(word.add_paragraph(), lead)
    for chapter in chapters:
        word.add_heading(chapter.heading, 1)
        for text in chapter.paragraphs:
            _write(word.add_paragraph(), text)
        if chapter.rows:
            _table(word, chapter.rows)
    stored = io.BytesIO()
    word.save(stored)
    return stored.getvalue()


def _set_up(word: WordFile) -> None:
    section = word.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    normal.element.get_or_add_rPr().append(language)


def _table(word: WordFile, rows: Sequence[Sequence[str]]) -> None:
    table = word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, texts in enumerate(rows):
        row = table.add_row()
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell.paragraphs[0], text, is_bold=number == 0)
    repeated = OxmlElement("w:tblHeader")  # screen readers read the first row as headings, and it is on every page
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _write(paragraph: Paragraph, text: str, *, is_bold: bool = False) -> None:
    for part in filter(None, _TO_FILL_IN.split(text)):
        run = paragraph.add_run(part)
        run.bold = is_bold
        if _TO_FILL_IN.fullmatch(part):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
