"""Åke imports rows from Excel: problems are shown row by row, and nothing is stored before she confirms."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from surveys.batching import blank_counts, waiting
from surveys.importing import answer_import
from surveys.importing.spreadsheets import MAX_ROWS, format_cells, parse_cells, workbook_text
from surveys.models import Response
from surveys.questionnaire import survey_editing
from surveys.rules.questions import QuestionKind
from tests import factories as make

CELL = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs", "Cc"], include_characters="\n\t")).map(
    str.strip
)
HEAD = "Vad tycker du?"


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_whatever_a_spreadsheet_copies_is_read_back(rows):
    rows = [["början", *row] for row in rows]

    assert parse_cells(format_cells(rows)) == rows


def test_quotes_that_do_not_close_are_just_quotes():
    assert parse_cells('a\t"hej\nb\tc') == [["a", '"hej'], ["b", "c"]]


def test_a_workbook_is_read_with_formulas_as_text_and_dates_as_days():
    book = openpyxl.Workbook()
    book.worksheets[0].append([HEAD, 3.0, True, None])
    book.worksheets[0].append(["=1+1", "två\nrader", 2.5, "x"])
    file = io.BytesIO()
    book.save(file)

    assert parse_cells(workbook_text(file.getvalue()).decode()) == [
        [HEAD, "3", "ja"],
        ["=1+1", "två\nrader", "2.5", "x"],
    ]


@pytest.fixture
def run(form, autumn):
    """Dry-run pasted rows."""
    return lambda text: answer_import.dry_run(wave=autumn, channel=form.channels.get(), language="sv", text=text)


@pytest.fixture
def paste(ake, form, autumn, browse):
    """Paste rows on the page; `name` is the step."""

    def send(text="", name="import", **more):
        chosen = {"wave": autumn.pk, "channel": form.channels.get().pk, "language": "sv"}
        address = reverse(f"coordinate:{name}", args=["ostberga", form.pk])
        return browse(ake).post(address, {**chosen, "text": text, **more})

    return send


def test_rows_are_judged_and_nothing_is_stored(paste):
    page = paste(f"{HEAD}\nMer ljus\n\nEn bänk")

    assert page.status_code == 200
    assert "2 av 3 rader går att spara" in page.text
    assert "tom rad" in page.text
    assert not Response.objects.exists()


def test_confirmed_rows_are_stored_once_however_often(paste, form):
    text = f"{HEAD}\tSpråk\nMer ljus\tsomaliska\nEn bänk\t"
    for _ in range(2):
        assert paste(text, "import-store").status_code == 302

    assert sorted(Response.objects.values_list("entry", "language")) == [("import", "so"), ("import", "sv")]
    assert form.events.get().what == "2 svar, Webben"


@pytest.mark.django_db
def test_what_is_wrong_is_said_for_each_row(run, form):
    make.question(form, QuestionKind.SCALE, text={"sv": "Trivs du?"})
    judged = run(f"{HEAD}\tTrivs du\nMer ljus\tjättemycket\n\t4\n{'å' * 20_001}\t\nBra\tvet inte\nMer\t1\txx")

    problems = [" ".join(row.problems) for row in judged.rows]
    assert problems[0] == "Trivs du: «jättemycket» är inget av svarsvalen."
    assert problems[1] == "Frågan «Vad tycker du?» måste besvaras."
    assert "för långt: 20001 tecken" in problems[2]
    assert problems[3] == ""
    assert problems[4] == "Raden har fler celler än det finns rubriker."


@pytest.mark.django_db
def test_the_same_words_twice_are_one_but_the_same_ticks_can_be_two(run, form):
    form.questions.update(required=False)
    make.question(form, QuestionKind.SCALE, text={"sv": "Trivs du?"})
    judged = run(f"{HEAD}\tTrivs du?\nMer ljus\t4\nMer ljus\t4\n\t5\n\t5")

    assert [row.note for row in judged.rows] == ["", "samma som rad 2", "", ""]
    assert len({row.key for row in judged.good}) == 3


def test_rows_already_stored_are_recognised_when_a_corrected_sheet_is_pasted(paste, run):
    paste(f"{HEAD}\nMer ljus", "import-store")

    assert [row.note for row in run(f"{HEAD}\nMer ljus\nEn bänk").rows] == ["finns redan", ""]


@pytest.mark.django_db
def test_background_and_choices_are_read_by_label_in_any_language(run, ake, form):
    survey_editing.add_background(survey=form, by=ake, key="role")
    options = [{"value": value, "text": {"sv": label}} for value, label in (("a", "Ljus, mer"), ("b", "Bänk"))]
    make.question(form, QuestionKind.SEVERAL_CHOICES, text={"sv": "Vad?"}, options=options)
    row = run(f"{HEAD}\tRole\tVad?\nMer ljus\tI live here\tLjus, mer; bänk").good[0]

    assert [answer.choices for _, answer in sorted(row.answers.items())] == [(), ("boende",), ("a", "b")]


def test_unknown_columns_are_named_and_skipped(paste):
    page = paste(f"{HEAD}\tNamn\nMer ljus\tAnna")

    assert "Kolumner som inte känns igen hoppas över: Namn." in page.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Klistra in rader, eller välj en fil."),
        ("Något annat\nrad", "Ingen kolumn känns igen."),
        (f"{HEAD}\t{HEAD}\na\tb", "Två kolumner har samma fråga"),
        (HEAD, "Det finns inga rader under rubrikerna."),
        (HEAD + "\nrad" * (MAX_ROWS + 1), "Högst 2000 rader"),
    ],
)
def test_what_can_not_be_read_is_told_beside_the_field(paste, text, said):
    page = paste(text)

    assert page.status_code == 422
    assert said in page.text


def test_the_template_can_be_filled_in_and_uploaded(ake, form, paste, browse):
    address = reverse("coordinate:import-template", args=["ostberga", form.pk])
    book = openpyxl.load_workbook(io.BytesIO(browse(ake).get(address).content))
    book.worksheets[0].append(["svenska", "=Mer ljus"])
    file = io.BytesIO()
    book.save(file)
    page = paste(file=SimpleUploadedFile("svar.xlsx", file.getvalue()))

    assert "1 av 1 rader går att spara" in page.text
    assert "=Mer ljus" in page.text


@pytest.mark.parametrize("content", [b"hej", b"PK\x03\x04trasig"])
def test_a_file_that_is_no_workbook_is_refused_kindly(paste, content):
    page = paste(file=SimpleUploadedFile("svar.xlsx", content))

    assert page.status_code == 422
    assert "Filen går inte att läsa." in page.text


@pytest.mark.slow
def test_two_thousand_rows_are_stored_in_one_go(paste):
    rows = "\n".join(f"Svar nummer {number}" for number in range(MAX_ROWS))
    paste(f"{HEAD}\n{rows}", "import-store")

    assert Response.objects.count() == MAX_ROWS


@pytest.fixture
def stairs_rows(form, autumn, run, monkeypatch):
    """Three rows; every row is stored without its channel."""
    monkeypatch.setattr(blank_counts, "PERCENT", 100)
    return {"wave": autumn, "channel": form.channels.get(), "rows": run(f"{HEAD}\nMer ljus\nEn bänk\nEn buss").good}


@pytest.mark.django_db
def test_rows_without_their_channel_are_counted_once_and_last(ake, stairs_rows):
    with CaptureQueriesContext(connection) as asked:
        assert answer_import.store_rows(by=ake, **stairs_rows) == 3
    locks = [number for number, query in enumerate(asked) if query["sql"].startswith("LOCK TABLE")]
    after = " ".join(query["sql"] for query in asked.captured_queries[locks[0] :])

    assert len(locks) == 1
    assert "surveys_response" not in after
    assert "surveys_surveyevent" not in after
    assert [body["number"] for body in waiting.list_bodies(blank_counts.KIND)] == [3]
    assert answer_import.store_rows(by=ake, **stairs_rows) == 0
    assert [body["number"] for body in waiting.list_bodies(blank_counts.KIND)] == [3]
