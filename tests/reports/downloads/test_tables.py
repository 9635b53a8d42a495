"""Every table, in every format, is what the database holds: compared cell by cell in a district with one of each."""

import pytest

from reports.downloads.catalogue import TABLES
from tests.reports.downloads import full_place
from tests.reports.downloads.reading_files import (
    cells_of,
    csv_rows,
    in_csv,
    in_json,
    in_workbook,
    json_rows,
    made,
    workbook_rows,
)

pytestmark = pytest.mark.django_db
READERS = {"xlsx": (workbook_rows, in_workbook), "csv": (csv_rows, in_csv), "json": (json_rows, in_json)}


@pytest.mark.parametrize("format_", READERS)
def test_every_file_holds_the_cells_of_the_database(format_):
    place, _ = full_place.build()
    read, as_read = READERS[format_]
    for slug, table in TABLES.items():
        headings, rows = read(made(slug, format_, place))

        assert headings == [column.name for column in table.columns], slug
        assert rows == [[as_read(cell) for cell in row] for row in cells_of(slug, place)], slug


def test_no_table_is_only_tried_empty():
    place, _ = full_place.build()
    empty = {slug for slug in TABLES if not cells_of(slug, place)}

    assert empty == set()


def test_headings_differ_within_a_table_and_all_explain():
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.slug
        assert all(column.about for column in table.columns), table.slug
