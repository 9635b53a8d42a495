"""Reading one row: its answers, language and day, with problems and notes in words for the person who imports."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ostberga.lib.privacy.codes import is_receipt_code, normalise_code
from surveys.importing.asks import Chosen, name_of_value
from surveys.importing.columns.cell_values import read_choices, read_language
from surveys.importing.columns.column_roles import DAY, LANGUAGE, NOTE, RECEIPT, Column, Wordings, shorten
from surveys.importing.columns.days import UnreadableDay, read_day
from surveys.importing.columns.layout import Layout
from surveys.importing.reading.tables import Flaw
from surveys.importing.rows import Batch, Row
from surveys.questionnaire.survey_definition import AskedQuestion
from surveys.rules.languages import LANGUAGE_NAMES, OTHER_LANGUAGE
from surveys.rules.questions import InvalidAnswer, QuestionSpec, clean_answer


@dataclass(frozen=True)
class Judging:
    """All that a row is judged by."""

    layout: Layout
    wordings: Wordings
    batch: Batch
    chosen: Chosen
    today: dt.date


MOST_IN_NOTE = 2_000  # characters
NO_ANSWER = "-"  # chosen for a value that is no answer
_FLAWED = {Flaw.FORMULA: "en formel", Flaw.ERROR: "ett felvärde"}
_FLAWS = {
    Flaw.FORMULA: "cellen är en formel ({}), inget svar. Skriv det som den visar",
    Flaw.ERROR: "cellen är ett felvärde ({}), inget svar",
}


def read_row(judging: Judging, at: int, cells: Sequence[str]) -> Row:
    """Return the row with this index (from 0). `cells` are those of the table, with merged cells filled in."""
    layout, batch = judging.layout, judging.batch
    row = Row(at + 1, language=batch.language, day=batch.day, wave=batch.wave)
    row.labelled = [(column.label, shorten(cells[column.index], 120)) for column in layout.read if cells[column.index]]
    row.is_blank = not any(layout.table.rows[at])
    if row.is_blank:
        return row
    if len(layout.table.rows[at]) > len(layout.columns):
        row.problems.append("Raden har fler celler än det finns rubriker.")
    for column in layout.read:
        flaw = layout.table.flaws.get((at, column.index))
        if flaw is not None and column.role == NOTE:
            row.notes.append(f"{column.label}: anteckningen följer inte med, cellen är {_FLAWED[flaw]}")
        elif flaw is not None:
            reason = _FLAWS[flaw].format(shorten(cells[column.index], 30))
            row.problems.append(f"{column.label}: {reason}.")
        else:
            _read_cell(row, column, cells[column.index], judging)
    if any((at, column.index) in layout.table.escaped for column in layout.read):
        row.notes.append("«_x000D_» är Excels sätt att skriva radbrytning, och läses så")
    if not row.answers and not row.problems:
        row.problems.append("Raden har inget svar på någon fråga.")
    return row


def check_required(wordings: Wordings, row: Row) -> None:
    """Add a problem for each required question without an answer, in any of its wordings."""
    if row.is_blank or row.problems:
        return
    answered = {wordings.roots[key] for key in row.answers}
    row.problems += [
        f"Frågan «{shorten(question.text.get('sv', ''))}» måste besvaras."
        for question in wordings.current
        if question.spec.required and wordings.roots[question.pk] not in answered
    ]


def _read_cell(row: Row, column: Column, cell: str, judging: Judging) -> None:
    if column.role == LANGUAGE:
        _read_language(row, cell)
    elif column.role == DAY:
        _read_day(row, column, cell, judging.today)
    elif column.role == RECEIPT:
        _read_receipt(row, column, cell)
    elif column.role == NOTE:
        row.note = cell[:MOST_IN_NOTE]
        if len(cell) > MOST_IN_NOTE:
            row.problems.append(f"{column.label}: anteckningen är för lång, högst {MOST_IN_NOTE} tecken.")
    elif column.question is not None:
        _read_answer(row, column, column.question, cell, judging.chosen)


def _read_language(row: Row, cell: str) -> None:
    if not cell:
        row.notes.append(f"inget språk: sparas som {LANGUAGE_NAMES[row.language]}")
        return
    row.language = read_language(cell)
    if row.language == OTHER_LANGUAGE:
        row.notes.append(f"«{shorten(cell, 30)}» sparas som annat språk")


def _read_day(row: Row, column: Column, cell: str, today: dt.date) -> None:
    if not cell:
        row.notes.append(f"ingen dag: räknas som {row.day.isoformat()}")
        return
    try:
        meant = read_day(cell, today)
    except UnreadableDay:
        row.problems.append(
            f"{column.label}: dagen «{shorten(cell, 30)}» går inte att läsa. Skriv till exempel 2026-10-12."
        )
        return
    if meant.day > today:
        row.problems.append(f"{column.label}: dagen «{shorten(cell, 30)}» har inte kommit än.")
        return
    row.said_on = row.day = meant.day
    if meant.doubt:
        row.notes.append(meant.doubt)


def _read_receipt(row: Row, column: Column, cell: str) -> None:
    if cell and not is_receipt_code(cell):
        row.problems.append(f"{column.label}: «{shorten(cell, 30)}» är ingen kvittokod: tio tecken, som 7K2MX-9DHQ4.")
    elif cell:
        row.receipt = normalise_code(cell)


def _read_answer(row: Row, column: Column, question: AskedQuestion, cell: str, chosen: Chosen) -> None:
    try:
        answer = clean_answer(_without_requirement(question), submitted_values(question, column, cell, chosen))
    except InvalidAnswer as invalid:
        row.problems.append(_describe_problem(column, cell, invalid))
        return
    if answer is None and cell and chosen.get(name_of_value(value_prefix(column), cell)) != NO_ANSWER:
        row.notes.append(f"{column.label}: cellen har bara osynliga tecken")
    if answer is not None:
        row.answers[question.pk] = answer
        if answer.text and _solid(answer.text) != _solid(cell):
            row.notes.append(f"{column.label}: osynliga tecken är borttagna")


def submitted_values(question: AskedQuestion, column: Column, cell: str, chosen: Chosen) -> list[str]:
    """Return the cell as the form would submit it, or what somebody has said that the value means."""
    said = chosen.get(name_of_value(value_prefix(column), cell), "")
    if said == NO_ANSWER:
        return []
    return [said] if said in question.spec.allowed else read_choices(question, cell)


def value_prefix(column: Column) -> str:
    """Return the beginning of the names of what is asked about a column's values."""
    return f"value-{column.role}"


def _solid(text: str) -> str:
    """Return the text without spaces, and as it would be if only its spaces and composed letters had been changed."""
    return "".join(unicodedata.normalize("NFC", text).split())


def _describe_problem(column: Column, cell: str, invalid: InvalidAnswer) -> str:
    if invalid.code == "unknown_option":
        return f"{column.label}: «{shorten(cell)}» är inget av svarsvalen."
    return f"{column.label}: {invalid.message}"


def _without_requirement(question: AskedQuestion) -> QuestionSpec:
    return replace(question.spec, required=False)
