"""Åke practises: made-up answers to his own form, coded, themed and reported, and gone by one act."""

import io

import pytest
from docx import Document

from actors.models import Collaboration, Letter, SecurityEvent
from actors.security_log.objects import described
from ostberga.lib.refusal import Refusal
from reports.exports.word import build_word_file
from reports.models import Report, ReportVersion
from reports.practice import emptying
from reports.practice.beginning import begin_practice
from reports.practice.emptying import empty_practice
from reports.rendering.html import render_print_html
from surveys.models import Answer, GuidingQuestion, Perspective, Response, Statement
from surveys.questionnaire import survey_editing
from surveys.questionnaire.survey_templates import survey_templates
from tests import factories as make
from tests.reports.practice.every_row import made_up_rows, real_rows

PAGE = "/samordna/ostberga/ovning/"
MARK = "Övning: påhittade svar"


@pytest.fixture
def asked(ostberga, ake):
    """A form with questions in words and in choices, made from a template."""
    template = survey_templates()["trygghetsvandring"]
    question = GuidingQuestion.objects.create(collaboration=ostberga, text={"sv": "Vad ser du?"})
    names = {"collaboration": ostberga, "by": ake, "template": template, "title": template.title}
    return survey_editing.create_survey(**names, guiding_question=question)


@pytest.fixture
def practice(asked, ostberga, ake):
    return begin_practice(collaboration=ostberga, by=ake)


def test_the_start_list_leads_to_the_practice_and_one_button_fills_it(ake, asked, browse):
    page = browse(ake).get("/samordna/ostberga/")
    assert f'href="{PAGE}"' in page.text

    coding = browse(ake).post(f"{PAGE}fyll/", follow=True)

    assert coding.redirect_chain[0][0] == "/samordna/ovning-ostberga/koda/"
    assert "Övningen är fylld med påhittade svar." in coding.text


def test_it_asks_the_questions_of_the_form_and_many_voices_answer(practice, asked):
    copy = practice.surveys.get()

    wordings = [[(question.text, question.options) for question in form.questions.current()] for form in (asked, copy)]
    assert wordings[0] == wordings[1]
    assert Response.objects.filter(wave__survey=copy).count() == 30
    texts = Answer.objects.filter(response__wave__survey=copy).exclude(text="")
    assert len({answer.text for answer in texts}) > 30
    ticked = Answer.objects.filter(response__wave__survey=copy, question__kind="several_choices")
    assert len({tuple(answer.choices) for answer in ticked}) > 5


def test_some_answers_are_coded_and_some_wait(practice, ake, browse):
    wave = practice.surveys.get().waves.get()
    said = Answer.objects.filter(response__wave=wave).exclude(text="")

    assert said.filter(coded_at=None).count() >= 8
    assert Statement.objects.publishable().filter(wave=wave).count() >= 22
    themes = browse(ake).get(f"/samordna/{practice.slug}/teman/")
    assert "Vägen hem" in themes.text
    perspective = Perspective.objects.get(collaboration=practice, title__sv="Vi som vill ha kameror")
    assert (
        "Vi som hellre vill känna våra grannar"
        in browse(ake).get(f"/samordna/{practice.slug}/perspektiv/{perspective.pk}/").text
    )


def test_the_next_text_can_be_coded_there(practice, ake, browse):
    page = browse(ake).get(f"/samordna/{practice.slug}/koda/", follow=True)

    assert page.status_code == 200
    assert MARK in page.text


def test_every_page_of_it_says_what_it_is_and_no_other_does(practice, ake, browse):
    pages = ["", "koda/", "utsagor/", "perspektiv/", "teman/", "formular/", "fragor/", "rapporter/", "ta-ut/", "sok/"]
    inside = {name: browse(ake).get(f"/samordna/{practice.slug}/{name}", follow=True) for name in pages}
    outside = {name: browse(ake).get(f"/samordna/ostberga/{name}", follow=True) for name in pages}

    assert [name for name, page in inside.items() if page.status_code != 200 or MARK not in page.text] == []
    assert [name for name, page in outside.items() if MARK in page.text] == []


def test_its_report_is_marked_on_paper_and_in_word(practice):
    version = ReportVersion.objects.get(report__dialogue__collaboration=practice)

    assert len(version.frozen.themes) == 3
    assert MARK in render_print_html(version.frozen)
    word = Document(io.BytesIO(build_word_file(version.frozen)))
    assert word.sections[0].header.paragraphs[0].text.endswith(MARK)


