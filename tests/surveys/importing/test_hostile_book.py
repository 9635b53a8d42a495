"""The sheets come back from the page as the browser's own word, and cost no more than an honest file of the size."""

import json
import time

import pytest

from surveys.importing.columns.layout import ImportSource
from surveys.importing.dry_run import judge
from surveys.importing.reading.tables import MAX_ROWS, MAX_SHEETS, Flaw, Merge, Table, tables_from_json, tables_to_json

LANGUAGES = ("sv", "en", "so", "ar")
SECONDS = 2.5  # each cost four and more


@pytest.fixture
def seconds(form, batch):
    """Return a function that dry-runs rows as the page sends them back, and says how long the processor worked."""

    def measure(rows, **more):
        table = Table(rows=[[form.questions.get().text["sv"], "Språk"], *rows], **more)
        source, before = ImportSource(book=tables_to_json([table])), time.process_time()
        judged = judge(survey=form, batch=batch, source=source, chosen={})
        assert not judged.problem
        return time.process_time() - before

    return measure


ROWS = [[str(number)] for number in range(MAX_ROWS)]


def test_merges_over_the_same_cells_are_read_once(seconds):
    merges = (Merge(1, MAX_ROWS, 0, 0),) * 20_000

    assert seconds(ROWS, merges=merges) < SECONDS
    assert tables_from_json(tables_to_json([Table(rows=ROWS, merges=merges)]))[0].merges == merges[:1]


def test_merges_side_by_side_are_all_kept():
    merges = (Merge(1, 2, 0, 0), Merge(3, 4, 0, 0), Merge(1, 2, 1, 1))

    assert tables_from_json(tables_to_json([Table(rows=[["a"]], merges=merges)]))[0].merges == merges


def test_the_same_words_in_all_rows_are_compared_once_each(seconds):
    assert seconds([["samma", LANGUAGES[number % 4]] for number in range(MAX_ROWS)]) < SECONDS


def test_flaws_in_cells_that_are_not_there_cost_nothing_more(seconds):
    flaws = {(row, column): Flaw.FORMULA for row in range(1_000) for column in range(100)}

    assert seconds(ROWS, flaws=flaws) < SECONDS


def test_more_sheets_than_are_read_of_a_file_are_not_read():
    (plain,) = json.loads(tables_to_json([Table(rows=[["a"]])]))

    assert len(tables_from_json(json.dumps([plain] * 1_000))) == MAX_SHEETS
