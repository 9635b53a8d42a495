"""The dry run: what becomes of every row of a file, and what must be answered first. Stores nothing."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.utils import timezone

from surveys.collecting import receiving
from surveys.importing.asks import Ask, Chosen, ask, rows_in_words
from surveys.importing.column_roles import SKIP, load_wordings
from surveys.importing.layout import ImportSource, Layout, read_layout, shown_quotes
from surveys.importing.places import ask_places, choose_waves
from surveys.importing.reading.tables import MAX_ROWS
from surveys.importing.row_doubts import OTHERS, SAME, ask_equal, ask_hidden, ask_quoted, ask_values, fill_merged
from surveys.importing.row_reading import Judging, check_required, read_row
from surveys.importing.rows import Batch, Row, RowOutcome
from surveys.models import Channel, Response, Survey

# Namespace of row keys, which derive from the content so that rows pasted again are recognised.
_KEY_NAMESPACE = UUID("5f0c1f7e-3a55-4b0e-9b57-6f6d1f5c2a90")


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
            )
            for row in self.rows
        ]
        return hashlib.sha256(repr(plan).encode()).hexdigest()


def judge(*, survey: Survey, batch: Batch, source: ImportSource, chosen: Chosen) -> DryRun:
    """Read and judge all rows without storing anything. Raises UnreadableFile."""
    wordings = load_wordings(survey)
    layout = read_layout(source, chosen, wordings)
    if problem := _find_problem(layout):
        return DryRun(layout, [], [], [], [], problem)
    cells, merged, waiting = fill_merged(layout, chosen)
    waiting |= ask_quoted(layout)
    judging = Judging(layout, wordings, batch, chosen, timezone.localdate())
    rows = _read_rows(judging, cells, waiting)
    values = ask_values(layout, rows, cells, chosen)
    places = ask_places(judging, rows, cells, survey)
    choose_waves(rows, batch, survey)
    hidden = ask_hidden(layout, rows, chosen)
    equal = ask_equal(layout, rows, chosen)
    again = _set_keys(layout, rows, chosen)
    return DryRun(layout, rows, [*shown_quotes(layout, chosen), *merged, *hidden, *again, *equal], values, places)


def _read_rows(judging: Judging, cells: list[list[str]], waiting: dict[int, str]) -> list[Row]:
    layout, rows = judging.layout, []
    for at in range(layout.heading + 1, len(layout.table.rows)):
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


def _set_keys(layout: Layout, rows: Sequence[Row], chosen: Chosen) -> list[Ask]:
    """Set the key of each row that could be stored, and ask about those that are stored already."""
    seen: Counter[tuple[object, ...]] = Counter()
    keyed = [row for row in rows if row.outcome in {RowOutcome.STORED, RowOutcome.ASKED}]
    for row in keyed:
        row.repeat = seen[_same_key(row)]
        seen[_same_key(row)] += 1
    stored = _already_stored(keyed)
    if not stored:
        return []
    numbers = [row.number for row in stored]
    question = ask(
        chosen,
        f"again-{layout.key}",
        f"{rows_in_words(numbers).capitalize()} finns redan, från en tidigare import. Är det andra människor?",
        [(SAME, "Nej, samma rader igen: spara dem inte"), (OTHERS, "Ja, andra med samma ord: spara dem också")],
        rows=numbers,
        default=SAME,
    )
    for row in stored:
        if question.chosen == OTHERS:
            _move_to_free_key(row, seen)
            row.notes.append("samma ord finns redan: räknas som en person till")
        else:
            row.left = "finns redan"
    return [question]


def row_key(row: Row, channel: Channel) -> UUID:
    """Return the key of a row of this channel. A row that says no day has the key it had before days were read."""
    week = f":{row.week.isoformat()}" if row.said_on else ""
    return uuid5(_KEY_NAMESPACE, f"{row.wave and row.wave.pk}:{channel.pk}:{row.repeat}:{row.content}{week}")


def _same_key(row: Row) -> tuple[object, ...]:
    return row.wave, str(row.place), row.content, row.said_on and row.week


def _hash(row: Row) -> str:
    """Return the hash under which the row is stored; empty for a place that is not there yet."""
    channel = row.place.channel if row.place else None
    return receiving.submission_hash(row_key(row, channel), row.answers) if channel else ""


def _move_to_free_key(row: Row, seen: Counter[tuple[object, ...]]) -> None:
    """Give the row the first key after those of this file that no stored row has."""
    while True:
        row.repeat = seen[_same_key(row)]
        seen[_same_key(row)] += 1
        if not Response.objects.filter(submission_hash=_hash(row)).exists():
            return


def _already_stored(rows: Sequence[Row]) -> list[Row]:
    hashes = {_hash(row): row for row in rows}
    stored = Response.objects.filter(submission_hash__in=hashes).values_list("submission_hash", flat=True)
    return sorted((hashes[key] for key in stored), key=lambda row: row.number)
