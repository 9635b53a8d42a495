"""Answers from a spreadsheet: a dry run says row by row what is wrong, then all that is right is stored at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from uuid import UUID, uuid5

from django.db import transaction

from actors.models import User
from surveys.collecting import receiving
from surveys.importing.spreadsheets import MAX_ROWS, parse_cells
from surveys.models import Channel, Response, Wave
from surveys.questionnaire.survey_definition import AskedQuestion, SurveyDefinition, load_definition
from surveys.rules.languages import LANGUAGE_NAMES
from surveys.rules.questions import AnswerValue, InvalidAnswer, QuestionKind, QuestionSpec, clean_answer

# Rows get their keys from what they say, so that the same rows pasted again are recognised.
_SPACE = UUID("5f0c1f7e-3a55-4b0e-9b57-6f6d1f5c2a90")
_LANGUAGE_HEADINGS = frozenset({"språk", "language"})


@dataclass
class ImportRow:
    """A row as it was read: the answers that can be kept, or what is wrong."""

    line: int
    language: str = "sv"
    shown: list[str] = field(default_factory=list)  # the cells of the columns that are read
    answers: dict[int, AnswerValue] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    note: str = ""  # why a row that is not wrong is skipped
    key: UUID = _SPACE

    @property
    def is_stored(self) -> bool:
        """Whether it will become an answer."""
        return not self.problems and not self.note


@dataclass(frozen=True)
class ImportColumn:
    """A column and the question it answers; `question` is None for the language and for what is not recognised."""

    heading: str
    question: AskedQuestion | None
    is_language: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the column is read."""
        return self.question is not None or self.is_language


@dataclass(frozen=True)
class DryRun:
    """What would happen if the rows were stored."""

    columns: list[ImportColumn]
    rows: list[ImportRow]
    problem: str = ""

    @property
    def good(self) -> list[ImportRow]:
        """Rows that will be stored."""
        return [row for row in self.rows if row.is_stored]

    @property
    def bad(self) -> list[ImportRow]:
        """Rows with something wrong."""
        return [row for row in self.rows if row.problems]

    @property
    def unknown(self) -> list[str]:
        """Headings that were not recognised."""
        return [column.heading for column in self.columns if column.heading and not column.is_known]


def dry_run(*, wave: Wave, channel: Channel, language: str, text: str) -> DryRun:
    """Read the rows and judge them, storing nothing."""
    definition = load_definition(wave.survey)
    headings, *lines = parse_cells(text)
    columns = [_column(definition, heading) for heading in headings]
    problem = _problem_with(columns, lines)
    if problem:
        return DryRun(columns, [], problem)
    rows = [_row(columns, number, cells, language) for number, cells in enumerate(lines, 2)]
    for row in rows:
        _require(definition, row)
    _name(rows, wave, channel)
    return DryRun(columns, rows)


@transaction.atomic
def store_rows(*, wave: Wave, channel: Channel, by: User, rows: Iterable[ImportRow]) -> int:
    """Store the rows that are right, all or none. Returns how many were new; the same rows twice are stored once."""
    receipts = [
        receiving.receive(
            wave=wave,
            submission=row.key,
            channel=channel,
            language=row.language,
            entry=Response.Entry.IMPORT,
            answers=row.answers,
        )
        for row in rows
        if row.is_stored
    ]
    new = sum(receipt.is_new for receipt in receipts)
    if new:
        wave.survey.events.create(kind="imported", wave=wave, by=by, what=f"{new} svar, {channel}")
    return new


def template_headings(definition: SurveyDefinition) -> list[str]:
    """The first row of the template."""
    return ["Språk", *(question.text.get("sv", "") for question in definition.questions)]


def _problem_with(columns: list[ImportColumn], lines: list[list[str]]) -> str:
    if not any(column.question for column in columns):
        return "Ingen kolumn känns igen. Första raden ska vara formulärets frågor som rubriker; jämför med mallen."
    twice = [pk for pk, times in Counter(c.question.pk for c in columns if c.question).items() if times > 1]
    if twice:
        return "Två kolumner har samma fråga som rubrik. Ta bort den ena."
    if not lines:
        return "Det finns inga rader under rubrikerna."
    if len(lines) > MAX_ROWS:
        return f"Högst {MAX_ROWS} rader i taget. Dela upp dem i flera omgångar."
    return ""


