"""What Åke takes out of his practice says that it is made up, and is refused when he brings it in as real."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actors.rules.practice import PRACTICE_MARK, is_made_up
from reports.downloads.interchange import write_project
from reports.practice.beginning import begin_practice
from surveys.importing.reading.delimited import format_cells
from surveys.models import ListImport
from tests.reports.downloads.reading_files import csv_rows, made, workbook_rows

SAID = "påhittade svar från en övning, så de tas inte in"


@pytest.fixture
def practice(form, autumn, ostberga, ake):
    return begin_practice(collaboration=ostberga, by=ake)


@pytest.fixture
def send(browse, ake, form, autumn):
    """Send a file, or pasted rows, to one of the pages that bring something in."""

    def post(name, text="", content=b"", file_name="riktiga.xlsx"):
        answers = {"channel": form.channels.first().pk, "language": "sv", "day": "2026-10-12"}
        place = ["ostberga", form.pk] if name == "import" else ["ostberga"]
        sent = {"text": text, "wave": autumn.pk, **answers}
        if content:
            sent["file"] = SimpleUploadedFile(file_name, content)
        return browse(ake).post(reverse(f"coordinate:{name}", args=place), sent)

    return post


@pytest.mark.parametrize("format_", ["csv", "xlsx", "json"])
@pytest.mark.parametrize(("table", "page"), [("svar", "import"), ("utsagor", "bring-utsagor")])
def test_a_renamed_file_is_refused_in_words(practice, send, table, page, format_):
    answer = send(page, content=made(table, format_, practice), file_name=f"riktiga.{format_}")

    assert answer.status_code == 422
    assert SAID in answer.text


@pytest.mark.parametrize("page", ["bring-utsagor", "bring-utsagor-store"])
def test_its_rows_are_refused_when_they_are_pasted_also_without_their_headings_and_most_columns(practice, send, page):
    _, rows = csv_rows(made("utsagor", "csv", practice))
    pasted = format_cells([["Citat", "Kod"], *([row[0], row[1]] for row in rows)])

    assert SAID in send(page, pasted).text
    assert not ListImport.objects.exists()


def test_a_codebook_is_refused_also_when_another_program_has_written_it_anew(practice, send):
    content = made("kodbok-qdc", "qdc", practice)
    anew = content.replace(b'origin="Medskapande dialog"', b'origin="Other"')

    assert SAID in send("bring-kodbok", content=content, file_name="kodbok.qdc").text
    assert SAID in send("bring-kodbok", content=anew, file_name="annan.qdc").text


def test_a_project_has_the_mark_in_each_code_and_each_name_of_a_text_and_in_no_text(practice):
    file = io.BytesIO()
    list(write_project(practice, file))
    with zipfile.ZipFile(file) as archive:
        project = archive.read("project.qde").decode()
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")]
    codes, names = project.count("<Code "), project.count(f'name="{PRACTICE_MARK} ')
    assert project.count(f"<Description>{PRACTICE_MARK}") == codes + project.count("<Set ")
    assert (names, codes > 0) == (len(texts), True)
    assert not any(is_made_up(text) for text in texts)


def test_a_real_file_has_no_mark(practice, ostberga, send, ake):
    headings, _ = workbook_rows(made("svar", "xlsx", ostberga))

    assert "Övning" not in headings
    page = send("bring-utsagor", "Citat\nVi gjorde en övning. Jag hittade på svar.")
    assert (page.status_code, SAID in page.text) == (200, False)


@pytest.mark.parametrize("text", ["ÖVNING MED PÅHITTADE SVAR", "O\u0308vning med pa\u030ahittade svar; ja"])
def test_the_mark_is_known_in_other_letters(text):
    assert is_made_up(text)
