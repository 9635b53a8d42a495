"""Every table, in every format, is what the database holds: compared cell by cell in a district with one of each."""

import io

import pytest
from openpyxl import load_workbook

from ostberga.lib.tables.table import OTHER_LANGUAGES
from ostberga.lib.translations.languages import LANGUAGES
from reports.downloads.catalogue import TABLES
from reports.downloads.file_making import arranged_for
from tests import factories as make
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

        assert headings == [column.name for column in arranged_for(table, format_, place).columns], slug
        assert rows == [[as_read(cell) for cell in row] for row in cells_of(slug, place, format_)], slug


def test_no_table_is_only_tried_empty():
    place, _ = full_place.build()
    empty = {slug for slug in TABLES if not cells_of(slug, place)}

    assert empty == set()


def test_headings_differ_within_a_table_and_all_explain():
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.slug
        assert all(column.about for column in table.columns), table.slug


def test_a_file_for_people_has_swedish_first_and_only_the_languages_that_are_spoken(ostberga, talk):
    ostberga.languages = ["sv", "so"]
    ostberga.save(update_fields=["languages"])
    make.issue(talk, "Lamporna")
    read = {format_: READERS[format_][0](made("sakfragor", format_, ostberga))[0] for format_ in READERS}

    assert read["xlsx"] == read["csv"]
    assert [name for name in read["csv"] if "(" in name][-1] == read["csv"][-1] == "Vad händer nu (somaliska)"
    assert not any("engelska" in name for name in read["csv"])
    assert any("engelska" in name for name in read["json"])


def test_a_workbook_says_that_languages_are_left_out_where_they_are(ostberga):
    ostberga.languages = ["sv", "so"]
    ostberga.save(update_fields=["languages"])
    told = {slug: _left_out(slug, ostberga) for slug in ("sakfragor", "motsatser", "kodbok")}
    ostberga.languages = list(LANGUAGES)
    ostberga.save(update_fields=["languages"])

    assert told["sakfragor"] == [*TABLES["sakfragor"].left_out, OTHER_LANGUAGES]
    assert told["motsatser"] == ["Inget är utelämnat."]  # has no texts in other languages
    assert told["kodbok"] == [*TABLES["kodbok"].left_out, OTHER_LANGUAGES]
    assert _left_out("sakfragor", ostberga) == list(TABLES["sakfragor"].left_out or ["Inget är utelämnat."])


def _left_out(slug, place):
    """What the workbook's second sheet says is left out."""
    rows = list(load_workbook(io.BytesIO(made(slug, "xlsx", place))).worksheets[1].values)
    begins = [row[0] for row in rows].index("Utelämnat")
    return [row[2] for row in rows[begins + 1 :]]


def test_the_list_of_activities_says_who_does_it_and_that_of_decisions_who_decides(ostberga, talk, ake, trafikkontoret):
    issue = make.issue(talk, "Lamporna")
    held = make.decision(issue, ake, trafikkontoret, answer="approved")
    make.commitment(make.activity(issue, ake, held), trafikkontoret, ake)
    activity, decision = (
        dict(zip(headings, rows[0], strict=True))
        for headings, rows in (json_rows(made(slug, "json", ostberga)) for slug in ("aktiviteter", "beslut"))
    )

    assert (activity["Ansvarig"], activity["Medverkar"]) == (trafikkontoret.name, "")
    assert decision["Beslutande"] == f"{trafikkontoret.name}: godkänt"
    assert decision["Gäller från"] == decision["Avgjort"] != None  # noqa: E711
