"""The rows of a list as they are read: their cells, what is wrong with them, and what becomes of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ostberga.lib.plain_text import plain_text
from surveys.importing.columns.column_roles import shorten
from surveys.importing.reading.tables import Flaw
from surveys.lists.declared import BadCell, ListContext, ListKind
from surveys.lists.list_layout import ListLayout

_FLAWS = {Flaw.FORMULA: "cellen är en formel. Skriv det som den visar", Flaw.ERROR: "cellen är ett felvärde"}


class ListOutcome(StrEnum):
    """What becomes of a row. Every row that was read has exactly one."""

    STORED = "stored"
    REFUSED = "refused"
    LEFT = "left"
    BLANK = "blank"


@dataclass
class ListRow:
    """A row as it was read, and what becomes of it."""

    number: int  # in the sheet, from 1
    labelled: list[tuple[str, str]]  # the cells that are read, with their columns
    values: dict[str, Any] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    outcome: ListOutcome = ListOutcome.STORED
    unread: set[str] = field(default_factory=set)  # the columns whose cells could not be read
    told: str = ""  # where it goes, if it does not say
    key: str = ""  # of what it became


def read_rows(kind: ListKind, context: ListContext, layout: ListLayout) -> Iterator[ListRow]:
    """Yield each row below the headings, with all that is wrong with it."""
    merged = {
        (row, column)
        for merge in layout.table.merges
        for row in range(merge.top, min(merge.bottom + 1, len(layout.table.rows)))
        for column in range(merge.left, min(merge.right + 1, layout.table.width))
    }
    for at in range(layout.heading + 1, len(layout.table.rows)):
        row = _read_row(kind, layout, at, merged)
        if row.outcome in {ListOutcome.STORED, ListOutcome.REFUSED}:
            _check(kind, context, row)
        yield row


def _check(kind: ListKind, context: ListContext, row: ListRow) -> None:
    """Ask what must hold for the whole row, as far as its cells could be read, and say where a good one goes."""
    for check in kind.checks:
        if not check.columns & row.unread:
            row.reasons += check.find_problems(context, row.values)
    row.outcome = ListOutcome.REFUSED if row.reasons else ListOutcome.STORED
    row.told = "" if row.reasons else kind.tell(context, row.values)


def _read_row(kind: ListKind, layout: ListLayout, at: int, merged: set[tuple[int, int]]) -> ListRow:
    read = [(column, name) for column, name in enumerate(layout.names) if name]
    cells = {column: plain_text(layout.table.cell(at, column)) for column, _ in read}  # as a form reads what is typed
    labels = [(kind.column(name), cells[column]) for column, name in read]
    row = ListRow(at + 1, [(column.label, shorten(cell, 120)) for column, cell in labels if column and cell])
    if not any(layout.table.rows[at]):
        row.outcome = ListOutcome.BLANK
    elif at in layout.table.hidden_rows and not layout.takes_hidden:
        row.outcome, row.reasons = ListOutcome.LEFT, ["Raden är dold i bladet."]
    else:
        for column, name in read:
            if problem := _problem(kind, layout, (at, column), merged) or _read_cell(kind, row, name, cells[column]):
                row.reasons.append(problem)
                row.unread.add(name)
        row.outcome = ListOutcome.REFUSED if row.reasons else ListOutcome.STORED
    return row


def _problem(kind: ListKind, layout: ListLayout, place: tuple[int, int], merged: set[tuple[int, int]]) -> str:
    """Return why a cell cannot be read, whatever stands in it; empty when it can."""
    label = _label(kind, layout.names[place[1]])
    if place in merged:
        return f"{label}: cellen är sammanfogad med andra. Dela den först."
    flaw = layout.table.flaws.get(place)
    return f"{label}: {_FLAWS[flaw]}." if flaw else ""


def _read_cell(kind: ListKind, row: ListRow, name: str, cell: str) -> str:
    """Keep what the cell says. Return why it cannot be read; empty when it can."""
    column = kind.column(name)
    if column is None:
        return ""
    if not cell:
        return f"{column.label} saknas." if column.is_required and not column.may_be_empty else ""
    try:
        row.values[name] = column.read_cell(cell)
    except BadCell as problem:
        return f"{column.label}: {problem}"
    return ""


def _label(kind: ListKind, name: str) -> str:
    column = kind.column(name)
    return column.label if column else name
