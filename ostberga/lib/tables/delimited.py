"""A table as CSV that Swedish spreadsheets open: UTF-8 with a mark in front, and semicolons."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from ostberga.lib.tables.cells import as_harmless_words
from ostberga.lib.tables.table import Cell, ExportTable

# What Excel in Swedish opens in columns: a mark that it is UTF-8, and semicolons.
MARK, BETWEEN = "\ufeff", ";"


class LineEcho:
    """A file whose lines come back as they are written, so that none is kept."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def csv_lines(table: ExportTable[Any], rows: Iterable[list[Cell]]) -> Iterator[str]:
    """Yield the lines of the file, the headings first. All cells are quoted: some programs part them by commas too."""
    writer = csv.writer(LineEcho(), delimiter=BETWEEN, quoting=csv.QUOTE_ALL)
    yield MARK + writer.writerow([column.name for column in table.columns])
    for row in rows:
        yield writer.writerow([as_harmless_words(cell) for cell in row])
