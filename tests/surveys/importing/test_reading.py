"""Tables of cells are read as they were written, in a workbook and in text, and what could be read twice is told."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from surveys.importing.reading.delimited import (
    TOO_MANY,
    decode,
    format_cells,
    guess_delimiter,
    parse_cells,
    read_text,
)
from surveys.importing.reading.tables import (
    Flaw,
    Merge,
    Table,
    UnreadableFile,
    merged_once,
    tables_from_json,
    tables_to_json,
)
from surveys.importing.reading.workbooks import read_workbook
from surveys.importing.source_form import SourceForm

CELL = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs", "Cc"], include_characters="\n\t")).map(
    str.strip
)


def workbook(*rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if change:
        change(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_whatever_a_spreadsheet_copies_is_read_back(rows):
    rows = [["början", *row] for row in rows]

    assert parse_cells(format_cells(rows)) == rows


@given(st.text(st.sampled_from("ab ;\t\n")), st.sampled_from("\t;,"))
def test_without_quotation_marks_cells_are_what_stands_between_separators(text, delimiter):
    """Split at once, as the pattern would: a last cell in quotes makes the same text go the other way."""
    quoted = f'{text}\n"slut"'

    assert [*parse_cells(f"{text}\nslut", delimiter)] == parse_cells(quoted, delimiter)


MANY = {"rows": "a\n" * 800_000, "cells": ";" * 800_000, "quoted": '"a"\n' * 300_000, "old line ends": "a\r" * 800_000}


@pytest.mark.parametrize("kind", MANY)
def test_text_that_would_take_minutes_is_told_at_once(kind):
    form = SourceForm({"text": MANY[kind]})

    assert form.errors["text"] == [TOO_MANY]
    assert not SourceForm({"text": MANY[kind][: len(MANY[kind]) // 2]}).errors


def test_quotes_that_do_not_close_are_just_quotes():
    assert read_text('a\t"hej\nb\tc', "\t").rows == [["a", '"hej'], ["b", "c"]]


def test_a_quote_over_lines_that_could_be_rows_is_read_as_rows_and_told():
    table = read_text('Synpunkt\nett\n"två\ntre"\nfyra', "\t")

    assert table.rows == [["Synpunkt"], ["ett"], ['"två'], ['tre"'], ["fyra"]]
    assert [(span.line, span.top, span.bottom) for span in table.quoted] == [(3, 2, 3)]


def test_a_quote_over_lines_is_one_cell_when_somebody_says_so():
    assert read_text('Synpunkt\n"ett\ntvå"\n"tre\nfyra"', "\t", {2}).rows == [
        ["Synpunkt"], ["ett\ntvå"], ['"tre'], ['fyra"'],
    ]  # fmt: skip


def test_a_quote_across_cells_of_two_rows_is_told_too():
    table = read_text('Synpunkt\tÅlder\n"Tryggt\t37\nljus"\t12\n', "\t")

    assert table.rows == [["Synpunkt", "Ålder"], ['"Tryggt', "37"], ['ljus"', "12"]]
    assert len(table.quoted) == 1


@pytest.mark.parametrize("text", ['a\tb\n"ett\ntvå"\tc', '"a"\n"ett\ntvå"'], ids=["too few cells", "all are quoted"])
def test_a_quote_over_lines_that_cannot_be_rows_is_one_cell(text):
    table = read_text(text, "\t")

    assert table.rows[1][0] == "ett\ntvå"
    assert not table.quoted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_csv_is_read_in_every_usual_encoding(encoding):
    assert decode("Synpunkt;Språk\nMer ljus på gården – tack;sv\n".encode(encoding)).endswith("gården – tack;sv\n")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0", b"%PDF-1.7\x00\x01", b"\xff\xfe\x00\xd8"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnreadableFile, match="går inte att läsa"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2\n3;4", ";"),
        ("a,b\n1,2\n3,4", ","),
        ("a\tb\n1,2\t3\n", "\t"),
        ("Synpunkt\nMer ljus, fler bänkar\nBra\nBuss, tack, nu", "\t"),
        ('a;b\n"x;y";z', ";"),
    ],
)
def test_the_separator_is_the_one_that_gives_even_rows(text, delimiter):
    assert guess_delimiter(text) == delimiter


@pytest.mark.parametrize("error", ["#N/A", "#SAKNAS!", "#REF!", "#DIVISION/0!", "#värdefel!"])
def test_an_error_that_was_copied_as_text_is_an_error(error):
    assert read_text(f"a\tb\n{error}\tx", "\t").flaws == {(1, 0): Flaw.ERROR}


def test_an_escaped_carriage_return_is_a_line_break_wherever_it_stands():
    table = read_text("a\tb\nett_x000D_två\tx", "\t")

    assert table.rows[1] == ["ett\ntvå", "x"]
    assert table.escaped == {(1, 0)}
    assert read_workbook(workbook(["a"], ["ett_x000D_\ntvå_x0009_tre"]))[0].rows == [["a"], ["ett\ntvå\ttre"]]


def test_a_workbook_is_read_with_formulas_told_and_dates_as_days():
    (table,) = read_workbook(workbook(["a", 3.0, True, None], ["=1+1", "två\nrader", 2.5, "x"], ["#N/A"]))

    assert table.rows == [["a", "3", "ja"], ["=1+1", "två\nrader", "2.5", "x"], ["#N/A"]]
    assert table.flaws == {(1, 0): Flaw.FORMULA, (2, 0): Flaw.ERROR}


def hide_and_merge(sheet):
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions.group("B", "C", hidden=True)
    sheet.merge_cells("A3:A4")
    sheet["A1"].font = Font(bold=True)


def test_hidden_rows_and_columns_and_merged_cells_are_seen():
    (table,) = read_workbook(workbook(["a", "b", "c"], ["1"], ["2", "", "x"], ["", "", "y"], change=hide_and_merge))

    assert (table.hidden_rows, table.hidden_columns) == (frozenset({1}), frozenset({1, 2}))
    assert table.merges == (Merge(2, 3, 0, 0),)


TABLES = st.builds(
    Table,
    rows=st.lists(st.lists(st.text(), max_size=3), max_size=4),
    name=st.text(),
    is_hidden=st.booleans(),
    flaws=st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.sampled_from(Flaw)),
    hidden_rows=st.frozensets(st.integers(0, 9)),
    merges=st.lists(st.builds(Merge, *[st.integers(0, 9)] * 4)).map(merged_once),
)


@given(st.lists(TABLES, max_size=6))
def test_tables_come_back_from_the_page_as_they_were(tables):
    assert tables_from_json(tables_to_json(tables)) == tables


@pytest.mark.parametrize("text", ["{}x", "[1]", '{"a": 1}', '[{"rows": 3}]', "[[]]", "[" * 100_000])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(UnreadableFile):
        tables_from_json(text)
