"""Writing a table or a bundle to a file, in one of the formats. Constant memory, whatever the number of rows."""

import datetime as dt
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any

from django.utils import timezone

from actors.models import Collaboration
from ostberga.lib.tables.delimited import csv_lines
from ostberga.lib.tables.file_notes import FileNotes
from ostberga.lib.tables.json_text import json_lines
from ostberga.lib.tables.table import ROWS_READ, Cell, ExportColumn
from ostberga.lib.tables.workbook import write_workbook
from ostberga.lib.translations.languages import LANGUAGES
from reports.downloads.catalogue import BUNDLES, EXCHANGES, TABLES, AnyTable
from reports.downloads.interchange import write_codebook, write_project
from surveys.exporting.sources import count_sources

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "zip": "application/zip",
    "qdc": "application/xml; charset=utf-8",
    "qdpx": "application/zip",
}
Progress = Callable[[int], None]  # gets how many rows more have been written


def notes_of(collaboration: Collaboration, day: dt.date | None = None) -> FileNotes:
    """Return what a file that is made on that day, or today, says of itself."""
    return FileNotes(str(collaboration), collaboration.slug, day or timezone.localdate())


def file_name(slug: str, format_: str, collaboration: Collaboration, day: dt.date | None = None) -> str:
    """Return the name of the file, with its version and the day it was made (today unless told)."""
    version = TABLES[slug].version if slug in TABLES else 1
    return notes_of(collaboration, day).file_name(slug, version, format_)


def count_rows(slug: str, collaboration: Collaboration) -> int:
    """Return how many rows the table, or the tables of the bundle, have now."""
    if slug in EXCHANGES:
        return count_sources(collaboration) if EXCHANGES[slug].format == "qdpx" else 0
    tables = BUNDLES[slug].tables if slug in BUNDLES else (TABLES[slug],)
    return sum(table.rows(collaboration).count for table in tables)


def arranged_for(table: AnyTable, format_: str, collaboration: Collaboration) -> AnyTable:
    """Return the table as it stands in that format: for people only the collaboration's languages, in JSON all.

    Of a practice each row begins with its mark, by which imports refuse the file, also one that is renamed or cut.
    """
    spoken = LANGUAGES if format_ == "json" else collaboration.languages or LANGUAGES
    arranged = table.arranged(spoken)
    mark = collaboration.made_up_mark
    return replace(arranged, columns=(_mark_column(mark), *arranged.columns)) if mark else arranged


def _mark_column(mark: str) -> ExportColumn[Any]:
    return ExportColumn("Övning", "Att raden är påhittad. En fil med det här kan inte tas in igen.", lambda _row: mark)


def write_file(slug: str, format_: str, collaboration: Collaboration, file: IO[bytes], progress: Progress) -> None:
    """Write what is offered by that name to the file."""
    if format_ == "qdc":
        write_codebook(collaboration, file)
    elif format_ == "qdpx":
        for _text in write_project(collaboration, file):
            progress(1)
    elif slug in BUNDLES:
        _write_bundle(BUNDLES[slug].tables, collaboration, file, progress)
    else:
        _write_table(TABLES[slug], format_, collaboration, file, progress)


def _write_bundle(
    tables: tuple[AnyTable, ...], collaboration: Collaboration, file: IO[bytes], progress: Progress
) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for table in tables:
            for format_ in ("xlsx", "json"):
                name = notes_of(collaboration).file_name(table.slug, table.version, format_)
                with tempfile.TemporaryFile() as made, bundle.open(name, "w", force_zip64=True) as part:
                    _write_table(table, format_, collaboration, made, progress if format_ == "xlsx" else _ignore)
                    made.seek(0)
                    while data := made.read(2**20):
                        part.write(data)


def _write_table(
    table: AnyTable, format_: str, collaboration: Collaboration, file: IO[bytes], progress: Progress
) -> None:
    table = arranged_for(table, format_, collaboration)
    rows, notes = table.rows(collaboration), notes_of(collaboration)
    cells = _reporting(table.read_cells(rows), progress)
    if format_ == "xlsx":
        write_workbook(file, table, cells, rows.count, notes)
        return
    for line in csv_lines(table, cells) if format_ == "csv" else json_lines(table, cells, notes):
        file.write(line.encode())


def _reporting(cells: Iterator[list[Cell]], progress: Progress) -> Iterator[list[Cell]]:
    """Yield the rows, and tell each time as many have been written as are read at a time."""
    number = 0
    for number, row in enumerate(cells, 1):
        yield row
        if number % ROWS_READ == 0:
            progress(ROWS_READ)
    progress(number % ROWS_READ)


def _ignore(_rows: int) -> None:
    """Count nothing: the rows of a bundle are counted once, though they are written twice."""
