"""Judging and storing the rows of a list: the dry run does what storing does, and then takes all of it back at once.

So each rule that holds when somebody writes one by hand holds here, and what the page shows is what is stored.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns_for_many_acts
from ostberga.lib.plain_text import plain_text
from ostberga.lib.refusal import Refusal
from surveys.importing.asks import Chosen
from surveys.importing.columns.column_roles import shorten
from surveys.importing.columns.layout import ImportSource
from surveys.importing.columns.remembering import load_remembered, remember
from surveys.importing.reading.tables import Flaw
from surveys.lists.declared import BadCell, ListContext, ListKind
from surveys.lists.list_layout import ListLayout, read_layout
from surveys.lists.touching import State, states_of
from surveys.models import ListImport

MOST_ROWS = 300  # judged and stored within a request: each row is created twice
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
    key: str = ""  # of what it became


@dataclass(frozen=True)
class ListRun:
    """What was read, and what becomes of each row."""

    kind: ListKind
    layout: ListLayout
    rows: list[ListRow]
    problem: str = ""  # why nothing can be judged

    def outcome(self, outcome: ListOutcome) -> list[ListRow]:
        """The rows with this outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def stored(self) -> list[ListRow]:
        """The rows that are stored."""
        return self.outcome(ListOutcome.STORED)

    @property
    def not_stored(self) -> list[ListRow]:
        """The rows that hold something and are not stored."""
        return [row for row in self.rows if row.outcome in {ListOutcome.REFUSED, ListOutcome.LEFT}]

    @property
    def blank(self) -> list[int]:
        """The numbers of the empty rows."""
        return [row.number for row in self.outcome(ListOutcome.BLANK)]

    @property
    def fingerprint(self) -> str:
        """Changes whenever something else would be stored."""
        plan = [(row.number, row.outcome, sorted(row.values.items())) for row in self.rows]
        return hashlib.sha256(repr(plan).encode()).hexdigest()


@transaction.atomic
def judge(*, kind: ListKind, context: ListContext, source: ImportSource, chosen: Chosen) -> ListRun:
    """Return what would become of each row, without storing anything. Raises UnreadableFile."""
    require(context.by, COORDINATE, context.collaboration)
    with transaction.atomic():
        run = _run(kind, context, source, chosen)
        transaction.set_rollback(True)
    return run


@transaction.atomic
def store(
    *, kind: ListKind, context: ListContext, source: ImportSource, chosen: Chosen, key: UUID, seen: str
) -> ListImport | ListRun:
    """Store the rows and return the import; or return the run as it would be now, if it is not the one that was seen.

    The same key stores once: a page sent again gets its import. Raises Refusal when the key is another's, or no row is
    good.
    """
    require(context.by, COORDINATE, context.collaboration)
    take_turns_for_many_acts(ListImport(id=key))
    earlier = ListImport.objects.filter(pk=key).first()
    if earlier is not None:
        return _mine(earlier, kind, context)
    with transaction.atomic():
        run = _run(kind, context, source, chosen)
        transaction.set_rollback(run.fingerprint != seen)
    if run.fingerprint != seen:
        return run
    if not run.stored:
        raise Refusal("Ingen rad går att spara.", code="nothing_to_store")
    remember(context.collaboration.pk, run.layout.choices)
    return ListImport.objects.create(
        id=key,
        collaboration=context.collaboration,
        kind=kind.key,
        by=context.by,
        rows=len(run.rows),
        stored=len({row.key or row.number for row in run.stored}),
        keys=list(dict.fromkeys(row.key for row in run.stored if row.key)),
        states=_remember(kind, run, context),
    )


def _mine(earlier: ListImport, kind: ListKind, context: ListContext) -> ListImport:
    if (earlier.collaboration_id, earlier.kind, earlier.by_id) != (context.collaboration.pk, kind.key, context.by.pk):
        raise Refusal("Sidan hör till någon annans import. Börja om med filen.", code="not_mine")
    return earlier


