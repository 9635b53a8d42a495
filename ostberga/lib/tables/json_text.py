"""A table as one JSON object: what it is, its columns, what is left out, and a list of rows by column name."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ostberga.lib.tables.cells import as_plain_value
from ostberga.lib.tables.file_notes import FileNotes
from ostberga.lib.tables.table import Cell, ExportTable


def json_lines(table: ExportTable[Any], rows: Iterable[list[Cell]], notes: FileNotes) -> Iterator[str]:
    """Yield the text of the file, a row a line."""
    names = [column.name for column in table.columns]
    head = {
        "tabell": table.slug,
        "rubrik": table.title,
        "samverkan": notes.collaboration,
        "uttagen": notes.day.isoformat(),
        "version": table.version,
        "kolumner": [
            {"namn": column.name, "typ": str(column.type), "innehåll": column.about} for column in table.columns
        ],
        "utelämnat": list(table.left_out),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "rader": ['
    before = "\n"
    for row in rows:
        cells = {name: as_plain_value(cell) for name, cell in zip(names, row, strict=True)}
        yield before + json.dumps(cells, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"
