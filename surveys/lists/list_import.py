"""Judging and storing the rows of a list: the dry run does what storing does, and then takes all of it back at once.

So each rule that holds when somebody writes one by hand holds here, and what the page shows is what is stored.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns_for_many_acts
from ostberga.lib.refusal import Refusal
from surveys.importing.asks import Ask, Chosen
from surveys.importing.columns.layout import ImportSource
from surveys.importing.columns.remembering import load_remembered, remember
from surveys.importing.reading.tables import MAX_COLUMNS
from surveys.lists.declared import ListContext, ListKind
from surveys.lists.list_layout import ListLayout, read_layout
from surveys.lists.list_rows import ListOutcome, ListRow, read_rows
from surveys.lists.touching import State, states_of
from surveys.models import ListImport

MOST_ROWS = 300  # judged and stored within a request: each row is created twice


@dataclass(frozen=True)
class ListRun:
    """What was read, and what becomes of each row."""

    kind: ListKind
    layout: ListLayout
    rows: list[ListRow]
    problem: str = ""  # why nothing can be judged
    asks: Sequence[Ask] = ()  # the kind's own questions, about all rows

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
    def left_out(self) -> list[list[str]]:
        """Why each of those is not stored, its number and its first cell, below headings."""
        rows = [
            [" ".join(row.reasons), str(row.number), row.labelled[0][1] if row.labelled else ""]
            for row in self.not_stored
        ]
        return [["Varför", "Rad", "Första cellen"], *rows]

    @property
    def blank(self) -> list[int]:
        """The numbers of the empty rows."""
        return [row.number for row in self.outcome(ListOutcome.BLANK)]

    @property
    def fingerprint(self) -> str:
        """Changes whenever something else would be stored."""
        plan = [(row.number, row.outcome, row.told, sorted(row.values.items())) for row in self.rows]
        return hashlib.sha256(repr(plan).encode()).hexdigest()


@dataclass(frozen=True)
class ListStored:
    """The import that rows were stored by, and what became of each row: None for a page sent again."""

    done: ListImport
    run: ListRun | None = None


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
) -> ListStored | ListRun:
    """Store the rows; or return the run as it would be now, if it is not the one that was seen.

    The same key stores once: a page sent again gets its import. Raises Refusal when the key is another's, or no row is
    good.
    """
    require(context.by, COORDINATE, context.collaboration)
    take_turns_for_many_acts(ListImport(id=key))
    earlier = ListImport.objects.filter(pk=key).first()
    if earlier is not None:
        return ListStored(_mine(earlier, kind, context))
    with transaction.atomic():
        run = _run(kind, context, source, chosen)
        transaction.set_rollback(run.fingerprint != seen)
    if run.fingerprint != seen:
        return run
    if not run.stored:
        raise Refusal("Ingen rad går att spara.", code="nothing_to_store")
    remember(context.collaboration.pk, run.layout.choices)
    done = ListImport.objects.create(
        id=key,
        collaboration=context.collaboration,
        kind=kind.key,
        by=context.by,
        rows=len(run.rows),
        stored=len({row.key or row.number for row in run.stored}),
        keys=list(dict.fromkeys(row.key for row in run.stored if row.key)),
        states=_remember(kind, run, context),
    )
    return ListStored(done, run)


def pages_of_import(kind: ListKind, done: ListImport) -> list[tuple[str, str]]:
    """Return where what came in is seen now: labels and addresses."""
    return kind.lead_to(done.collaboration, list(kind.model._default_manager.filter(pk__in=done.keys)))


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
    asks = kind.asks(context, chosen)
    context.answers = {question.name: question.chosen for question in asks}
    rows = list(read_rows(kind, context, layout))
    good = [row for row in rows if row.outcome == ListOutcome.STORED]
    kind.prepare(context, [row.values for row in good])
    for row in good:
        _create(kind, context, row)
    return ListRun(kind, layout, rows, asks=asks)


def _find_problem(kind: ListKind, layout: ListLayout) -> str:
    named = Counter(filter(None, layout.names))
    missing = [column.label for column in kind.columns if column.is_required and column.name not in named]
    if missing:
        return f"Ingen kolumn är {' eller '.join(missing)}. Välj nedan vad kolumnerna är, eller var rubrikerna står."
    if any(times > 1 for times in named.values()):
        return "Två kolumner är valda till samma sak. Hoppa över den ena."
    if layout.table.width > MAX_COLUMNS:
        return f"Högst {MAX_COLUMNS} kolumner i taget. Ta bort dem som inte behövs."
    if len(layout.table.rows) - layout.heading - 1 > MOST_ROWS or layout.table.is_cut:
        return f"Högst {MOST_ROWS} rader i taget. Dela upp dem i flera omgångar."
    return "" if len(layout.table.rows) > layout.heading + 1 else "Det finns inga rader under rubrikerna."


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
