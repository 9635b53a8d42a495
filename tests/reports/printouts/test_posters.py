"""Posters and paper forms as PDF: content, languages, tagging, caching, access."""

import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from ostberga.lib.translations.languages import LANGUAGES
from reports.printouts import posters
from surveys.fielding import channels
from surveys.questionnaire import survey_editing
from surveys.rules.questions import QuestionKind
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(ake, form, autumn):
    """A channel at the library, of a form with every kind of question."""
    autumn.closes_on = timezone.localdate() + dt.timedelta(days=20)
    autumn.save()
    make.question(form, QuestionKind.SCALE, text=make.in_all_languages("Trivs du?"))
    options = [{"value": str(n), "text": make.in_all_languages(f"Val {n}")} for n in range(4)]
    make.question(form, QuestionKind.SEVERAL_CHOICES, text=make.in_all_languages("Var?"), options=options)
    survey_editing.add_background(survey=form, by=ake, key="role")
    return channels.create_channel(survey=form, by=ake, label="Biblioteket", code="biblioteket")


def words(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def kept(pdf, name):
    """Save the PDF to the folder KEEP_PDFS, if set, for inspection."""
    if os.environ.get("KEEP_PDFS"):
        (Path(os.environ["KEEP_PDFS"]) / name).write_bytes(pdf)
    return pdf


def test_the_poster_says_what_where_and_until_when_on_one_page(board):
    document = kept(posters.render_poster(board), "affisch.pdf")

    assert len(pypdf.PdfReader(io.BytesIO(document)).pages) == 1
    text = words(document)
    for part in (
        "Vad ger trivsel och trygghet?",
        "(en)",
        "/svara/biblioteket",
        "Svara senast",
        "112",
        "stadsdelsnämnd",
    ):
        assert part in text


def test_a_long_question_still_fits_one_page(board, form):
    form.guiding_question.text = dict.fromkeys(LANGUAGES, "Vad tycker du ger trivsel och trygghet? " * 5)
    form.guiding_question.save()

    document = kept(posters.render_poster(board), "affisch-lang.pdf")
    assert len(pypdf.PdfReader(io.BytesIO(document)).pages) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_holds_the_whole_form_in_each_language(board, form, language):
    document = kept(posters.render_sheet(board, language), f"blad-{language}.pdf")

    assert pypdf.PdfReader(io.BytesIO(document)).root_object["/Lang"] == language
    text = words(document)
    assert "biblioteket" in text
    if language in {"sv", "en"}:
        assert all(str(question.text[language]) in text for question in form.questions.current())


@pytest.mark.slow
def test_they_are_tagged_for_voices(board, tmp_path):
    for name, document in {"poster": posters.render_poster(board), "sheet": posters.render_sheet(board, "ar")}.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(document)
        for checker in (["pdfua", "check"], ["outloud"]):
            program = Path(sys.executable).with_name(checker[0])
            assert subprocess.run([program, *checker[1:], path], check=False).returncode == 0


def test_a_last_day_that_has_passed_is_not_printed(board, autumn):
    autumn.opens_on = autumn.closes_on = timezone.localdate() - dt.timedelta(days=1)
    autumn.save()

    assert "Svara senast" not in words(posters.render_poster(board))


def test_an_edit_shows_in_the_next_print(board, form, ake):
    posters.render_poster(board)
    texts = {"guiding_question": {"sv": "Vad gör dig glad?"}, "title": form.title, "introduction": {}, "thanks": {}}
    survey_editing.change_texts(survey=form, by=ake, languages=["en"], **texts)
    board.refresh_from_db()

    assert "Vad gör dig glad?" in words(posters.render_poster(board))


def test_words_that_look_like_code_are_printed_as_words(board, form):
    form.guiding_question.text = {"sv": "<img src=http://x.example/a> & <b>fet</b>?"}
    form.guiding_question.save()

    assert "<img src=http://x.example/a> & <b>fet</b>?" in words(posters.render_sheet(board, "sv"))


def test_only_the_coordinator_prints(ake, tova, board, form, browse):
    names = {"poster": [form.pk, board.pk], "sheet": [form.pk, board.pk, "sv"]}
    for address in [reverse(f"coordinate:{name}", args=["ostberga", *more]) for name, more in names.items()]:
        assert browse(tova).get(address).status_code == 404
        assert browse().get(address).status_code == 302
        page = browse(ake).get(address)
        assert (page.status_code, page.headers["Content-Type"]) == (200, "application/pdf")


def test_a_language_the_form_does_not_have_is_not_printed(ake, board, form, browse):
    form.languages = ["sv"]
    form.save()

    assert browse(ake).get(reverse("coordinate:sheet", args=["ostberga", form.pk, board.pk, "ar"])).status_code == 404
