"""Whatever table comes in, every row is stored or told: nothing is merged, dropped or changed in silence."""

import io
import unicodedata
from collections import Counter
from uuid import uuid4

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.importing.columns.layout import ImportSource
from surveys.importing.dry_run import judge
from surveys.importing.reading.delimited import format_cells
from surveys.importing.reading.tables import tables_to_json, without_trailing_blanks
from surveys.importing.reading.workbooks import read_workbook
from surveys.importing.rows import RowOutcome
from surveys.importing.storing import store_rows
from surveys.models import Answer, Response

pytestmark = pytest.mark.django_db

HEADINGS = ["Synpunkt", "Ålder", "Roll", "Område", "Datum", "Språk", "Eget"]
WORDS = st.sampled_from(
    ["", "Mer ljus", "mer  ljus", '"Tryggt', 'ljus"', "=1+1", "#N/A", "a_x000D_b", "\u200b", "två\nrader"]
)
CELLS = st.one_of(
    WORDS, st.text(max_size=8), st.sampled_from(["12/10 2026", "3 oktober", "sv", "tyska", "37", "Torget"])
)
TABLES = st.lists(st.lists(CELLS, max_size=8), max_size=8)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def text_of(rows, mark):
    return format_cells([HEADINGS, *rows]) if mark else "\n".join("\t".join(row) for row in [HEADINGS, *rows])


@QUICK
@given(rows=TABLES, is_quoted=st.booleans())
def test_every_row_of_a_pasted_table_has_exactly_one_outcome_and_a_reason(office, batch, rows, is_quoted):
    dry = judge(survey=office, batch=batch, source=ImportSource(text=text_of(rows, is_quoted)), chosen={})
    counts = Counter(row.outcome for row in dry.rows)

    if dry.problem:
        assert not dry.rows
    assert sum(counts[outcome] for outcome in RowOutcome) == max(
        len(dry.layout.table.rows) - dry.layout.heading - 1, 0
    ) * (not dry.problem)
    assert [row.number for row in dry.rows] == list(
        range(dry.layout.heading + 2, dry.layout.heading + 2 + len(dry.rows))
    )
    assert all(row.reasons for row in dry.not_stored)
    assert all(not any(dry.layout.table.rows[number - 1]) for number in dry.blank)


@QUICK
@given(rows=TABLES)
def test_a_workbook_gives_as_many_rows_as_it_has_and_what_is_stored_is_what_it_says(office, batch, ake, rows):
    book = openpyxl.Workbook()
    plain = [[openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row] for row in [HEADINGS, *rows]]
    for row in plain:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    tables = read_workbook(file.getvalue())
    dry = judge(survey=office, batch=batch, source=ImportSource(book=tables_to_json(tables)), chosen={})

    if not dry.problem:
        assert len(dry.rows) == len(without_trailing_blanks(tables[0].rows)) - 1
    for kept in dry.stored:
        said = "".join("".join(answer.text.split()) for answer in kept.answers.values())
        cell = "".join(unicodedata.normalize("NFC", dry.layout.table.cell(kept.number - 1, 0)).split())
        assert said == cell or any("osynliga tecken" in note for note in kept.notes)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES)
def test_what_the_dry_run_says_is_stored_is_stored(office, batch, ake, rows):
    before = Response.objects.count()
    dry = judge(survey=office, batch=batch, source=ImportSource(text=text_of(rows, False)), chosen={})
    done = store_rows(survey=office, key=uuid4(), by=ake, rows=dry.rows, read=len(dry.rows))

    assert done.stored == len(dry.stored) == Response.objects.count() - before
    assert Answer.objects.filter(response__imported_in=done).count() == sum(len(row.answers) for row in dry.stored)


@QUICK
@given(rows=TABLES, picks=st.lists(st.integers(0, 20), min_size=7, max_size=7), are_people=st.booleans())
def test_whatever_the_columns_are_said_to_be_each_row_comes_out_or_says_why(office, batch, rows, picks, are_people):
    source = ImportSource(text=text_of(rows, True))
    roles = judge(survey=office, batch=batch, source=source, chosen={}).layout.roles
    chosen = {ask.name: ask.options[pick % len(ask.options)][0] for ask, pick in zip(roles, picks, strict=False)}
    dry = judge(
        survey=office, batch=batch, source=source, chosen=chosen | {"rows": "people" if are_people else "statements"}
    )

    by_index = {column.index: column for column in dry.layout.read}
    for kept in dry.stored:
        said = {key: answer.text for key, answer in kept.answers.items() if answer.text}
        for index, column in by_index.items():
            cell = "".join(unicodedata.normalize("NFC", dry.layout.table.cell(kept.number - 1, index)).split())
            if column.question and column.question.pk in said and not kept.notes:
                assert "".join(said[column.question.pk].split()) == cell
    assert all(row.reasons for row in dry.not_stored)
    assert dry.problem or len(dry.stored) + len(dry.not_stored) + len(dry.blank) == len(dry.rows)