def test_filling_changes_nothing_that_is_real(asked, ostberga, ake):
    make.answer(make.wave(asked, title="Hösten"), "Ett riktigt svar.")
    before = real_rows()

    begin_practice(collaboration=ostberga, by=ake)

    assert real_rows() == before
    assert made_up_rows()["surveys.Response"] == 30


def test_emptying_leaves_nothing_and_takes_nothing_real(asked, ostberga, ake):
    before = real_rows()
    begin_practice(collaboration=ostberga, by=ake)

    empty_practice(collaboration=ostberga, by=ake)

    assert made_up_rows() == {}
    assert real_rows() == before
    assert Collaboration.objects.filter(slug__startswith="ovning-").count() == 0


def test_what_a_colleague_does_in_it_at_the_same_moment_is_told_in_words(practice, ostberga, ake, monkeypatch):
    """Leaving a table out stands for a row that comes when its table has been emptied."""
    ways = [way for way in emptying.paths_to_collaboration() if way[0] is not Statement]
    monkeypatch.setattr(emptying, "paths_to_collaboration", lambda: ways)
    before = Statement.objects.count()
    with pytest.raises(Refusal, match="Någon arbetar i övningen just nu"):
        empty_practice(collaboration=ostberga, by=ake)

    assert (Statement.objects.count(), Collaboration.objects.filter(pk=practice.pk).exists()) == (before, True)


def test_it_can_be_filled_again(practice, ostberga, ake):
    with pytest.raises(Refusal, match="Det finns redan en övning"):
        begin_practice(collaboration=ostberga, by=ake)
    empty_practice(collaboration=ostberga, by=ake)

    assert begin_practice(collaboration=ostberga, by=ake).slug == "ovning-ostberga"


def test_the_files_of_its_report_go_too(practice, ake, media, django_capture_on_commit_callbacks):
    version = ReportVersion.objects.get(report__dialogue__collaboration=practice)
    folder = media / "reports" / str(version.pk) / "1"
    folder.mkdir(parents=True)
    for name in ("rapport.pdf", "rapport.docx", "role.svg"):
        (folder / name).write_bytes(b"x")
    ReportVersion.objects.filter(pk=version.pk).update(
        state="finished", finished_at=version.requested_at, pdf=f"reports/{version.pk}/1/rapport.pdf"
    )

    with django_capture_on_commit_callbacks(execute=True):
        empty_practice(collaboration=practice.practice_of, by=ake)

    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_without_a_form_there_is_nothing_to_answer(ostberga, ake):
    with pytest.raises(Refusal, match="Gör formuläret först"):
        begin_practice(collaboration=ostberga, by=ake)


def test_a_form_without_words_is_filled_though_nothing_is_coded(ostberga, ake, asked):
    asked.questions.filter(kind="free_text").update(retired_at="2026-01-01T00:00Z")

    practice = begin_practice(collaboration=ostberga, by=ake)

    assert Response.objects.filter(wave__survey__collaboration=practice).count() == 30
    assert Report.objects.filter(dialogue__collaboration=practice).count() == 0


def test_no_letter_is_written_and_the_log_is_the_real_collaborations(practice, ostberga, ake, browse):
    browse(ake).get(f"/samordna/{practice.slug}/koda/", follow=True)

    assert Letter.objects.count() == 0
    assert SecurityEvent.objects.filter(collaboration=practice).count() == 0
    read = SecurityEvent.objects.filter(collaboration=ostberga, kind="read_raw_text")
    assert {told.about for told in described(read)} == {"påhittade uppgifter i en övning"}


def test_only_those_who_coordinate_see_it(practice, disa, stranger, tova, browse):
    home = f"/samordna/{practice.slug}/"

    assert [browse(person).get(home).status_code for person in (disa, stranger, tova)] == [200, 404, 404]


def test_she_chooses_which_form_is_copied_and_has_done_nothing_to_undo(ostberga, asked, ake, browse):
    newer = make.survey(ostberga, title={"sv": "Parken"})
    browser = browse(ake)
    assert f'<option value="{newer.pk}">Parken</option>' in browser.get(PAGE).text

    coding = browser.post(f"{PAGE}fyll/", {"formular": asked.pk}, follow=True)

    assert str(ostberga.practice.surveys.get()) == str(asked)
    assert ("Ångra" in coding.text, "Senast: du" in coding.text) == (False, False)
    assert 'href="/samordna/ostberga/ovning/"' in browser.get("/samordna/ostberga/").text
