"""The eleven chapters of a report, written into a Word file."""

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from ostberga.lib.translations.languages import is_rtl
from reports.rules.findings import Findings, HeardTable, PerspectiveFinding, QuoteFinding
from reports.rules.prose import split_passages

UNWRITTEN = "Texten är inte skriven ännu."


def write_chapters(word: WordFile, findings: Findings) -> None:
    """Append all chapters, in order."""
    writers = {
        "sammanfattning": _summary,
        "horda": _heard,
        "teman": _themes,
        "samband": _connections,
        "avstamning": _comments,
        "bilagor": _appendices,
    }
    for chapter in findings.chapters:
        word.add_heading(f"{chapter.number} {chapter.title}", 1)
        if writer := writers.get(chapter.anchor):
            writer(word, findings)
        else:
            _prose(word, chapter.text)


def _prose(word: WordFile, text: str, language: str = "sv") -> None:
    for passage in split_passages(text or UNWRITTEN):
        lines = passage.lines if passage.is_list else ("\n".join(passage.lines),)
        for line in lines:
            paragraph = word.add_paragraph(style="List Bullet" if passage.is_list else None)
            mark_language(paragraph.add_run(line), language)


def mark_language(run: Run, language: str) -> None:
    """Mark the language of a run; Swedish is the document's default."""
    if language == "sv":
        return
    tag = OxmlElement("w:lang")
    tag.set(qn("w:bidi" if is_rtl(language) else "w:val"), language)
    run._r.get_or_add_rPr().append(tag)


def _summary(word: WordFile, findings: Findings) -> None:
    _prose(word, findings.summary)
    for other in findings.summaries:
        mark_language(word.add_heading("", 2).add_run(other.heading), other.language)
        _prose(word, other.text, other.language)


def _heard(word: WordFile, findings: Findings) -> None:
    heard = findings.heard
    word.add_paragraph(
        f"Samtal: {heard.conversations}. Formulär: {heard.forms}. Personer: {heard.people}. ({findings.period})"
    )
    for sentence in heard.missing:
        word.add_paragraph(sentence, style="List Bullet")
    for table in heard.tables:
        word.add_heading(table.caption, 2)
        _table(word, table)


def _table(word: WordFile, table: HeardTable) -> None:
    rows: list[tuple[str, ...]] = [(table.column, table.second, "Personer")]
    rows += [(row.label, row.state, row.shown) for row in table.rows]
    rows.append(("Alla", "", table.total))
    _grid(word, rows)
    if table.note:
        word.add_paragraph(table.note, style="Källa")


def _grid(word: WordFile, rows: list[tuple[str, ...]]) -> None:
    """Append a table whose first row is repeated as heading on every page."""
    grid = word.add_table(rows=0, cols=len(rows[0]), style="Light Grid Accent 1")
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    heading = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(heading)


def _themes(word: WordFile, findings: Findings) -> None:
    for theme in findings.themes:
        word.add_heading(theme.title, 2)
        if theme.introduction:
            _prose(word, theme.introduction)
        for block in theme.blocks:
            if block.is_polarity:
                about = f": {block.about}" if block.about else "."
                word.add_paragraph(f"Två perspektiv som står mot varandra{about}", style="Källa")
            for perspective in block.perspectives:
                _perspective(word, perspective)


def _perspective(word: WordFile, perspective: PerspectiveFinding) -> None:
    word.add_heading(perspective.title, 3)
    if perspective.is_dissenting:
        word.add_paragraph("En minoritets röst som behöver finnas kvar.", style="Källa")
    if perspective.description:
        word.add_paragraph(perspective.description)
    for quote in perspective.quotes:
        _quote(word, quote)
    if perspective.breadth:
        word.add_paragraph(f"{perspective.breadth}.", style="Källa")
    if perspective.stands_against:
        word.add_paragraph(f"Står också mot: {'; '.join(perspective.stands_against)}.", style="Källa")
    if perspective.issues:
        names = ", ".join(issue.title for issue in perspective.issues)
        word.add_paragraph(f"Sakfrågor som vilar på detta: {names}", style="Källa")


def _quote(word: WordFile, quote: QuoteFinding) -> None:
    mark_language(word.add_paragraph(style="Quote").add_run(quote.text), quote.language)
    if quote.translation:
        word.add_paragraph(quote.translation, style="Quote")
    if quote.source:
        word.add_paragraph(quote.source, style="Källa")


def _connections(word: WordFile, findings: Findings) -> None:
    _prose(word, findings.connections)
    if findings.links:
        heading = ("Det ena temat", "Det andra", "Så märks det")
        _grid(word, [heading, *((link.one, link.other, link.why) for link in findings.links)])


def _comments(word: WordFile, findings: Findings) -> None:
    word.add_paragraph(findings.reading_note)
    for comment in findings.comments:
        word.add_heading(f"{comment.reader}, {comment.received_on}", 2)
        _prose(word, comment.text)
        word.add_paragraph(f"Vad vi ändrade: {comment.outcome}")


def _appendices(word: WordFile, findings: Findings) -> None:
    if findings.stages:
        word.add_heading("Så går dialogen till", 2)
    for number, name in enumerate(findings.stages, 1):
        word.add_paragraph(f"{number}. {name}{' (hit hör rapporten)' if number == findings.stage else ''}")
    word.add_heading("Frågorna vi ställde", 2)
    for question in findings.questions or (findings.guiding_question,):
        word.add_paragraph(question, style="List Number")
    word.add_heading("Kodboken", 2)
    for theme in findings.themes:
        word.add_heading(theme.title, 3)
        for perspective in theme.perspectives:
            word.add_paragraph(perspective.title, style="List Bullet")
