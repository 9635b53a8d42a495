"""Imports answers from spreadsheet rows: a dry run reports the problems of each row, then all valid rows are stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from uuid import UUID, uuid5

from django.db import transaction

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from surveys.batching import blank_counts
from surveys.collecting import receiving
from surveys.importing.spreadsheets import MAX_ROWS, parse_cells
from surveys.models import Channel, Response, Wave
from surveys.questionnaire.survey_definition import AskedQuestion, SurveyDefinition, load_definition
from surveys.rules.languages import LANGUAGE_NAMES
from surveys.rules.questions import AnswerValue, InvalidAnswer, QuestionKind, QuestionSpec, clean_answer

# Namespace of row keys, which derive from the content so that rows pasted again are recognised.
_KEY_NAMESPACE = UUID("5f0c1f7e-3a55-4b0e-9b57-6f6d1f5c2a90")
_LANGUAGE_HEADINGS = frozenset({"språk", "language"})


@dataclass
class ImportRow:
    """A row as read: its valid answers, or its problems."""

    line: int
    language: str = "sv"
    cells: list[str] = field(default_factory=list)  # the cells of the known columns
    answers: dict[int, AnswerValue] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    note: str = ""  # why a valid row is skipped
    key: UUID = _KEY_NAMESPACE

    @property
    def is_stored(self) -> bool:
        """Whether it will be stored."""
        return not self.problems and not self.note


@dataclass(frozen=True)
class ImportColumn:
    """A column and its question; `question` is None for the language column and for unknown columns."""

    heading: str
    question: AskedQuestion | None
    is_language: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the column was recognised."""
        return self.question is not None or self.is_language


@dataclass(frozen=True)
class DryRun:
    """The result of reading the rows without storing them."""

    columns: list[ImportColumn]
    rows: list[ImportRow]
    problem: str = ""

    @property
    def good(self) -> list[ImportRow]:
        """The rows that will be stored."""
        return [row for row in self.rows if row.is_stored]

    @property
    def bad(self) -> list[ImportRow]:
        """The rows with problems."""
        return [row for row in self.rows if row.problems]

    @property
    def unknown(self) -> list[str]:
        """The headings that were not recognised."""
        return [column.heading for column in self.columns if column.heading and not column.is_known]


def dry_run(*, wave: Wave, channel: Channel, language: str, text: str) -> DryRun:
    """Read and validate the rows without storing anything."""
    definition = load_definition(wave.survey)
    headings, *lines = parse_cells(text)
    columns = [_read_column(definition, heading) for heading in headings]
    problem = _find_problem(columns, lines)
    if problem:
        return DryRun(columns, [], problem)
    rows = [_read_row(columns, number, cells, language) for number, cells in enumerate(lines, 2)]
    for row in rows:
        _check_required(definition, row)
    _set_keys(rows, wave, channel)
    return DryRun(columns, rows)


@transaction.atomic
def store_rows(*, wave: Wave, channel: Channel, by: User, rows: Iterable[ImportRow]) -> int:
    """Store the valid rows in one transaction. Returns how many were new; a row already stored is not stored again.

    Rows without their channel are counted last: until commit the count keeps residents from what waits, and locks taken
    after it would be taken in another order than elsewhere.
    """
    require(by, COORDINATE, wave)
    receipts = [
        receiving.receive(
            wave=wave,
            submission=row.key,
            channel=channel,
            language=row.language,
            entry=Response.Entry.IMPORT,
            answers=row.answers,
            counts_blank=False,
        )
        for row in rows
        if row.is_stored
    ]
    new = sum(receipt.is_new for receipt in receipts)
    if new:
        wave.survey.events.create(kind="imported", wave=wave, by=by, what=f"{new} svar, {channel}")
    if blank := sum(receipt.is_blank for receipt in receipts):
        blank_counts.count_blank(channel, wave, blank)
    return new


def template_headings(definition: SurveyDefinition) -> list[str]:
    """Return the headings of the template."""
    return ["Språk", *(question.text.get("sv", "") for question in definition.questions)]


def _find_problem(columns: list[ImportColumn], lines: list[list[str]]) -> str:
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


