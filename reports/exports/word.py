"""The report as a Word file with real headings, tables and language marks, from the same findings as the PDF."""

import io

from docx import Document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ostberga.lib.translations.languages import is_rtl
from reports.exports.word_chapters import write_chapters
from reports.rules.findings import Findings


def build_word_file(findings: Findings) -> bytes:
    """The .docx file as bytes."""
    word = Document()
    _set_up(word, findings)
    _cover(word, findings)
    write_chapters(word, findings)
    for paragraph in word.paragraphs:
        _right_to_left(paragraph)
    stored = io.BytesIO()
    word.save(stored)
    return stored.getvalue()


def _set_up(word: WordFile, findings: Findings) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.language = findings.title, findings.collaboration, "sv-SE"
    properties.subject, properties.comments = "Perspektivrapport", f"Version {findings.version}"
    section = word.sections[0]
    section.left_margin = section.right_margin = Cm(2.8)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    _language(normal.element.get_or_add_rPr(), "sv")
    for level, size in ((1, 20), (2, 15), (3, 12)):
        style = word.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Georgia", Pt(size), RGBColor(0x17, 0x35, 0x2F)
    source = word.styles.add_style("Källa", WD_STYLE_TYPE.PARAGRAPH)
    source.base_style, source.font.size = normal, Pt(9)
    header = section.header.paragraphs[0]
    header.text = " – ".join(filter(None, [findings.title, f"version {findings.version}", findings.fiction_mark]))


def _cover(word: WordFile, findings: Findings) -> None:
    if findings.fiction_mark:
        word.add_paragraph(findings.fiction_mark).runs[0].bold = True
    word.add_paragraph(findings.title, style="Title")
    if findings.subtitle:
        word.add_paragraph(findings.subtitle, style="Subtitle")
    edition = f"{findings.made_on}, version {findings.version}"
    word.add_paragraph(f"{findings.collaboration}, {findings.controller}. {edition}.")
    _contents(word.add_paragraph())
    word.add_page_break()  # type: ignore[no-untyped-call]  # the library has no type for it


def _contents(paragraph: Paragraph) -> None:
    """A table of contents field, which Word fills in when it is updated."""
    for kind, text in (("begin", ""), ("", 'TOC \\o "1-3" \\h \\z \\u'), ("separate", ""), (None, ""), ("end", "")):
        run = paragraph.add_run()
        if kind is None:
            run.text = "Innehåll: högerklicka här och välj Uppdatera fält."
        elif kind:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)


def _language(properties: "OxmlElement", code: str) -> None:  # type: ignore[valid-type]  # a factory, not a class
    tag = OxmlElement("w:lang")
    tag.set(qn("w:bidi" if is_rtl(code) else "w:val"), code)
    properties.append(tag)  # type: ignore[attr-defined]


def _right_to_left(paragraph: Paragraph) -> None:
    """Set right-to-left direction on a paragraph whose text is marked as Arabic."""
    if paragraph._p.xpath('.//w:lang[@w:bidi="ar"]'):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run.font.rtl = True