def _remember(kind: ListKind, run: ListRun, context: ListContext) -> dict[str, State]:
    """Return how each thing of the import looks now that all of it is there, to tell later what has been touched."""
    keys = [row.key for row in run.stored if row.key]
    made = [*kind.model._default_manager.filter(pk__in=keys), *context.beside]
    return {name: state for name, state in states_of(made).items() if state}


def _run(kind: ListKind, context: ListContext, source: ImportSource, chosen: Chosen) -> ListRun:
    """Read all rows, and create what they say."""
    layout = read_layout(kind, source, chosen, load_remembered(context.collaboration.pk))
    if problem := _find_problem(kind, layout):
        return ListRun(kind, layout, [], problem)
    rows = list(_read_rows(kind, context, layout))
    good = [row for row in rows if row.outcome == ListOutcome.STORED]
    kind.prepare(context, [row.values for row in good])
    for row in good:
        _create(kind, context, row)
    return ListRun(kind, layout, rows)


def _find_problem(kind: ListKind, layout: ListLayout) -> str:
    named = Counter(filter(None, layout.names))
    missing = [column.label for column in kind.columns if column.is_required and column.name not in named]
    if missing:
        return f"Ingen kolumn är {' eller '.join(missing)}. Välj nedan vad kolumnerna är, eller var rubrikerna står."
    if any(times > 1 for times in named.values()):
        return "Två kolumner är valda till samma sak. Hoppa över den ena."
    if len(layout.table.rows) - layout.heading - 1 > MOST_ROWS or layout.table.is_cut:
        return f"Högst {MOST_ROWS} rader i taget. Dela upp dem i flera omgångar."
    return "" if len(layout.table.rows) > layout.heading + 1 else "Det finns inga rader under rubrikerna."


def _read_rows(kind: ListKind, context: ListContext, layout: ListLayout) -> Iterator[ListRow]:
    merged = {
        (row, column)
        for merge in layout.table.merges
        for row in range(merge.top, min(merge.bottom + 1, len(layout.table.rows)))
        for column in range(merge.left, min(merge.right + 1, layout.table.width))
    }
    for at in range(layout.heading + 1, len(layout.table.rows)):
        row = _read_row(kind, layout, at, merged)
        if row.outcome == ListOutcome.STORED:
            row.reasons += kind.check(context, row.values)
            row.outcome = ListOutcome.REFUSED if row.reasons else row.outcome
        yield row


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
            if (at, column) in merged:
                row.reasons.append(f"{_label(kind, name)}: cellen är sammanfogad med andra. Dela den först.")
            elif flaw := layout.table.flaws.get((at, column)):
                row.reasons.append(f"{_label(kind, name)}: {_FLAWS[flaw]}.")
            else:
                _read_cell(kind, row, name, cells[column])
        row.outcome = ListOutcome.REFUSED if row.reasons else ListOutcome.STORED
    return row


def _read_cell(kind: ListKind, row: ListRow, name: str, cell: str) -> None:
    column = kind.column(name)
    if column is None:
        return
    if cell:
        try:
            row.values[name] = column.read(cell)
        except BadCell as problem:
            row.reasons.append(f"{column.label}: {problem}")
    elif column.is_required and not column.may_be_empty:
        row.reasons.append(f"{column.label} saknas.")


def _label(kind: ListKind, name: str) -> str:
    column = kind.column(name)
    return column.label if column else name


def _create(kind: ListKind, context: ListContext, row: ListRow) -> None:
    """Create what the row says, or write down why that is refused."""
    try:
        with transaction.atomic():
            created = kind.create(context, row.values)
    except Refusal as refusal:
        row.outcome, row.reasons = ListOutcome.REFUSED, [str(refusal)]
        return
    row.key = str(created.thing.pk) if created.thing else ""
    if not created.is_new:
        row.outcome, row.reasons = ListOutcome.LEFT, ["Finns redan."]