def _read_column(definition: SurveyDefinition, heading: str) -> ImportColumn:
    wanted = _normalise(heading)
    if wanted in _LANGUAGE_HEADINGS:
        return ImportColumn(heading, None, is_language=True)
    return ImportColumn(
        heading, next((question for question in definition.questions if wanted in _accepted_headings(question)), None)
    )


def _accepted_headings(question: AskedQuestion) -> set[str]:
    """Return the accepted headings of a question: its text in any language, its name or its background key."""
    return {_normalise(text) for text in (*question.text.values(), question.name, question.background)} - {""}


def _normalise(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip("?؟*:. ")


def _read_row(columns: list[ImportColumn], number: int, cells: list[str], language: str) -> ImportRow:
    row = ImportRow(number, language)
    row.cells = [cell for column, cell in zip_longest(columns, cells, fillvalue="") if _is_read(column)]
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
        language = _read_language(cell)
        if language:
            row.language = language
        else:
            row.problems.append(f"Språket «{_shorten(cell)}» känns inte igen.")
    elif column.question is not None:
        try:
            answer = clean_answer(_without_requirement(column.question), _submitted_values(column.question, cell))
        except InvalidAnswer as invalid:
            row.problems.append(_describe_problem(column, cell, invalid))
        else:
            if answer is not None:
                row.answers[column.question.pk] = answer


def _describe_problem(column: ImportColumn, cell: str, invalid: InvalidAnswer) -> str:
    heading = _shorten(column.heading, 40)
    if invalid.code == "unknown_option":
        return f"{heading}: «{_shorten(cell)}» är inget av svarsvalen."
    return f"{heading}: {invalid.message}"


def _shorten(text: str, length: int = 60) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _read_language(cell: str) -> str:
    plain = cell.casefold()
    return next((code for code, name in LANGUAGE_NAMES.items() if plain in {code, name}), "")


def _without_requirement(question: AskedQuestion) -> QuestionSpec:
    return replace(question.spec, required=False)


def _submitted_values(question: AskedQuestion, cell: str) -> list[str]:
    """Return a cell as the form would submit it: labels become codes; several choices are separated by «;»."""
    if question.spec.kind == QuestionKind.FREE_TEXT or not cell:
        return [cell]
    codes = {_normalise(label): option.value for option in question.options for label in option.text.values()}
    codes |= {_normalise(option.value): option.value for option in question.options}
    whole = codes.get(_normalise(cell))
    if whole:
        return [whole]
    parts = [part.strip() for part in cell.replace("\n", ";").split(";") if part.strip()]
    return [codes.get(_normalise(part), part) for part in parts]


def _check_required(definition: SurveyDefinition, row: ImportRow) -> None:
    """Add a problem for each required question without an answer."""
    if row.note or row.problems:
        return
    missing = [
        question for question in definition.questions if question.spec.required and question.pk not in row.answers
    ]
    row.problems += [f"Frågan «{_shorten(question.text.get('sv', ''), 60)}» måste besvaras." for question in missing]


def _set_keys(rows: Iterable[ImportRow], wave: Wave, channel: Channel) -> None:
    """Set the key of each row, and note duplicates and rows already stored.

    Rows without free text are never duplicates, since two people can tick the same boxes.
    """
    seen: Counter[str] = Counter()
    first: dict[str, int] = {}
    for row in (row for row in rows if row.is_stored):
        content = repr(sorted((pk, answer.text, answer.choices) for pk, answer in row.answers.items()))
        if seen[content] and any(answer.text for answer in row.answers.values()):
            row.note = f"samma som rad {first[content]}"
            continue
        first.setdefault(content, row.line)
        row.key = uuid5(_KEY_NAMESPACE, f"{wave.pk}:{channel.pk}:{seen[content]}:{content}")
        seen[content] += 1
    _note_stored([row for row in rows if row.is_stored])


def _note_stored(rows: list[ImportRow]) -> None:
    hashes = {receiving.submission_hash(row.key, row.answers): row for row in rows}
    for stored in Response.objects.filter(submission_hash__in=hashes).values_list("submission_hash", flat=True):
        hashes[stored].note = "finns redan"
