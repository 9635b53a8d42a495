"""Which rows are stored already: the key of each row, asked about once; and receipt codes that are taken."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID, uuid5

from surveys.collecting import receiving
from surveys.importing.asks import Ask, Chosen, ask, rows_in_words
from surveys.importing.columns.layout import Layout
from surveys.importing.row_doubts import OTHERS, SAME
from surveys.importing.rows import Row, RowOutcome
from surveys.models import Interview, Response

# Namespace of row keys, which derive from the content so that rows pasted again are recognised.
_KEY_NAMESPACE = UUID("5f0c1f7e-3a55-4b0e-9b57-6f6d1f5c2a90")


def set_keys(layout: Layout, rows: Sequence[Row], chosen: Chosen) -> list[Ask]:
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


def row_key(row: Row) -> UUID:
    """Return the key of a row. Its place is not in it: whoever tries all places must not learn which one it was."""
    week = f":{row.week.isoformat()}" if row.said_on else ""
    return uuid5(_KEY_NAMESPACE, f"{row.wave and row.wave.pk}:{row.repeat}:{row.content}{week}")


def _same_key(row: Row) -> tuple[object, ...]:
    return row.wave, row.content, row.said_on and row.week


def _hash(row: Row) -> str:
    """Return the hash under which the row is stored."""
    return receiving.submission_hash(row_key(row), row.answers)


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


def check_receipts(rows: Sequence[Row]) -> None:
    """Add a problem for each receipt code that is another row's, or stored already. Two queries."""
    having = {row.number: receiving.receipt_hash(row.receipt) for row in rows if row.receipt and not row.left}
    taken: set[str] = set()
    for model in (Response, Interview) if having else ():
        taken |= set(model.objects.filter(receipt_hash__in=having.values()).values_list("receipt_hash", flat=True))
    for row in rows:
        if row.number in having:
            if having[row.number] in taken:
                row.problems.append("Kvittokoden finns redan, på ett annat svar eller längre upp i filen.")
            taken.add(having[row.number])
