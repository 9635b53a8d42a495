"""Reading text with separated cells, pasted from a spreadsheet or saved as CSV, and writing it. Pure."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from surveys.importing.reading.tables import Flaw, QuotedLines, Table, UnreadableFile, without_trailing_blanks

DELIMITERS = {"\t": "tabb", ";": "semikolon", ",": "komma"}
# How many of the rows must have as many cells as most have, for a separator to be believed.
_MOST = 0.8
_SAMPLE = 20_000  # characters
# A web process reads these: twenty thousand rows of forty cells, or of fifteen where quotation marks must be followed.
MOST_CELLS, MOST_CELLS_BESIDE_QUOTES = 800_000, 300_000
TOO_MANY = "Det är för många celler för att läsas på en gång. Dela upp dem, eller spara dem som Excel-arbetsbok."
# What spreadsheets in Swedish and English write in a cell whose formula failed.
_ERRORS = re.compile(
    r"#(N/A|SAKNAS!|REF!|REFERENS!|VALUE!|VÄRDEFEL!|DIV/0!|DIVISION/0!|NAME\?|NAMN\?|NUM!|OGILTIGT!|NULL!|SKÄRNING!|"
    r"SPILL!|CALC!|BERÄKNA!)",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"(?:_x000D_)?\n|_x000[AaDd]_")


@cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    """A quoted cell may hold separators, line ends and doubled quotes; any other ends at the next of the first two."""
    end = re.escape(delimiter)
    return re.compile(rf'"((?:[^"]|"")*+)"(?=[{end}\n]|\Z)|([^{end}\n]*)')


@dataclass(frozen=True)
class _Cell:
    text: str
    is_quoted: bool
    line: int  # of the text, from 1
    start: int
    end: int


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252. Raises UnreadableFile for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[:400].count(0) > len(data[:400]) // 4:
        encodings = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search("[\0-\x08\x0e-\x1f]", text):
            return text
    raise UnreadableFile("Filen går inte att läsa. Spara den som Excel-arbetsbok (.xlsx) eller CSV och försök igen.")


def has_too_many_cells(text: str) -> bool:
    """Return whether reading it would take minutes, or fill the memory. Tells at once."""
    most = MOST_CELLS_BESIDE_QUOTES if '"' in text else MOST_CELLS
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    return lines + max(map(text.count, DELIMITERS)) >= most


def is_error(cell: str) -> bool:
    """Return whether it is what a spreadsheet writes where a formula failed."""
    return _ERRORS.fullmatch(cell) is not None


def guess_delimiter(text: str) -> str:
    """Return the separator that gives most rows the same number of cells, at least two; a tab when none does."""
    sample = text[:_SAMPLE]
    return max(DELIMITERS, key=lambda delimiter: (_evenness(sample, delimiter), delimiter == "\t"))


def _evenness(text: str, delimiter: str) -> float:
    counts = Counter(len(row) for row in parse_cells(text, delimiter) if any(row))
    if not counts:
        return 0
    cells, rows = counts.most_common(1)[0]
    share = rows / counts.total()
    return share if cells > 1 and (share >= _MOST or delimiter == "\t") else 0


def parse_cells(text: str, delimiter: str = "\t") -> list[list[str]]:
    """Parse text into rows of cells; every quoted cell is one, also over several lines."""
    return _texts(_with_line_feeds(text), delimiter)


def read_text(text: str, delimiter: str, one_cell: Collection[int] = ()) -> Table:
    """Return the table of a text. A quoted cell whose lines could as well be rows is read as rows, and told.

    `one_cell` are the lines (from 1) where somebody has said that it is one cell.
    """
    text = _with_line_feeds(text)
    split = [span for span in _doubtful(text, delimiter) if span.line not in one_cell]
    rows, quoted = _split_rows(text, delimiter, split)
    cleaned = without_trailing_blanks([[_unescape(cell) for cell in row] for row in rows])
    return Table(
        rows=cleaned,
        flaws={
            (at, column): Flaw.ERROR
            for at, row in enumerate(cleaned)
            for column, cell in enumerate(row)
            if is_error(cell)
        },
        escaped=frozenset(
            (at, column) for at, row in enumerate(rows) for column, cell in enumerate(row) if _unescape(cell) != cell
        ),
        quoted=tuple(quoted),
        is_aligned=False,
    )


def quoted_lines(text: str, delimiter: str) -> list[tuple[int, int]]:
    """Return the first and last line (from 1) of each quoted cell whose lines could be rows."""
    text = _with_line_feeds(text)
    return [(span.line, span.line + text.count("\n", span.start, span.end)) for span in _doubtful(text, delimiter)]


def format_cells(rows: Iterable[Iterable[str]]) -> str:
    """Format rows of cells as the text a spreadsheet would copy; the inverse of `parse_cells`."""
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return written.getvalue()


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _parse(text: str, delimiter: str) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = [[]]
    pattern, place, line = _cell_pattern(delimiter), 0, 1
    while place <= len(text):
        cell = pattern.match(text, place)
        if cell is None:  # Cannot happen: the second alternative of the pattern also matches nothing.
            break
        quoted = cell.group(1)
        content = quoted.replace('""', '"') if quoted is not None else cell.group(2)
        rows[-1].append(_Cell(content.strip(), quoted is not None, line, *cell.span()))
        place = cell.end()
        line += quoted.count("\n") if quoted else 0
        if text[place : place + 1] == "\n":
            rows.append([])
            line += 1
        place += 1
    return rows


def _doubtful(text: str, delimiter: str) -> list[_Cell]:
    """Return the quoted cells over several lines, where each line has as many cells as the other rows have.

    Where the first row quotes all its cells, the program that wrote it quotes as it should.
    """
    if '"' not in text:
        return []
    rows = _parse(text, delimiter)
    first = next((row for row in rows if any(cell.text for cell in row)), [])
    if first and all(cell.is_quoted for cell in first if cell.text):
        return []
    width = len(first)
    return [
        cell
        for row in rows
        for cell in row
        if cell.is_quoted
        and "\n" in text[cell.start : cell.end]
        and all(line.count(delimiter) == width - 1 for line in _whole_lines(text, cell))
    ]


def _whole_lines(text: str, cell: _Cell) -> list[str]:
    """Return the lines that the cell touches, from their beginning to their end."""
    begin = text.rfind("\n", 0, cell.start) + 1
    end = text.find("\n", cell.end)
    return text[begin : end if end >= 0 else len(text)].split("\n")


def _split_rows(text: str, delimiter: str, spans: list[_Cell]) -> tuple[list[list[str]], list[QuotedLines]]:
    """Return the rows, with the lines of `spans` as rows of their own, and where those are."""
    rows: list[list[str]] = []
    quoted, place = [], 0
    for span in spans:
        begin = text.rfind("\n", 0, span.start) + 1
        if begin < place:  # the same line has another such cell
            continue
        lines = _whole_lines(text, span)
        if text[place:begin]:
            rows += _texts(text[place : begin - 1], delimiter)
        quoted.append(QuotedLines(span.line, len(rows), len(rows) + len(lines) - 1))
        rows += [[cell.strip() for cell in line.split(delimiter)] for line in lines]
        place = begin + sum(len(line) + 1 for line in lines)
    return rows + (_texts(text[place:], delimiter) if place <= len(text) else []), quoted


def _texts(text: str, delimiter: str) -> list[list[str]]:
    if '"' not in text:
        return [[cell.strip() for cell in line.split(delimiter)] for line in text.split("\n")]
    return [[cell.text for cell in row] for row in _parse(text, delimiter)]


def _unescape(cell: str) -> str:
    return _ESCAPED.sub("\n", cell)
