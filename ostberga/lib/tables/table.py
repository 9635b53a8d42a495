"""A declared table: its columns with name, explanation, type and getter, its rows, and what it leaves out and why."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row")
AnyModel = TypeVar("AnyModel", bound=Model)
Cell = str | int | bool | dt.date | dt.datetime | None
# Rows that are in memory at a time.
ROWS_READ = 500
OTHER_LANGUAGES = "Texter på språk som samverkan inte har valt. De står i JSON."


class CellType(StrEnum):
    """What a column holds, with the word that people read."""

    TEXT = "text"
    LONG_TEXT = "lång text"
    NUMBER = "tal"
    DAY = "dag"
    MOMENT = "dag och klockslag"
    YES_NO = "ja eller nej"

    @property
    def width(self) -> int:
        """A width that its values fit in, in characters."""
        return {"lång text": 60, "tal": 10, "dag": 12, "dag och klockslag": 18, "ja eller nej": 12}.get(self, 26)


class Audience(StrEnum):
    """Who may take a table out, with the words that people read."""

    TEAM = "samordnarens grupp"
    RAW_READERS = "den som får läsa omaskad text"


@dataclass(frozen=True)
class ExportColumn(Generic[Row]):
    """A column: its heading, what it holds in words, and how it is read from a row."""

    name: str
    about: str
    value: Callable[[Row], Cell]
    type: CellType = CellType.TEXT
    language: str = ""  # of a text that is translated; empty for Swedish and for what has no language


@dataclass(frozen=True)
class TableRows(Generic[Row]):
    """The rows of a table in one collaboration: how many they are, and a way to read them a few at a time."""

    count: int
    read: Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class ExportTable(Generic[Row]):
    """A table that can be taken out. `rows` gets the collaboration, and its order must tell nothing of who or when."""

    slug: str  # last part of its address and first of the file's name
    title: str
    about: str
    columns: tuple[ExportColumn[Row], ...]
    rows: Callable[[Any], TableRows[Row]]
    models: tuple[type[Model], ...]  # whose rows it holds
    left_out: tuple[str, ...] = ()  # what it does not hold, and why; a sentence each
    audience: Audience = Audience.TEAM
    version: int = 1  # raised when the columns above are changed; that a file lacks languages stands in it

    def arranged(self, languages: Collection[str]) -> "ExportTable[Row]":
        """Return it with the translated columns last, those in these languages only; what that leaves out is told."""
        plain = [column for column in self.columns if not column.language]
        translated = [column for column in self.columns if column.language]
        kept = [column for column in translated if column.language in languages]
        left_out = (*self.left_out, OTHER_LANGUAGES) if len(kept) < len(translated) else self.left_out
        return replace(self, columns=(*plain, *kept), left_out=left_out)

    def read_cells(self, rows: TableRows[Row]) -> Iterator[list[Cell]]:
        """Yield the cells of each row, in the order of the columns."""
        getters = [column.value for column in self.columns]
        for row in rows.read():
            yield [getter(row) for getter in getters]


def queryset_rows(rows: "QuerySet[AnyModel]") -> "TableRows[AnyModel]":
    """Return rows that are read from the database a few at a time, in the order of the queryset."""
    return TableRows(rows.count(), lambda: rows.iterator(chunk_size=ROWS_READ))


def listed_rows(rows: Sequence[Row]) -> TableRows[Row]:
    """Return rows that are few, and in memory."""
    return TableRows(len(rows), lambda: iter(rows))


def mapped_rows(rows: "QuerySet[AnyModel]", prepare: Callable[[Iterable[AnyModel]], Iterator[Row]]) -> TableRows[Row]:
    """Return rows that `prepare` makes of those of the database."""
    return TableRows(rows.count(), lambda: prepare(rows.iterator(chunk_size=ROWS_READ)))
