"""The papers of data protection come from the configuration, and what nobody has said yet is marked to be filled in."""

from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from actors.founding.documents.papers import PAPERS
from actors.models import SecurityEvent

PAPER_PAGE = "/samordna/ostberga/handlingar/"


def texts(content):
    word = Document(BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_opens_in_word_with_who_is_responsible(ostberga, ake, browse, name):
    ostberga.municipality = "Stockholms stad"
    ostberga.save()

    answer = browse(ake).get(f"{PAPER_PAGE}{name}/")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}-ostberga.docx"'
    assert "Enskede-Årsta-Vantörs stadsdelsnämnd" in texts(answer.content)


def test_the_register_has_the_partners_and_the_days_of_the_log(ostberga, ake, browse, settings):
    settings.SECURITY_LOG_DAYS = 365

    words = texts(browse(ake).get(f"{PAPER_PAGE}register/").content)

    assert "Polismyndigheten, Trafikkontoret" in words
    assert "365 dagar" in words


def test_what_is_not_known_is_marked(ostberga, ake, browse):
    word = Document(BytesIO(browse(ake).get(f"{PAPER_PAGE}konsekvensbedomning/").content))

    marked = [run.text for paragraph in word.paragraphs for run in paragraph.runs if run.font.highlight_color]
    assert "[yttrande och dag]" in marked
    assert all(text.startswith("[") and text.endswith("]") for text in marked)
    assert WD_COLOR_INDEX.YELLOW in {run.font.highlight_color for par in word.paragraphs for run in par.runs}


def test_they_are_the_coordinators_and_the_log_says_who_took_them(ostberga, ake, tova, browse):
    assert browse(tova).get(PAPER_PAGE).status_code == 404

    browse(ake).get(f"{PAPER_PAGE}register/")

    assert SecurityEvent.objects.filter(kind="exported", who=ake).exists()


def test_an_unknown_paper_is_not_there(ostberga, ake, browse):
    assert browse(ake).get(f"{PAPER_PAGE}avtal/").status_code == 404
