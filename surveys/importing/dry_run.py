"""The dry run: what becomes of every row of a file, and what must be answered first. Stores nothing."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from surveys.importing.asks import Ask, Chosen
from surveys.importing.columns.column_roles import SKIP, load_wordings
from surveys.importing.columns.layout import ImportSource, Layout, read_layout, shown_quotes
from surveys.importing.columns.remembering import heading_name
from surveys.importing.places import NEW, NEW_SMALL, NONE, ask_places, choose_waves
from surveys.importing.reading.tables import MAX_ROWS
from surveys.importing.row_doubts import ask_equal, ask_hidden, ask_quoted, ask_values, fill_merged
from surveys.importing.row_keys import check_receipts, set_keys
from surveys.importing.row_reading import NO_ANSWER, Judging, check_required, read_row
from surveys.importing.rows import Batch, Row, RowOutcome
from surveys.models import Survey

Tell = Callable[[int, int], None]  # rows read, rows in all
_TELL_EVERY = 500  # rows


@dataclass(frozen=True)
class DryRun:
    """What was read, what becomes of each row, and what is asked."""

    layout: Layout
    rows: list[Row]
    asks: list[Ask]  # about rows
    values: list[Ask]  # about values: once each
    places: list[Ask]
    problem: str = ""  # why nothing can be judged yet

    def outcome(self, outcome: RowOutcome) -> list[Row]:
        """The rows with this outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def stored(self) -> list[Row]:
        """The rows that will be stored."""
        return self.outcome(RowOutcome.STORED)

    @property
    def asked(self) -> list[Row]:
        """The rows that wait for an answer."""
        return self.outcome(RowOutcome.ASKED)

    @property
    def not_stored(self) -> list[Row]:
        """The rows that hold something and will not be stored."""
        return [row for row in self.rows if row.outcome not in {RowOutcome.STORED, RowOutcome.BLANK}]

    @property
    def blank(self) -> list[int]:
        """The numbers of the empty rows."""
        return [row.number for row in self.outcome(RowOutcome.BLANK)]

    @property
    def blank_in_words(self) -> str:
        """The first of those numbers, and how many more."""
        shown = ", ".join(map(str, self.blank[:20]))
        return f"{shown} och {len(self.blank) - 20} till" if len(self.blank) > 20 else shown

    @property
    def unit(self) -> str:
        """What the rows are, in words."""
        return "svar" if self.layout.are_people else "utsagor"

    @property
    def drops_places(self) -> bool:
        """Whether no place is stored, since one is small."""
        return self.layout.are_people and any(not row.keeps_place for row in self.stored)

    def choices(self, *, with_places: bool) -> list[tuple[str, str]]:
        """What was chosen for its headings, values and places, to be remembered for the next file.

        Without places where none is stored: what is remembered is written with the import, and would say whose it is. A
        column that nobody chose to skip is not remembered as skipped: another file may have no other of its kind.
        """
        named_columns = (column for column in self.layout.columns if column.heading.strip())
        headings = [
            (heading_name(column.heading), column.meaning)
            for column in named_columns
            if column.is_read or column.is_corrected
        ]
        asked = [*self.values, *(self.places if with_places else [])]
        named = [(question.name, question.chosen) for question in asked if question.is_answered]
        return [*headings, *(choice for choice in named if choice[1] not in {NO_ANSWER, NEW, NEW_SMALL, NONE})]

    @property
    def fingerprint(self) -> str:
        """Changes whenever something else would be stored: what was not seen is not stored."""
        plan = [
            (
                row.number,
                row.outcome,
                row.repeat,
                row.content,
                row.wave and row.wave.pk,
                str(row.place),
                row.week,
                row.language,
                row.receipt,
                row.note,
                row.keeps_place,
            )
            for row in self.rows
        ]
        return hashlib.sha256(repr(plan).encode()).hexdigest()


def judge(
    *, survey: Survey, batch: Batch, source: ImportSource, chosen: Chosen, tell: Tell = lambda _read, _rows: None
) -> DryRun:
    """Read and judge all rows without storing anything. `tell` hears now and then how far it has come.

    Raises UnreadableFile.
    """
    wordings = load_wordings(survey)
    chosen = {**wordings.remembered, **chosen}
    layout = read_layout(source, chosen, wordings)
    if problem := _find_problem(layout):
        return DryRun(layout, [], [], [], [], problem)
    cells, merged, waiting = fill_merged(layout, chosen)
    waiting |= ask_quoted(layout)
    judging = Judging(layout, wordings, batch, chosen, timezone.localdate())
    rows = _read_rows(judging, cells, waiting, tell)
    values = ask_values(layout, rows, cells, chosen)
    places = ask_places(judging, rows, cells, survey)
    choose_waves(rows, batch, survey)
    hidden = ask_hidden(layout, rows, chosen)
    equal = ask_equal(layout, rows, chosen)
    again = set_keys(layout, rows, chosen)
    check_receipts(rows)
    _keep_places(layout, rows)
    return DryRun(layout, rows, [*shown_quotes(layout, chosen), *merged, *hidden, *again, *equal], values, places)


def _read_rows(judging: Judging, cells: list[list[str]], waiting: dict[int, str], tell: Tell) -> list[Row]:
    layout, rows = judging.layout, list[Row]()
    for at in range(layout.heading + 1, len(layout.table.rows)):
        if len(rows) % _TELL_EVERY == 0:
            tell(len(rows), len(layout.table.rows) - layout.heading - 1)
        row = read_row(judging, at, cells[at])
        check_required(judging.wordings, row)
        if at in waiting and not row.is_blank:
            row.unanswered.append(waiting[at])
        rows.append(row)
    return rows


def _find_problem(layout: Layout) -> str:
    if not any(column.question for column in layout.columns):
        return "Ingen kolumn är en av formulärets frågor. Välj nedan vad kolumnerna är, eller var rubrikerna står."
    roles = Counter(column.role for column in layout.read)
    if any(times > 1 for role, times in roles.items() if role != SKIP):
        return "Två kolumner är valda till samma sak. Hoppa över den ena."
    lines = len(layout.table.rows) - layout.heading - 1
    if lines < 1:
        return "Det finns inga rader under rubrikerna."
    if lines > MAX_ROWS or layout.table.is_cut:
        return f"Högst {MAX_ROWS} rader i taget. Dela upp dem i flera omgångar."
    return ""


def _keep_places(layout: Layout, rows: Sequence[Row]) -> None:
    """Mark all rows as stored without their place where one is small, or where rows are statements."""
    is_small = any(row.place.is_small for row in rows if row.is_stored and row.place)
    for row in rows:
        row.keeps_place = layout.are_people and not is_small
