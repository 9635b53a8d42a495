"""What is asked about rows: quotation marks over several lines, hidden rows, merged cells, values and equal rows."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from surveys.importing.asks import Ask, Chosen, answer_for_all, ask, name_of_value, rows_in_words, shown
from surveys.importing.columns.column_roles import Column, shorten
from surveys.importing.columns.layout import Layout, quoted_rows
from surveys.importing.reading.tables import Merge
from surveys.importing.row_reading import NO_ANSWER, submitted_values, value_prefix
from surveys.importing.rows import Row
from surveys.rules.questions import QuestionKind

# Values and rows that are asked about one by one; more are asked about together, or stay refused.
MOST = 60
EACH, FIRST = "each", "first"
TAKE, SKIP = "take", "skip"
OTHERS, SAME = "others", "same"


def fill_merged(layout: Layout, chosen: Chosen) -> tuple[list[list[str]], list[Ask], dict[int, str]]:
    """Return the cells of every row, what is asked about merged cells, and why each row (from 0) that waits does so."""
    table, width = layout.table, layout.table.width
    cells = [row + [""] * (width - len(row)) for row in table.rows]
    asks, waiting, by_column = [], {}, _merges_by_column(layout)
    for column in layout.read:
        merges = by_column[column.index]
        if not merges:
            continue
        question = _ask_merged(layout, column, merges, chosen)
        asks.append(question)
        for merge in merges:
            for at in range(merge.top + 1, min(merge.bottom + 1, len(cells))):
                if question.chosen == EACH:
                    cells[at][column.index] = cells[merge.top][column.index]
                elif not question.is_answered:
                    waiting[at] = f"{column.label}: sammanfogad med rad {merge.top + 1}. Svara på frågan ovanför."
    return cells, asks, waiting


def ask_quoted(layout: Layout) -> dict[int, str]:
    """Return why each row (from 0) waits for an answer about quotation marks."""
    return {
        at: "Ett citattecken öppnar på en rad och stänger på en annan. Svara på frågan ovanför."
        for question in layout.quotes
        if not question.is_answered
        for at in quoted_rows(layout, question.name)
    }


def ask_hidden(layout: Layout, rows: Sequence[Row], chosen: Chosen) -> list[Ask]:
    """Ask whether rows that are hidden in the sheet are to be taken, and mark them."""
    hidden = [row for row in rows if row.number - 1 in layout.table.hidden_rows and not row.is_blank]
    if not hidden:
        return []
    numbers = [row.number for row in hidden]
    title = f"{rows_in_words(numbers).capitalize()} är dold i bladet. Ska den vara med?"
    if len(numbers) > 1:
        title = f"{rows_in_words(numbers).capitalize()} är dolda i bladet. Ska de vara med?"
    options = [(TAKE, "Ta med"), (SKIP, "Hoppa över")]
    question = ask(chosen, f"hidden-{layout.key}", title, options, rows=numbers)
    for row in hidden:
        row.notes.append("dold i bladet")
        if question.chosen == SKIP:
            row.left = "dold i bladet, hoppas över"
        elif not question.is_answered:
            row.unanswered.append("Raden är dold i bladet. Svara på frågan ovanför.")
    return [question]


def ask_values(layout: Layout, rows: Sequence[Row], cells: Sequence[Sequence[str]], chosen: Chosen) -> list[Ask]:
    """Ask what each value means that is none of its question's options: once per value, however many rows have it."""
    asks = []
    for column in layout.read:
        question = column.question
        if question is None or question.spec.kind == QuestionKind.FREE_TEXT:
            continue
        labels = [(option.value, option.text.get("sv", option.value)) for option in question.options]
        for value, numbers in _rows_by_value(column, rows, cells).items():
            name = name_of_value(value_prefix(column), value)
            if chosen.get(name) or set(submitted_values(question, column, value, chosen)) - set(question.spec.allowed):
                title = f"{column.label}: vad betyder «{shorten(value)}»? ({rows_in_words(numbers, 3)})"
                options = [*labels, (NO_ANSWER, "Inget svar på den frågan")]
                asks.append(ask(chosen, name, title, options, rows=numbers))
    return asks[:MOST]