def _column(definition: SurveyDefinition, heading: str) -> ImportColumn:
    wanted = _plain(heading)
    if wanted in _LANGUAGE_HEADINGS:
        return ImportColumn(heading, None, is_language=True)
    return ImportColumn(heading, next((one for one in definition.questions if wanted in _names(one)), None))


def _names(question: AskedQuestion) -> set[str]:
    """What a column for the question may be called: its text in any language, or what background it is."""
    return {_plain(text) for text in (*question.text.values(), question.name, question.background)} - {""}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip("?؟*:. ")


def _row(columns: list[ImportColumn], number: int, cells: list[str], language: str) -> ImportRow:
    row = ImportRow(number, language)
    row.shown = [cell for column, cell in zip_longest(columns, cells, fillvalue="") if _is_read(column)]
    if not any(cells):
        row.note = "tom rad"
        return row
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        row.problems.append("Raden har fler celler än det finns rubriker.")
    for column, cell in zip(columns, cells, strict=False):
        _read_cell(row, column, cell)
    if not row.answers and not row.problems:
        row.problems.append("Raden har inget svar på någon fråga.")
    return row


def _is_read(column: ImportColumn | str) -> bool:
    return isinstance(column, ImportColumn) and column.is_known


def _read_cell(row: ImportRow, column: ImportColumn, cell: str) -> None:
    if column.is_language and cell:
        found = _language(cell)
        if found:
            row.language = found
        else:
            row.problems.append(f"Språket «{_short(cell)}» känns inte igen.")
    elif column.question is not None:
        try:
            answer = clean_answer(_without_requirement(column.question), _raw(column.question, cell))
        except InvalidAnswer as invalid:
            row.problems.append(_said(column, cell, invalid))
        else:
            if answer is not None:
                row.answers[column.question.pk] = answer


def _said(column: ImportColumn, cell: str, invalid: InvalidAnswer) -> str:
    heading = _short(column.heading, 40)
    if invalid.code == "unknown_option":
        return f"{heading}: «{_short(cell)}» är inget av svarsvalen."
    return f"{heading}: {invalid.message}"


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _language(cell: str) -> str:
    plain = cell.casefold()
    return next((code for code, name in LANGUAGE_NAMES.items() if plain in {code, name}), "")


def _without_requirement(question: AskedQuestion) -> QuestionSpec:
    return replace(question.spec, required=False)


def _raw(question: AskedQuestion, cell: str) -> list[str]:
    """A cell as the form would have sent it: labels turned into codes; several choices stand with ; between."""
    if question.spec.kind == QuestionKind.FREE_TEXT or not cell:
        return [cell]
    codes = {_plain(label): option.value for option in question.options for label in option.text.values()}
    codes |= {_plain(option.value): option.value for option in question.options}
    whole = codes.get(_plain(cell))
    if whole:
        return [whole]
    parts = [part.strip() for part in cell.replace("\n", ";").split(";") if part.strip()]
    return [codes.get(_plain(part), part) for part in parts]


def _require(definition: SurveyDefinition, row: ImportRow) -> None:
    """What must be answered in the form must be answered in the row."""
    if row.note or row.problems:
        return
    missing = [one for one in definition.questions if one.spec.required and one.pk not in row.answers]
    row.problems += [f"Frågan «{_short(one.text.get('sv', ''), 60)}» måste besvaras." for one in missing]


def _name(rows: Iterable[ImportRow], wave: Wave, channel: Channel) -> None:
    """Give each row its key, and find those that are the same as another or were stored before.

    Two people can tick the same boxes, so only rows with the same words of their own count as the same.
    """
    seen: Counter[str] = Counter()
    first: dict[str, int] = {}
    for row in (row for row in rows if row.is_stored):
        content = repr(sorted((pk, answer.text, answer.choices) for pk, answer in row.answers.items()))
        if seen[content] and any(answer.text for answer in row.answers.values()):
            row.note = f"samma som rad {first[content]}"
            continue
        first.setdefault(content, row.line)
        row.key = uuid5(_SPACE, f"{wave.pk}:{channel.pk}:{seen[content]}:{content}")
        seen[content] += 1
    _note_stored([row for row in rows if row.is_stored])


def _note_stored(rows: list[ImportRow]) -> None:
    hashes = {receiving.submission_hash(row.key, row.answers): row for row in rows}
    for stored in Response.objects.filter(submission_hash__in=hashes).values_list("submission_hash", flat=True):
        hashes[stored].note = "finns redan"
