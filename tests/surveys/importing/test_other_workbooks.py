"""Workbooks of other kinds than .xlsx are read with the same notes: merged, hidden, calculated, in error."""

from pathlib import Path

import pytest

from surveys.importing.reading.files import read_file
from surveys.importing.reading.tables import Flaw, Merge, UnreadableFile, tables_from_json
from tests.surveys.importing.open_document import cell, document, row, sheet, value

OLD = Path(__file__).with_name("cases") / "merged-hidden-formula.xls"
ROWS = [
    ["Synpunkt", "Ålder", "Roll", "Område", "Datum", "Språk"],
    ["Mer ljus på torget", "37", "Boende", "Torget", "2026-10-12", "tyska"],
    ["Fler bänkar\nvid skolan", "25-44", "Boende", "", "2026-10-13", "en-GB"],
    ["Tryggt här", "65+", "Boende", "", "2026-10-14", "sv"],
    ["Dold rad", "65+", "Boende", "Torget", "2026-10-14", "sv"],
]


def tables(data):
    return tables_from_json(read_file(data).decode())


def written():
    """The same sheet as OpenDocument."""
    covered = "<table:covered-table-cell/>"
    lines = [row(*map(cell, ROWS[0]))]
    for number, (text, age, role, place, day, language) in enumerate(ROWS[1:]):
        span = 'table:number-rows-spanned="3" table:number-columns-spanned="1"' if number == 0 else ""
        where = covered if not place else cell(place, span)
        hidden = 'table:visibility="collapse"' if number == 3 else ""
        whole = value("float", age, age) if age.isdigit() else cell(age)
        lines.append(
            row(cell(text), whole, cell(role), where, value("date", day, "12 okt"), cell(language), attributes=hidden)
        )
    lines.append(row(value("float", "2", "2", 'table:formula="of:=1+1"')))
    lines.append(row(cell("#SAKNAS!")))
    end = row(
        '<table:table-cell table:number-columns-repeated="1024"/>', attributes='table:number-rows-repeated="1048000"'
    )
    title, empty = row(cell("Synpunkter från mötet")), row("<table:table-cell/>")
    return document(sheet("Försättsblad", row(cell("Hösten 2026"))), sheet("Synpunkter", title, empty, *lines, end))


@pytest.mark.parametrize("data", [OLD.read_bytes(), written()], ids=["xls", "ods"])
def test_the_cells_and_what_is_special_of_them_are_read(data):
    first, table = tables(data)

    assert (first.name, table.name) == ("Försättsblad", "Synpunkter")
    assert table.rows[2:7] == ROWS
    assert table.flaws == {(7, 0): Flaw.FORMULA, (8, 0): Flaw.ERROR}
    assert table.merges == (Merge(3, 5, 3, 3),)
    assert table.hidden_rows == frozenset({6})
    assert not table.is_cut


def test_an_open_document_s_hidden_sheets_and_columns_groups_and_spaces():
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    words = row(cell('två <text:s text:c="2"/>ord<text:line-break/>ny'))
    grouped = f"<table:table-row-group>{words}</table:table-row-group>"
    note = row(
        cell("svar").replace("<text:p>", "<office:annotation><text:p>min egen</text:p></office:annotation><text:p>")
    )
    (table,) = tables(document(sheet("Blad", grouped, note, columns=columns, style="away")))

    assert table.is_hidden
    assert table.hidden_columns == frozenset({1, 2})
    assert table.rows == [["två   ord\nny"], ["svar"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (document(sheet("Blad"), manifest="<manifest:encryption-data/>"), "låst med lösenord"),
        (document(sheet("Blad")), "tomt"),
        (document(sheet("Blad"))[:-80], "går inte att läsa"),
        (OLD.read_bytes()[:3000], "går inte att läsa"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "låst med lösenord"),
    ],
    ids=["locked ods", "empty", "half an ods", "half an xls", "locked xlsx"],
)
def test_what_cannot_be_read_is_told(data, said):
    with pytest.raises(UnreadableFile, match=said):
        read_file(data)


def test_a_sheet_of_repeated_rows_costs_no_more_than_the_most_that_is_read():
    many, wide = 'table:number-rows-repeated="1000000"', 'table:number-columns-repeated="9000"'
    (table,) = tables(document(sheet("Blad", row(cell("svar"), attributes=many))))
    assert table.is_cut

    with pytest.raises(UnreadableFile, match="för mycket text"):
        tables(document(sheet("Blad", row(cell("svar", wide), attributes=many))))