def ask_equal(layout: Layout, rows: Sequence[Row], chosen: Chosen) -> list[Ask]:
    """Ask whether rows that are equal in all parts are different people; tell of equal words in rows that differ.

    Rows without free text are never asked about, since many people tick the same boxes.
    """
    asks = []
    for words, alike in _by(rows, lambda row: row.words).items():
        if not words or len(alike) == 1:
            continue
        for same in _by(alike, _all_parts).values():
            if len(same) > 1:
                asks.append(_ask_about_equal(layout, same, chosen))
        seen = {_all_parts(alike[0])}
        for row in alike[1:]:
            if (parts := _all_parts(row)) not in seen:
                seen.add(parts)
                row.notes.append(f"samma ord som rad {alike[0].number}, men annat skiljer: räknas som en person till")
    title = f"{len(asks)} gånger är rader precis lika. Är det olika personer?"
    options = [(OTHERS, "Olika personer: spara alla"), (SAME, "Samma rad flera gånger: spara den första av dem")]
    return shown(chosen, f"equal-{layout.key}", title, asks, options)


def _ask_about_equal(layout: Layout, same: Sequence[Row], chosen: Chosen) -> Ask:
    first, *later = same
    numbers = [row.number for row in same]
    question = ask(
        chosen,
        f"equal-{layout.key}-{first.number}",
        f"{rows_in_words(numbers).capitalize()} säger precis samma sak: {_quote(first.said)} "
        f"{'Två personer' if len(same) == 2 else 'Olika personer'}?",
        [
            (OTHERS, f"Olika personer: spara alla {len(same)}"),
            (SAME, f"Samma rad flera gånger: spara rad {first.number}"),
        ],
        rows=numbers,
        default=answer_for_all(chosen, f"equal-{layout.key}"),
    )
    for row in later:
        if question.chosen == SAME:
            row.left = f"samma som rad {first.number}, enligt dig"
        elif not question.is_answered:
            row.unanswered.append(f"Precis samma som rad {first.number}. Svara på frågan ovanför.")
    return question


def _quote(text: str) -> str:
    """Return the words as they are written, with one full stop last."""
    return f"«{shorten(text, 50)}»" + ("" if text.endswith((".", "!", "?", "…")) else ".")


def _all_parts(row: Row) -> tuple[object, ...]:
    chosen = tuple((key, answer.choices) for key, answer in sorted(row.answers.items()))
    return row.words, chosen, row.language, row.said_on, row.place and row.place.label


def _by(rows: Sequence[Row], part: Callable[[Row], object]) -> dict[object, list[Row]]:
    """Group the rows that could be stored by a part of them."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if not (row.is_blank or row.left or row.problems):
            groups[part(row)].append(row)
    return groups


def _rows_by_value(column: Column, rows: Sequence[Row], cells: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    values: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if value := cells[row.number - 1][column.index]:
            values[value].append(row.number)
    return values


def _merges_by_column(layout: Layout) -> dict[int, list[Merge]]:
    """Return the merges that are about rows, by their first column."""
    merges: dict[int, list[Merge]] = defaultdict(list)
    for merge in layout.table.merges:
        if _is_about_rows(merge, layout):
            merges[merge.left].append(merge)
    return merges


def _is_about_rows(merge: Merge, layout: Layout) -> bool:
    """Whether more than one row under the headings is merged, and there is something in the cell."""
    return merge.top > layout.heading and merge.bottom > merge.top and bool(layout.table.cell(merge.top, merge.left))


def _ask_merged(layout: Layout, column: Column, merges: Sequence[Merge], chosen: Chosen) -> Ask:
    first = merges[0]
    value = shorten(layout.table.cell(first.top, first.left), 30)
    more = f" (och {len(merges) - 1} sådana till)" if len(merges) > 1 else ""
    return ask(
        chosen,
        f"merged-{layout.key}-{column.index}",
        f"{column.label}: «{value}» är en cell över rad {first.top + 1}–{first.bottom + 1}{more}. Vilka gäller den?",
        [(EACH, "Alla raderna"), (FIRST, "Bara den första")],
    )
